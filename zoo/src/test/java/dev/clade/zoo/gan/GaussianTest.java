package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import org.junit.jupiter.api.Test;

class GaussianTest {

    private static Gaussian gaussian(double a, double b, double xx, double xy, double yy) {
        return new Gaussian(new double[] {a, b}, new double[][] {{xx, xy}, {xy, yy}});
    }

    /// Independent in both: the distance is that of means and of deviations, 3^2 + (2 - 1)^2 + (1 - 3)^2.
    @Test
    void distance_ofIndependentCoordinates_isThatOfMeansAndDeviations() {
        assertThat(gaussian(0, 0, 4, 0, 1).distance(gaussian(0, 3, 1, 0, 9))).isCloseTo(9 + 1 + 4, within(1e-9));
    }

    /// Covariances that do not commute. The trace of the root of a matrix with eigenvalues a and b is
    /// `sqrt(a + b + 2 sqrt(a b))`, by trace and determinant of the product.
    @Test
    void distance_ofTwoThatDoNotCommute_isTheClosedForm() {
        double trace = 2 * 1 + 1 * 0.5 + 1 * 0.5 + 3 * 4;
        double determinant = (2 * 3 - 1) * (1 * 4 - 0.25);
        double expected = 1 + 2 + 3 + 1 + 4 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant));
        var one = gaussian(0, 0, 2, 1, 3);
        var other = gaussian(1, 0, 1, 0.5, 4);
        assertThat(one.distance(other)).isCloseTo(expected, within(1e-9));
        assertThat(other.distance(one)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void distance_ofOneFromItself_isNothing() {
        var one = gaussian(5, -2, 2, 1, 3);
        assertThat(one.distance(one)).isCloseTo(0, within(1e-9));
    }

    @Test
    void gaussian_ofASample_hasItsMeanAndCovariance() {
        var of = Gaussian.of(new float[] {1, 2, 3, 6, 5, 1}, 2);
        assertThat(of.distance(gaussian(3, 3, 4, -1, 7))).isCloseTo(0, within(1e-9));
    }

    /// 4,000 draws: a variance is off by about 2.2 %, so that of three coordinates the distance is below
    /// 0.01 but in some 1e-6 of all seeds; of another deviation it is 3 (2 - 1)^2.
    @Test
    void distance_ofSamples_isAboutThatOfTheirDistributions() {
        var random = Philox.keyed(1, 0, 0, "gaussian");
        var one = new float[12_000];
        var other = new float[12_000];
        Latent.draw(random, one, 0, one.length);
        Latent.draw(random, other, 0, other.length);
        assertThat(Gaussian.of(one, 3).distance(Gaussian.of(other, 3))).isLessThan(0.01);
        for (int i = 0; i < other.length; i++) {
            other[i] *= 2;
        }
        assertThat(Gaussian.of(one, 3).distance(Gaussian.of(other, 3))).isCloseTo(3, within(0.3));
    }

    @Test
    void distance_ofWhatIsNoNumber_isNone() {
        assertThat(gaussian(Double.NaN, 0, 1, 0, 1).distance(gaussian(0, 0, 1, 0, 1)))
                .isNaN();
    }
}
