package dev.clade.study.statistics;

import dev.clade.random.Philox;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// Intervals by resampling with replacement (Efron 1979). The draws are keyed: equal samples have equal
/// intervals.
///
/// The quantiles of plain percentile intervals are too near for few samples: at five, they hold a true
/// mean in 83 % of cases in place of 95, BCa intervals in 84 %. The expanded percentile interval
/// (Hesterberg 2015, "What teachers should know about the bootstrap", section 5.3, arXiv 1411.5279) takes
/// quantiles so far out as Student's t asks for, and holds it in 92 %; from ten samples on, in 95 %.
/// `BootstrapStatistics` measures it.
///
/// @param seed of the draws
/// @param resamples how many; the quantiles of an expanded interval of five lie at 0.1 %
public record Bootstrap(long seed, int resamples) {

    public static final int DEFAULT_RESAMPLES = 10_000;

    /// The fewest samples whose resamples reach 95 %: that n samples all lie on one side of the middle
    /// happens by chance in 2^(1 - n) of cases, so in more than one of ten for four.
    public static final int FEWEST = 5;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    /// With as many resamples as usual.
    public Bootstrap(long seed) {
        this(seed, DEFAULT_RESAMPLES);
    }

    /// The expanded percentile interval of a centre; none for fewer than [#FEWEST] samples.
    public Optional<Interval> interval(List<Double> samples, Centre centre) {
        int n = samples.size();
        if (n < FEWEST) {
            return Optional.empty();
        }
        var random = random();
        var drawn = new double[n];
        var values = plain(samples);
        var centres = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            centres[i] = centre.of(drawn(values, drawn, random));
        }
        return Optional.of(between(centres, tail(n)));
    }

    /// The percentile interval of a statistic of two independent groups, each resampled for itself; none
    /// for fewer than [#FEWEST] samples in one of them.
    Optional<Interval> interval(List<Double> ones, List<Double> others, Comparing statistic) {
        if (ones.size() < FEWEST || others.size() < FEWEST) {
            return Optional.empty();
        }
        var random = random();
        var first = plain(ones);
        var second = plain(others);
        var a = new double[first.length];
        var b = new double[second.length];
        var values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            values[i] = statistic.of(drawn(first, a, random), drawn(second, b, random));
        }
        return Optional.of(between(values, tail(Math.min(a.length, b.length))));
    }

    /// A number that compares two groups.
    @FunctionalInterface
    interface Comparing {
        double of(double[] ones, double[] others);
    }

    /// The probability beyond one end, such that the interval of a mean is as wide as Student's:
    /// `Phi(-sqrt(n / (n - 1)) t(0.975, n - 1))`.
    static double tail(int n) {
        return NORMAL.cumulativeProbability(-StrictMath.sqrt(n / (n - 1.0)) * Student.quantile(n - 1));
    }

    private RandomGenerator random() {
        return Philox.keyed(seed, 0, 0, "bootstrap");
    }

    private static double[] plain(List<Double> samples) {
        return samples.stream().mapToDouble(x -> x).toArray();
    }

    private static double[] drawn(double[] from, double[] to, RandomGenerator random) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[random.nextInt(from.length)];
        }
        return to;
    }

    private static Interval between(double[] values, double tail) {
        Arrays.sort(values);
        return new Interval(quantile(values, tail), quantile(values, 1 - tail));
    }

    /// Between the two order statistics around it (Hyndman and Fan 1996, type 7).
    static double quantile(double[] sorted, double probability) {
        double at = probability * (sorted.length - 1);
        int below = (int) StrictMath.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
