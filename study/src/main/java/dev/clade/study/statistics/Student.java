package dev.clade.study.statistics;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/// The interval of a mean by Student's t: `mean +- t(0.975, n - 1) s / sqrt(n)`, exact for independent
/// samples of a normal distribution.
public final class Student {

    private Student() {}

    /// The 95 % interval around the mean of samples; none for fewer than two.
    public static Optional<Interval> interval(List<Double> samples) {
        int n = samples.size();
        if (n < 2) {
            return Optional.empty();
        }
        double mean = Centre.MEAN.of(samples);
        double squares =
                samples.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double half = quantile(n - 1) * StrictMath.sqrt(squares / (n - 1) / n);
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /// The 97.5 % quantile of Student's t.
    static double quantile(int freedom) {
        return new TDistribution(freedom).inverseCumulativeProbability((1 + Interval.LEVEL) / 2);
    }
}
