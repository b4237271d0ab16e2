package dev.clade.tuners.pb2;

import dev.clade.tuners.gp.Distances;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.GaussianProcess;
import dev.clade.tuners.gp.Kernel;
import dev.clade.tuners.gp.Prior;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How much the gain at one point `(t, R, h)` says of that at another. For numbers `x = (R, h)` (PB2):
///
/// ```
/// k1 = s1 exp(-|x - x'|^2 / l) (1 - epsilon1)^(|t - t'| / 2)      l in [1e-5, 1], epsilon1 at most 0.5
/// ```
///
/// with categories beside them (PB2-Mix, after CoCaBO; Ru et al. 2020, arXiv 1906.08878)
///
/// ```
/// k2 = s2 (equal categories / categories) (1 - epsilon2)^(|t - t'| / 2)
/// k  = (1 - q) (k1 + k2) / 2 + q k1 k2
/// ```
///
/// Parameters and noise are the most probable ones, from where the authors' programs begin (`s` 1, `l` 1, epsilon 0.1,
/// `q` 0.5), then clipped. Ours: a wide prior around them, without which ten rows give any length.
final class Covariance {

    static final int TIME = 0;
    static final int SCORE = 1;
    /// Where the coordinates of the values begin.
    static final int VALUES = 2;

    private static final double E = StrictMath.E;

    private static final Part SCALE = new Part(1, 1e-3, 1e3, Prior.around(1, E));
    private static final Part LENGTH = new Part(length(1), length(1e-5), length(1), Prior.around(length(0.5), E));
    private static final double FADES = 0.1;
    private static final double FADES_MOST = 0.5;
    private static final Part RATE = new Part(rate(FADES), rate(1e-6), rate(FADES_MOST), Prior.around(rate(FADES), E));
    private static final Part ODDS = new Part(1, 1e-3, 1e3, Prior.around(1, E));
    /// Never less than what points of one place need to be told apart.
    private static final Part NOISE = new Part(0.1, 1e-4, 10, Prior.around(0.1, E * E));

    /// A parameter: where the search begins, and what the outcome is clipped to.
    private record Part(double start, double least, double most, Prior prior) {

        double clipped(double log) {
            return Math.min(StrictMath.log(most), Math.max(StrictMath.log(least), log));
        }
    }

    private final Kernel start;
    private final List<Part> parts;

    private Covariance(Kernel start, List<Part> parts) {
        this.start = start;
        this.parts = Stream.concat(parts.stream(), Stream.of(NOISE)).toList();
    }

    /// The length scale of `exp(-d^2 / (2 length^2)) = exp(-d^2 / l)`.
    private static double length(double l) {
        return Math.sqrt(l / 2);
    }

    /// As [Kernel#decay] counts it.
    private static double rate(double epsilon) {
        return -StrictMath.log1p(-epsilon) / 2;
    }

    /// Of numbers alone; names do not count.
    static Covariance ofNumbers(Encoding encoding) {
        return new Covariance(numbers(encoding), List.of(SCALE, LENGTH, RATE));
    }

    /// Of numbers and names, where there are both.
    static Covariance ofAll(Encoding encoding) {
        int[] names = columns(encoding, true).toArray();
        if (names.length == 0) {
            return ofNumbers(encoding);
        }
        var categories =
                Kernel.constant(SCALE.start()).times(Kernel.overlap(names)).times(Kernel.decay(TIME, FADES));
        return new Covariance(
                Kernel.mixed(numbers(encoding), categories, 0.5), List.of(SCALE, LENGTH, RATE, SCALE, RATE, ODDS));
    }

    private static Kernel numbers(Encoding encoding) {
        int[] columns =
                IntStream.concat(IntStream.of(SCORE), columns(encoding, false)).toArray();
        return Kernel.constant(SCALE.start())
                .times(Kernel.isotropic(Distances.numbers(columns), LENGTH.start()))
                .times(Kernel.decay(TIME, FADES));
    }

    private static IntStream columns(Encoding encoding, boolean named) {
        return IntStream.range(0, encoding.size())
                .filter(i -> encoding.coordinates().get(i).named() == named)
                .map(i -> VALUES + i);
    }

    /// What is believed after these measurements.
    GaussianProcess learned(double[][] points, double[] values, RandomGenerator random) {
        var likely = GaussianProcess.learned(
                start,
                NOISE.start(),
                points,
                values,
                parts.stream().map(Part::prior).toList(),
                0,
                random);
        double[] logs = likely.kernel().logs();
        for (int i = 0; i < logs.length; i++) {
            logs[i] = parts.get(i).clipped(logs[i]);
        }
        double noise = StrictMath.exp(parts.getLast().clipped(StrictMath.log(likely.noise())));
        return GaussianProcess.fit(likely.kernel().with(logs), points, values, noise);
    }
}
