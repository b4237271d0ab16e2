package dev.clade.pbt;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/// Welch's unequal-variance t-test (Welch 1947): `t = (b - a) / sqrt(sa/na + sb/nb)` with Welch and Satterthwaite's
/// degrees of freedom, for means `a`, `b`, unbiased variances `sa`, `sb` and counts `na`, `nb`.
final class Welch {

    private Welch() {}

    /// The one-sided p of `other` being higher than `own` (lower, for a sign of -1): none with fewer
    /// than two samples on a side. Where both variances are 0, the means decide: 0 or 1.
    static Optional<Double> of(List<Double> own, List<Double> other, int sign) {
        if (own.size() < 2 || other.size() < 2) {
            return Optional.empty();
        }
        double a = variance(own) / own.size();
        double b = variance(other) / other.size();
        double lead = sign * (mean(other) - mean(own));
        if (a + b == 0) {
            return Optional.of(lead > 0 ? 0.0 : 1.0);
        }
        double t = lead / StrictMath.sqrt(a + b);
        double freedom = freedom(a, own.size() - 1, b, other.size() - 1);
        return Optional.of(new TDistribution(Double.isFinite(freedom) ? freedom : scaled(a, own, b, other))
                .cumulativeProbability(-t));
    }

    private static double freedom(double a, int m, double b, int n) {
        return (a + b) * (a + b) / (a * a / m + b * b / n);
    }

    /// The same where squares of variances are too small or too large for a number.
    private static double scaled(double a, List<Double> own, double b, List<Double> other) {
        double most = Math.max(a, b);
        return freedom(a / most, own.size() - 1, b / most, other.size() - 1);
    }

    private static double mean(List<Double> samples) {
        double sum = 0;
        for (double sample : samples) {
            sum += sample;
        }
        return sum / samples.size();
    }

    private static double variance(List<Double> samples) {
        double mean = mean(samples);
        double sum = 0;
        for (double sample : samples) {
            sum += (sample - mean) * (sample - mean);
        }
        return sum / (samples.size() - 1);
    }
}
