package dev.clade.tuners.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every kernel over two numbers, two names and a time.
class KernelProperty {

    private static final Distances NUMBERS = Distances.numbers(0, 1);
    private static final Distances NAMES = Distances.names(2, 3);

    private static final List<Kernel> KERNELS = List.of(
            Kernel.constant(2),
            Kernel.squaredExponential(NUMBERS, 0.3, 0.7),
            Kernel.matern(NUMBERS.and(NAMES), 0.3, 0.7, 1, 2),
            Kernel.squaredExponential(NAMES, 1, 2),
            Kernel.decay(4, 0.1),
            Kernel.isotropic(NUMBERS, 0.4),
            Kernel.mixed(
                    Kernel.constant(2).times(Kernel.isotropic(NUMBERS, 0.4)).times(Kernel.decay(4, 0.1)),
                    Kernel.constant(0.5).times(Kernel.overlap(2, 3)).times(Kernel.decay(4, 0.2)),
                    0.3),
            Kernel.overlap(2, 3).plus(Kernel.matern(NUMBERS, 0.4, 0.2)),
            Kernel.constant(0.5)
                    .times(Kernel.overlap(2, 3).times(Kernel.squaredExponential(NUMBERS, 0.4, 0.2)))
                    .plus(Kernel.constant(0.1))
                    .times(Kernel.decay(4, 0.3)));

    private static double[] point(RandomGenerator random) {
        return new double[] {
            random.nextDouble(), random.nextDouble(), random.nextInt(3), random.nextInt(2), random.nextInt(50)
        };
    }

    @Test
    void slopes_areThoseOfFiniteDifferences() {
        var random = Philox.keyed(1, 0, 0, "points");
        for (var kernel : KERNELS) {
            for (int n = 0; n < 20; n++) {
                double[] a = point(random);
                double[] b = n == 0 ? a : point(random);
                double[] slopes = new double[kernel.size() + 1];
                assertThat(kernel.of(a, b, slopes, 1)).isEqualTo(kernel.of(a, b));
                for (int i = 0; i < kernel.size(); i++) {
                    double up = moved(kernel, i, 1e-6).of(a, b);
                    double down = moved(kernel, i, -1e-6).of(a, b);
                    assertThat(slopes[i + 1]).isCloseTo((up - down) / 2e-6, within(1e-7));
                }
            }
        }
    }

    private static Kernel moved(Kernel kernel, int parameter, double by) {
        double[] logs = kernel.logs();
        logs[parameter] += by;
        return kernel.with(logs);
    }

    @Test
    void covariances_areSymmetric_andHaveAFactorWithoutJitter() {
        var random = Philox.keyed(2, 0, 0, "points");
        double[][] points = IntStream.range(0, 30).mapToObj(i -> point(random)).toArray(double[][]::new);
        for (var kernel : KERNELS) {
            for (double[] a : points) {
                for (double[] b : points) {
                    assertThat(kernel.of(a, b)).isEqualTo(kernel.of(b, a));
                    assertThat(kernel.of(a, b)).isLessThanOrEqualTo(kernel.of(a, a) + 1e-15);
                }
            }
            double[][] matrix = new double[points.length][points.length];
            for (int i = 0; i < points.length; i++) {
                for (int j = 0; j < points.length; j++) {
                    matrix[i][j] = kernel.of(points[i], points[j]) + (i == j ? 1e-9 : 0);
                }
            }
            assertThat(Cholesky.of(matrix).jitter()).isZero();
        }
    }

    @Test
    void names_areEqualOrNot_howeverTheyAreNumbered() {
        var kernel = Kernel.matern(NAMES, 1, 1);
        double one = kernel.of(new double[] {0, 0, 0, 1}, new double[] {9, 9, 1, 1});
        assertThat(kernel.of(new double[] {0, 0, 0, 1}, new double[] {9, 9, 2, 1}))
                .isEqualTo(one);
        assertThat(kernel.of(new double[] {0, 0, 2, 1}, new double[] {9, 9, 2, 1}))
                .isEqualTo(1);
        assertThat(Kernel.overlap(2, 3).of(new double[] {0, 0, 0, 1}, new double[] {9, 9, 2, 1}))
                .isEqualTo(0.5);
    }

    @Test
    void isotropic_isTheSquaredExponentialOfEqualLengths() {
        double[] a = {0.1, 0.7};
        double[] b = {0.4, 0.9};
        assertThat(Kernel.isotropic(NUMBERS, 0.4).of(a, b)).isCloseTo(Math.exp(-0.13 / 0.32), within(1e-15));
    }

    @Test
    void mixed_isThatOfItsFormula() {
        double[] a = {0.1, 0.7, 1, 0};
        double[] b = {0.4, 0.9, 1, 1};
        var one = Kernel.isotropic(NUMBERS, 0.4);
        var other = Kernel.overlap(2, 3);
        double first = Math.exp(-0.13 / 0.32);
        assertThat(Kernel.mixed(one, other, 0.3).of(a, b))
                .isCloseTo(0.35 * (first + 0.5) + 0.3 * first * 0.5, within(1e-15));
    }

    @Test
    void decay_isThatOfItsFormula() {
        assertThat(Kernel.decay(0, 0.2).of(new double[] {3}, new double[] {8}))
                .isCloseTo(Math.pow(0.8, 2.5), within(1e-15));
    }
}
