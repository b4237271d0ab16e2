package dev.clade.study.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnotsTest {

    private static Hyperparameters values(double rate, String kind, Optional<Double> decay) {
        var values = new TreeMap<String, Value>(Map.of(
                "rate", new Value.Real(rate),
                "momentum", new Value.Real(0.9),
                "dropout", new Value.Vector(List.of(new Value.Real(0.1), new Value.Real(0.2))),
                "batch", new Value.Whole(64),
                "kind", new Value.Text(kind)));
        decay.ifPresent(d -> values.put("decay", new Value.Real(d)));
        return new Hyperparameters(values);
    }

    private static Hyperparameters adam(double rate) {
        return values(rate, "adam", Optional.empty());
    }

    private static Schedule schedule(long length, List<Hyperparameters> stages) {
        var points = new ArrayList<Schedule.Point>();
        for (int i = 0; i < stages.size(); i++) {
            points.add(new Schedule.Point(i * length, stages.get(i)));
        }
        return new Schedule(points, length * stages.size(), false);
    }

    @Test
    void aFallOnTheLogScaleIsOneLine() {
        var stages = new ArrayList<Hyperparameters>();
        for (int i = 0; i <= 20; i++) {
            // the first stage counts at step 0, the last at 210, the others in their middle
            double at = i == 0 ? 0 : i == 20 ? 210 : 10 * i + 5;
            stages.add(adam(StrictMath.pow(10, -1 - 2 * at / 210)));
        }
        var knots = Knots.of(schedule(10, stages), KnotsProperty.SPACE, 2);
        assertThat(knots.error()).isCloseTo(0, within(1e-7));
        assertThat(knots.schedule().points()).extracting(Schedule.Point::step).containsExactly(0L, 210L);
        assertThat(knots.schedule().points().getFirst().values()).isEqualTo(stages.getFirst());
        assertThat(knots.schedule().points().getLast().values()).isEqualTo(stages.getLast());
    }

    @Test
    void aDropIsFoundWhereItIs() {
        var stages = new ArrayList<Hyperparameters>();
        for (int i = 0; i < 10; i++) {
            stages.add(adam(i < 6 ? 0.1 : 0.001));
        }
        var knots = Knots.of(schedule(10, stages), KnotsProperty.SPACE, 5);
        assertThat(knots.error()).isZero();
        assertThat(knots.schedule().points()).extracting(Schedule.Point::step).containsExactly(0L, 55L, 65L, 100L);
    }

    @Test
    void theChoiceOfMostStepsHoldsAndItsConditionsWithIt() {
        var sgd = values(0.1, "sgd", Optional.of(0.25));
        var stages = List.of(adam(0.1), sgd, sgd, adam(0.1), adam(0.1));
        var schedule = Knots.of(schedule(10, stages), KnotsProperty.SPACE, 2).schedule();
        assertThat(schedule.points()).hasSize(2);
        // two stages each up to the last: the earlier holds; what only sgd has is not there with adam
        assertThat(schedule.points().getFirst().values()).isEqualTo(adam(0.1));
        var mostly = List.of(adam(0.1), sgd, sgd, sgd, sgd, adam(0.1));
        assertThat(Knots.of(schedule(10, mostly), KnotsProperty.SPACE, 2)
                        .schedule()
                        .points()
                        .getFirst()
                        .values())
                .isEqualTo(sgd);
    }

    @Test
    void aSingleStageIsAConstant() {
        var knots = Knots.of(schedule(10, List.of(adam(0.1))), KnotsProperty.SPACE, 5);
        assertThat(knots).isEqualTo(new Knots(new Schedule(List.of(new Schedule.Point(0, adam(0.1))), 10, true), 0));
    }
}
