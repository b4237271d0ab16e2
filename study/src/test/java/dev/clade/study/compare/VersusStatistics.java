package dev.clade.study.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Metric;
import dev.clade.random.Philox;
import dev.clade.study.compare.Versus.Claim;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How often a comparison claims something, over 2,000 of them at a fixed seed. Bounds lie at least four
/// standard errors (at most 0.6 points each) from what is expected: a sound comparison fails here at
/// fewer than one seed in 10,000.
class VersusStatistics {

    private static final long SEED = 20171127;
    private static final int COMPARISONS = 2_000;
    private static final Metric METRIC = new Metric("score", Metric.Mode.MAX);

    /// The share of comparisons that make a claim, of arms that share the luck of their seed and differ
    /// by `ahead` standard deviations of the rest.
    private static double claiming(int seeds, double ahead, Claim claim) {
        var bootstrap = new Bootstrap(SEED, 2_000);
        long made = IntStream.range(0, COMPARISONS)
                .filter(i -> {
                    var random = Philox.keyed(SEED, i, seeds, "scores");
                    var own = new TreeMap<Long, Double>();
                    var first = new TreeMap<Long, Double>();
                    for (long seed = 1; seed <= seeds; seed++) {
                        double luck = 10 * random.nextGaussian();
                        own.put(seed, luck + random.nextGaussian() + ahead);
                        first.put(seed, luck + random.nextGaussian());
                    }
                    return Versus.of(own, first, METRIC, Centre.MEAN, bootstrap)
                            .orElseThrow()
                            .claim()
                            .equals(claim);
                })
                .count();
        return (double) made / COMPARISONS;
    }

    @Test
    void ofEquals_claimsAreAsRareAsTheVerdictSays() {
        assertThat(1 - claiming(3, 0, Claim.OPEN)).as("Student's, 5 %").isBetween(0.03, 0.07);
        assertThat(1 - claiming(5, 0, Claim.OPEN)).as("few seeds, 8 %").isBetween(0.054, 0.102);
        assertThat(1 - claiming(12, 0, Claim.OPEN)).as("more seeds, 5 %").isBetween(0.03, 0.075);
    }

    @Test
    void whatIsAhead_isFound_andNeverTheOtherWay() {
        assertThat(claiming(10, 2, Claim.BETTER)).isGreaterThan(0.95);
        assertThat(claiming(10, -2, Claim.WORSE)).isGreaterThan(0.95);
        assertThat(claiming(10, 2, Claim.WORSE)).isZero();
    }
}
