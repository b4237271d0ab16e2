package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.tuners.gp.Normal;
import org.junit.jupiter.api.Test;

class AcquisitionTest {

    /// Against 50 digits:
    ///
    /// ```python
    /// import mpmath as mp
    /// mp.mp.dps = 50
    /// for z in map(mp.mpf, [-30, -12, -9.5, -3, -0.5, 0, 2, 8]):
    ///     print(mp.log(mp.npdf(z) + z * mp.ncdf(z)))
    /// ```
    @Test
    void logImprovement_isThatOfItsFormula_farBelowTheBestToo() {
        near(-30, -457.724653760598);
        near(-12, -77.909100545007348);
        near(-9.5, -50.578559393519755);
        near(-3, -7.8696860596030285);
        near(-0.5, -1.6205162643873199);
        near(0, -0.91893853320467274);
        near(2, 0.69738354578822831);
        near(8, 2.0794415416798359);
    }

    private static void near(double z, double expected) {
        assertThat(Acquisition.logImprovement(z)).isCloseTo(expected, within(2e-6));
    }

    @Test
    void logImprovement_neverFallsWithTheMean() {
        double before = Double.NEGATIVE_INFINITY;
        for (double z = -40; z < 10; z += 0.01) {
            assertThat(Acquisition.logImprovement(z)).isGreaterThan(before);
            before = Acquisition.logImprovement(z);
        }
    }

    @Test
    void ei_ofWhatIsCertain_isItsLead() {
        assertThat(Acquisition.EI.of(new Normal(3, 0), 2)).isZero();
        assertThat(Acquisition.EI.of(new Normal(2, 0), 2)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void ei_prefersTheUncertainOfTwoEqualMeans_andUcbToo() {
        var sure = new Normal(1, 0.01);
        var unsure = new Normal(1, 1);
        for (var acquisition : new Acquisition[] {Acquisition.EI, Acquisition.UCB}) {
            assertThat(acquisition.of(unsure, 2)).isGreaterThan(acquisition.of(sure, 2));
        }
        assertThat(Acquisition.UCB.of(new Normal(1, 0.25), 9)).isEqualTo(2);
    }
}
