package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import dev.clade.testkit.Distributions;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Draws follow their chances. Seed 7, 20,000 draws each; false alarms at 1e-4 a claim.
class BanditStatistics {

    private static final int SEED = 7;
    private static final int DRAWS = 20_000;

    private final Distributions distributions = new Distributions(SEED, 1e-4);

    @Test
    void dependentRounding_holdsEachArmWithItsProbability_andAlwaysAsMany() {
        double[] marginals = {0.9, 0.35, 1, 0.05, 0, 0.7};
        long[] held = new long[marginals.length];
        for (int i = 0; i < DRAWS; i++) {
            var drawn = DependentRounding.draw(marginals, Philox.keyed(SEED, i, 0, "rounding"));
            assertThat(drawn).hasSize(3).doesNotHaveDuplicates();
            drawn.forEach(arm -> held[arm]++);
        }
        for (int arm = 0; arm < marginals.length; arm++) {
            distributions.proportion("arm " + arm, held[arm], DRAWS, marginals[arm]);
        }
    }

    @Test
    void draw_whereARoundHoldsAll_followsTheChances() {
        var bandit = Bandit.of(3, 4, 50).weighing(1, 2, 5);
        distributions.counts("arms", counts(bandit, List.of()), bandit.probabilities());
    }

    @Test
    void draw_besidesPendingArms_followsTheChancesOfTheOthers() {
        var bandit = Bandit.of(4, 2, 50).weighing(0.3, 0.2, 0.3, 0.2);
        double[] p = bandit.probabilities();
        double rest = p[0] + p[1] + p[3];
        distributions.counts(
                "arms", counts(bandit, List.of(2)), new double[] {p[0] / rest, p[1] / rest, 0, p[3] / rest});
    }

    private static long[] counts(Bandit bandit, List<Integer> pending) {
        long[] counts = new long[bandit.arms()];
        for (int i = 0; i < DRAWS; i++) {
            counts[bandit.draw(new TreeSet<>(pending), Philox.keyed(SEED, i, 0, "draw"))]++;
        }
        return counts;
    }
}
