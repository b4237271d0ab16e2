package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Steps;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void unroll_atTheEnd_isAsLongAsWhatIsLeft() {
        var budget = new Budget(Stretch.of(50), 4);
        assertThat(budget.next(5).steps()).isEqualTo(5);
        assertThat(budget.next(5).steps()).isEqualTo(5);
        // Ten steps are left: three of each of four environments are more, two fewer.
        assertThat(budget.next(5).steps()).isEqualTo(3);
        assertThat(budget.next(5).steps()).isZero();
    }

    @Test
    void budget_thatIsClosed_grantsNothing() {
        var steps = Stretch.of(50);
        var budget = new Budget(steps, 4);
        budget.next(5);
        budget.close();
        assertThat(budget.next(5).steps()).isZero();
        assertThat(steps.step()).isEqualTo(20);
    }

    @Test
    void measurements_areDueOnceInAThousandSteps() {
        var budget = new Budget(Stretch.of(5_000), 10);
        int due = 0;
        for (var next = budget.next(7); next.steps() > 0; next = budget.next(7)) {
            due += next.due() ? 1 : 0;
        }
        assertThat(due).isEqualTo(5);
    }

    /// Eight threads share it: nothing is granted twice.
    @Test
    void stretch_thatThreadsShare_isGrantedOnce() throws Exception {
        var steps = new Steps(80_000);
        var budget = new Budget(steps, 2);
        var sums = new ArrayList<Future<Long>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                sums.add(threads.submit(() -> {
                    long sum = 0;
                    for (var next = budget.next(5); next.steps() > 0; next = budget.next(5)) {
                        sum += 2L * next.steps();
                    }
                    return sum;
                }));
            }
        }
        long all = 0;
        for (var sum : sums) {
            all += sum.get();
        }
        assertThat(all).isEqualTo(80_000);
        assertThat(steps.step()).isEqualTo(80_000);
    }
}
