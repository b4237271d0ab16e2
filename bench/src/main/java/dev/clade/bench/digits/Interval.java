package dev.clade.bench.digits;

import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;

/// A mean with its 95 % interval by Student's t.
record Interval(double mean, double low, double high) {

    private static final double TAIL = 0.975;

    /// @param samples independent ones, at least two
    static Interval of(List<Double> samples) {
        int n = samples.size();
        double mean = samples.stream().mapToDouble(x -> x).sum() / n;
        double squares =
                samples.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double half = new TDistribution(n - 1).inverseCumulativeProbability(TAIL) * Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /// Shares as percentages.
    String percent() {
        return String.format(Locale.ROOT, "%6.2f  [%.2f, %.2f]", 100 * mean, 100 * low, 100 * high);
    }

    /// Differences of shares as points.
    String points() {
        return String.format(Locale.ROOT, "%+6.2f  [%+.2f, %+.2f]", 100 * mean, 100 * low, 100 * high);
    }
}
