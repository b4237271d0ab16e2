package dev.clade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DistributionsTest {

    private static final double[] FAIR_DIE = {1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0};
    private static final DoubleUnaryOperator UNIFORM = x -> x;

    private final Distributions claim = new Distributions(42, 1e-6);

    @Test
    void counts_fairDie_pass() {
        assertThatCode(() -> claim.counts("a die", rolls(6), FAIR_DIE)).doesNotThrowAnyException();
    }

    @Test
    void counts_loadedDie_failWithTheWholeStory() {
        assertThatThrownBy(() -> claim.counts("a die", new long[] {100, 100, 100, 100, 100, 200}, FAIR_DIE))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a die does not follow its distribution: chi-squared(5) = 71.4286, p = 5.17e-14"
                        + " < alpha = 1.00e-06, n = 700, seed = 42; counts [100, 100, 100, 100, 100, 200]");
    }

    @Test
    void counts_impossibleCellDrawn_fails() {
        assertThatThrownBy(() -> claim.counts("a coin", new long[] {50, 50, 1}, new double[] {0.5, 0.5, 0}))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a coin: cell 2 has probability 0, and was drawn 1 times. n = 101, seed = 42");
    }

    @Test
    void counts_impossibleCellEmpty_pass() {
        assertThatCode(() -> claim.counts("a coin", new long[] {50, 50, 0}, new double[] {0.5, 0.5, 0}))
                .doesNotThrowAnyException();
    }

    @Test
    void counts_tooFewForTheTest_areRefused() {
        assertThatThrownBy(() -> claim.counts("a die", new long[] {1, 1, 1, 1, 1, 1}, FAIR_DIE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects 1.0 counts: draw more, or merge cells, until each expects 5.0");
    }

    @Test
    void counts_probabilitiesThatAreNone_areRefused() {
        assertThatThrownBy(() -> claim.counts("a coin", new long[] {50, 50}, new double[] {0.5, 0.6}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the probabilities of a coin must sum to 1, and sum to 1.1");
    }

    @Test
    void sample_uniform_passes() {
        assertThatCode(() -> claim.sample("a uniform", uniform(10_000), UNIFORM))
                .doesNotThrowAnyException();
    }

    @Test
    void sample_slightlyBent_fails() {
        var bent = uniform(10_000);
        for (int i = 0; i < bent.length; i++) {
            bent[i] = StrictMath.pow(bent[i], 1.1);
        }
        assertThatThrownBy(() -> claim.sample("a uniform", bent, UNIFORM))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a uniform does not follow its distribution: Kolmogorov-Smirnov D = 0.03")
                .hasMessageContaining("< alpha = 1.00e-06, n = 10000, seed = 42; farthest off at 0.");
    }

    @Test
    void sample_doesNotChangeItsArgument() {
        var sample = uniform(100);
        var before = sample.clone();
        claim.sample("a uniform", sample, UNIFORM);
        assertThat(sample).containsExactly(before);
    }

    @Test
    void proportion_asClaimed_passes() {
        assertThatCode(() -> claim.proportion("heads", 5_100, 10_000, 0.5)).doesNotThrowAnyException();
    }

    @Test
    void proportion_tooFew_fails() {
        assertThatThrownBy(() -> claim.proportion("heads", 4_000, 10_000, 0.5))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("heads does not follow its distribution: proportion = 0.400000, p = ")
                .hasMessageEndingWith("< alpha = 1.00e-06, n = 10000, seed = 42; expected 0.5");
    }

    @Test
    void proportion_tooMany_fails() {
        assertThatThrownBy(() -> claim.proportion("heads", 6_000, 10_000, 0.5)).isInstanceOf(AssertionError.class);
    }

    @Test
    void proportion_certainButMissedOnce_fails() {
        assertThatThrownBy(() -> claim.proportion("sunrise", 99, 100, 1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void falseAlarms_areAsRareAsAlphaSays() {
        var loose = new Distributions(7, 0.1);
        var random = new SplittableRandom(7);
        var alarms = 0;
        for (int i = 0; i < 1000; i++) {
            var sample = random.doubles(50).toArray();
            try {
                loose.sample("a uniform", sample, UNIFORM);
            } catch (AssertionError alarm) {
                alarms++;
            }
        }
        claim.proportion("false alarms", alarms, 1000, 0.1);
    }

    @Test
    void alpha_outsideItsRange_isRefused() {
        assertThatThrownBy(() -> new Distributions(1, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be in (0, 0.1], and is 0.5");
    }

    private static long[] rolls(int sides) {
        var random = new SplittableRandom(42);
        var counts = new long[sides];
        for (int i = 0; i < 60_000; i++) {
            counts[random.nextInt(sides)]++;
        }
        return counts;
    }

    private static double[] uniform(int n) {
        return new SplittableRandom(42).doubles(n).toArray();
    }
}
