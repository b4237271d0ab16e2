package dev.clade.tuners.fire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/// A training curve: scores at equal distances, more is better, as measured and without their noise.
final class Curve {

    /// How many places a curve that lies above another is lowered to before they are compared.
    private static final int SHIFTS = 10;

    /// Fewer points are no curve.
    private static final int LEAST = 2;

    private final double[] raw;
    private final double[] smooth;

    private Curve(double[] raw) {
        this.raw = raw;
        this.smooth = Smoothing.of(raw);
    }

    static Optional<Curve> of(List<Double> scores) {
        return scores.size() < LEAST
                ? Optional.empty()
                : Optional.of(new Curve(
                        scores.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    int length() {
        return raw.length;
    }

    /// What two curves have in common: from where the lower-starting one first reaches the start of the
    /// other, for as long as both go on.
    ///
    /// @param one where it begins on the first curve
    /// @param other where it begins on the second
    record Overlap(int one, int other, int length) {}

    Optional<Overlap> overlap(Curve other) {
        return overlap(smooth, 0, other.smooth);
    }

    /// @param down by how much the first is lowered
    private static Optional<Overlap> overlap(double[] a, double down, double[] b) {
        int one = a[0] - down < b[0] ? reaching(a, b[0] + down) : 0;
        int other = a[0] - down < b[0] ? 0 : reaching(b, a[0] - down);
        return one < 0 || other < 0
                ? Optional.empty()
                : Optional.of(new Overlap(one, other, Math.min(a.length - one, b.length - other)));
    }

    private static int reaching(double[] curve, double level) {
        for (int i = 0; i < curve.length; i++) {
            if (curve[i] >= level) {
                return i;
            }
        }
        return -1;
    }

    /// By how much this comes farther than another from where they are level: with `L` points in common,
    /// `max(a) - max(b)` over them (`bsd` of the paper). Where this lies wholly above, the most that it leads
    /// by when it is lowered into the other's range in 10 steps, at least 0. Where it lies wholly below, 0.
    double lead(Curve other) {
        var level = overlap(other);
        if (level.isPresent()) {
            return lead(smooth, 0, other.smooth, level.get());
        }
        if (!above(other)) {
            return 0;
        }
        double least = least(smooth) - most(other.smooth);
        double most = least(smooth) - least(other.smooth);
        double lead = 0;
        for (int i = 0; i < SHIFTS; i++) {
            double down = least + i * (most - least) / SHIFTS;
            lead = Math.max(
                    lead,
                    overlap(smooth, down, other.smooth)
                            .map(o -> lead(smooth, down, other.smooth, o))
                            .orElse(0.0));
        }
        return lead;
    }

    private static double lead(double[] a, double down, double[] b, Overlap o) {
        return most(Arrays.copyOfRange(a, o.one, o.one + o.length))
                - down
                - most(Arrays.copyOfRange(b, o.other, o.other + o.length));
    }

    private boolean above(Curve other) {
        return least(smooth) > most(other.smooth);
    }

    /// The chance that a curve no better than another leads it at as many of the points in common, by the
    /// one-sided sign test (`binom` of the paper). Where they have no level in common, one that lies wholly
    /// above leads at all of them, and any other at none.
    double chance(Curve other) {
        var level = overlap(other).orElse(new Overlap(0, 0, Math.min(raw.length, other.raw.length)));
        if (overlap(other).isEmpty() && !above(other)) {
            return 1;
        }
        int leads = 0;
        int decided = 0;
        for (int i = 0; i < level.length(); i++) {
            int sign = Double.compare(raw[level.one() + i], other.raw[level.other() + i]);
            leads += sign > 0 ? 1 : 0;
            decided += sign == 0 ? 0 : 1;
        }
        return decided == 0 ? 1 : new BinomialDistribution(decided, 0.5).cumulativeProbability(decided - leads);
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
