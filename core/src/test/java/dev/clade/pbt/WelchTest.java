package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Against numbers that were worked out without this code: by the closed forms of Student's distribution for 1, 2
/// and 4 degrees of freedom, and once by Simpson's rule over its density.
class WelchTest {

    private static final Offset<Double> EXACT = Offset.offset(1e-12);
    private static final List<Double> LOW = List.of(1.0, 2.0, 3.0);
    private static final List<Double> HIGH = List.of(4.0, 5.0, 6.0);

    private static double p(List<Double> own, List<Double> other, int sign) {
        return Welch.of(own, other, sign).orElseThrow();
    }

    /// The second side does not vary: nu = 1, t = 2 / sqrt(2/2) = 2, p = 1/2 - atan(2) / pi.
    @Test
    void oneDegreeOfFreedom_isCauchys() {
        assertThat(p(List.of(1.0, 1.0), List.of(2.0, 4.0), 1)).isCloseTo(0.5 - Math.atan(2) / Math.PI, EXACT);
    }

    /// Units do not count, be they as small as their squares' squares are nothing.
    @Test
    void unitsOfAnySize_giveTheSame() {
        double p = p(LOW, HIGH, 1);
        for (double unit : new double[] {1e-100, 1e-50, 1e50, 1e100}) {
            assertThat(p(
                            LOW.stream().map(x -> x * unit).toList(),
                            HIGH.stream().map(x -> x * unit).toList(),
                            1))
                    .isCloseTo(p, Offset.offset(1e-9));
        }
    }

    /// Means 1 and 5, variances 2, n = 2: nu = 2, t = 4 / sqrt(2), p = 1/2 - t / (2 sqrt(2 + t^2)) = 1/2 - 1/sqrt(5).
    @Test
    void twoDegreesOfFreedom() {
        assertThat(p(List.of(0.0, 2.0), List.of(4.0, 6.0), 1)).isCloseTo(0.5 - 1 / Math.sqrt(5), EXACT);
    }

    /// Means 2 and 5, variances 1, n = 3: nu = 4, t^2 = 27/2; with u = t^2 / (1 + t^2/4) = 108/35,
    /// p = 1/2 - 3/8 sqrt(u) (1 - u/12).
    @Test
    void fourDegreesOfFreedom() {
        double u = 108 / 35.0;

        assertThat(p(LOW, HIGH, 1)).isCloseTo(0.5 - 0.375 * Math.sqrt(u) * (1 - u / 12), EXACT);
    }

    /// Means 3.0375 and 3.84, variances 0.119821 and 0.523, n = 8 and 5: t = 2.3207052, nu = 5.1669962; the tail of the
    /// density beyond t, by Simpson's rule with 200,000 intervals, is 0.0331580944.
    @Test
    void unequalSizesAndVariances() {
        assertThat(p(List.of(3.1, 2.7, 3.6, 2.9, 3.3, 3.0, 2.5, 3.2), List.of(3.9, 2.8, 4.4, 3.5, 4.6), 1))
                .isCloseTo(0.0331580944, Offset.offset(1e-9));
    }

    @Test
    void sides_mirrorEachOther() {
        assertThat(p(HIGH, LOW, 1)).isCloseTo(1 - p(LOW, HIGH, 1), EXACT);
        assertThat(p(LOW, HIGH, -1)).isCloseTo(p(HIGH, LOW, 1), EXACT);
        assertThat(p(LOW, LOW, 1)).isCloseTo(0.5, EXACT);
    }

    @Test
    void fewerThanTwoSamplesOnASide_giveNoVerdict() {
        assertThat(Welch.of(List.of(), HIGH, 1)).isEmpty();
        assertThat(Welch.of(List.of(1.0), HIGH, 1)).isEmpty();
        assertThat(Welch.of(LOW, List.of(9.0), 1)).isEmpty();
    }

    @Test
    void noVarianceAtAll_leavesItToTheMeans() {
        var one = List.of(1.0, 1.0);
        var two = List.of(2.0, 2.0, 2.0);

        assertThat(p(one, two, 1)).isZero();
        assertThat(p(two, one, 1)).isOne();
        assertThat(p(one, one, 1)).isOne();
        assertThat(p(one, two, -1)).isOne();
    }

    @Test
    void samplesTooFarApartForADouble_areNoLead() {
        assertThat(p(List.of(-1e200, 1e200), List.of(2e200, 4e200), 1)).isEqualTo(0.5);
    }
}
