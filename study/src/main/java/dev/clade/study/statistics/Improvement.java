package dev.clade.study.statistics;

import java.util.List;
import java.util.Optional;

/// The probability that one is better than another, a tie counting half.
///
/// @param value in [0, 1]
/// @param interval none for too few samples
public record Improvement(double value, Optional<Interval> interval) {

    private static final double Z = 1.959963984540054;

    /// Of samples that belong together pair by pair, such as by seed: the share of pairs with `one >
    /// other`, and its interval by Wilson's score (Wilson 1927), which does not shrink to a point where
    /// all pairs agree.
    ///
    /// @param ones as many as `others`, at least one
    public static Improvement paired(List<Double> ones, List<Double> others) {
        int n = ones.size();
        if (n == 0 || n != others.size()) {
            throw new IllegalArgumentException(n + " and " + others.size() + " samples are no pairs");
        }
        double won = 0;
        for (int i = 0; i < n; i++) {
            won += won(ones.get(i), others.get(i));
        }
        double share = won / n;
        double middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * StrictMath.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
        return new Improvement(
                share, Optional.of(new Interval(Math.max(0, middle - half), Math.min(1, middle + half))));
    }

    /// Of samples that do not belong together: over all pairs, as Mann and Whitney count them (Agarwal et
    /// al. 2021, arXiv 2108.13264, section 4.3), with the bootstrap's interval.
    ///
    /// @param ones at least one
    /// @param others at least one
    public static Improvement unpaired(List<Double> ones, List<Double> others, Bootstrap bootstrap) {
        return new Improvement(
                share(
                        ones.stream().mapToDouble(x -> x).toArray(),
                        others.stream().mapToDouble(x -> x).toArray()),
                bootstrap.interval(ones, others, Improvement::share));
    }

    private static double share(double[] ones, double[] others) {
        double won = 0;
        for (double one : ones) {
            for (double other : others) {
                won += won(one, other);
            }
        }
        return won / ones.length / others.length;
    }

    private static double won(double one, double other) {
        return one > other ? 1 : one == other ? 0.5 : 0;
    }
}
