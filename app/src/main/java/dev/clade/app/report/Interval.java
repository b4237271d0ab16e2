package dev.clade.app.report;

import java.util.List;
import java.util.Optional;

/// Where the mean of readings lies with 95 % confidence (Student's t), if they are independent and not far from
/// normal.
public record Interval(double low, double high) {

    /// The 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.
    private static final double[] T = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484,
        2.0452, 2.0423
    };

    /// The 97.5 % quantile of the normal distribution.
    private static final double Z = 1.959964;

    /// The interval around the mean of samples; none for fewer than two.
    public static Optional<Interval> of(List<Double> samples) {
        int n = samples.size();
        if (n < 2) {
            return Optional.empty();
        }
        double mean = samples.stream().mapToDouble(x -> x).sum() / n;
        double squares =
                samples.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double half = t(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /// Beyond the table, the first two terms of its expansion around the normal quantile (Abramowitz and Stegun
    /// 26.7.5), exact to the digits of the table.
    static double t(int freedom) {
        if (freedom <= T.length) {
            return T[freedom - 1];
        }
        double z3 = Z * Z * Z;
        return Z + (z3 + Z) / (4.0 * freedom) + (5 * z3 * Z * Z + 16 * z3 + 3 * Z) / (96.0 * freedom * freedom);
    }
}
