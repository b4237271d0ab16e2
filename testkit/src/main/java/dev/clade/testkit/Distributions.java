package dev.clade.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.special.Gamma;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/// Asserts that what was drawn follows a distribution.
///
/// Each assertion fails where a sample as far off, or farther, has a probability below `alpha` if the claim is true.
/// With a fixed seed the outcome is fixed: `alpha` is then the chance that an honest change of the draws fails the
/// test.
///
/// @param seed what the draws were made from; only named in the message
/// @param alpha the chance of a false alarm, in (0, 0.1]
public record Distributions(long seed, double alpha) {

    /// Pearson's test is an approximation that wants at least this many expected counts in a cell (Cochran 1954).
    private static final double LEAST_EXPECTED = 5;

    public Distributions {
        require(alpha > 0 && alpha <= 0.1, "alpha must be in (0, 0.1], and is %s", alpha);
    }

    /// Asserts by Pearson's chi-squared test that `counts[i]` are draws from cells of probability `probabilities[i]`.
    /// A cell of probability 0 must be empty.
    public void counts(String what, long[] counts, double[] probabilities) {
        require(
                counts.length == probabilities.length,
                "%d counts and %d probabilities of %s",
                counts.length,
                probabilities.length,
                what);
        var sum = Arrays.stream(probabilities).sum();
        require(Math.abs(sum - 1) < 1e-9, "the probabilities of %s must sum to 1, and sum to %s", what, sum);
        var n = Arrays.stream(counts).sum();
        var statistic = 0.0;
        var cells = 0;
        for (int i = 0; i < counts.length; i++) {
            if (probabilities[i] == 0 && counts[i] == 0) {
                continue;
            }
            if (probabilities[i] == 0) {
                throw new AssertionError("%s: cell %d has probability 0, and was drawn %d times. n = %d, seed = %d"
                        .formatted(what, i, counts[i], n, seed));
            }
            var expected = n * probabilities[i];
            require(
                    expected >= LEAST_EXPECTED,
                    "cell %d of %s expects %s counts: draw more, or merge cells, until each expects %s",
                    i,
                    what,
                    expected,
                    LEAST_EXPECTED);
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            cells++;
        }
        require(cells > 1, "%s has %d cell(s) that can be drawn: nothing to test", what, cells);
        var p = Gamma.regularizedGammaQ((cells - 1) / 2.0, statistic / 2);
        judge(what, "chi-squared(%d)".formatted(cells - 1), statistic, p, n, "counts " + Arrays.toString(counts));
    }

    /// Asserts by the one-sample Kolmogorov-Smirnov test that `sample` was drawn from the continuous distribution
    /// `cdf`.
    public void sample(String what, double[] sample, DoubleUnaryOperator cdf) {
        require(sample.length >= 10, "%s: a sample of %d is too small", what, sample.length);
        var sorted = sample.clone();
        Arrays.sort(sorted);
        var n = sorted.length;
        var statistic = 0.0;
        var at = sorted[0];
        for (int i = 0; i < n; i++) {
            var expected = cdf.applyAsDouble(sorted[i]);
            require(expected >= 0 && expected <= 1, "the cdf of %s is %s at %s", what, expected, sorted[i]);
            var distance = Math.max(expected - (double) i / n, (i + 1.0) / n - expected);
            if (distance > statistic) {
                statistic = distance;
                at = sorted[i];
            }
        }
        var p = 1 - new KolmogorovSmirnovTest().cdf(statistic, n);
        judge(what, "Kolmogorov-Smirnov D", statistic, p, n, "farthest off at " + at);
    }

    /// Asserts by the exact two-sided binomial test that `successes` of `trials` have `probability` each.
    public void proportion(String what, long successes, long trials, double probability) {
        require(
                trials > 0 && trials <= Integer.MAX_VALUE && successes >= 0 && successes <= trials,
                "%s: %d of %d",
                what,
                successes,
                trials);
        require(probability >= 0 && probability <= 1, "%s: probability %s", what, probability);
        var binomial = new BinomialDistribution((int) trials, probability);
        var most = binomial.cumulativeProbability((int) successes);
        var least = successes == 0 ? 1 : 1 - binomial.cumulativeProbability((int) successes - 1);
        var p = Math.min(1, 2 * Math.min(most, least));
        judge(what, "proportion", (double) successes / trials, p, trials, "expected " + probability);
    }

    private void judge(String what, String name, double statistic, double p, long n, String detail) {
        if (!(p >= alpha)) {
            throw new AssertionError(String.format(
                    Locale.ROOT,
                    "%s does not follow its distribution: %s = %.6g, p = %.3g < alpha = %.3g, n = %d, seed = %d; %s",
                    what,
                    name,
                    statistic,
                    p,
                    alpha,
                    n,
                    seed,
                    detail));
        }
    }

    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
        }
    }
}
