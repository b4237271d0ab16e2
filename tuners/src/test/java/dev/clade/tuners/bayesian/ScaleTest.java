package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void scores_areDeviationsFromTheirMean() {
        var scale = Scale.of(new double[] {1, 2, 3});
        assertThat(scale.on(2)).isCloseTo(0, within(1e-15));
        assertThat(scale.on(3)).isCloseTo(Math.sqrt(1.5), within(1e-12));
        assertThat(scale.back(scale.on(2.7))).isCloseTo(2.7, within(1e-12));
    }

    @Test
    void whatHasDiverged_countsAsTheWorst() {
        var scale = Scale.of(new double[] {1, Double.NEGATIVE_INFINITY, 2, 3});
        assertThat(scale.on(Double.NEGATIVE_INFINITY)).isEqualTo(scale.on(1));
    }

    @Test
    void oneHugeLoss_leavesTheOthersApart_andOrderIsKept() {
        var scale = Scale.of(new double[] {-1e10, -4, -3, -2, -1});
        assertThat(scale.on(-1) - scale.on(-4)).isGreaterThan(0.01);
        double before = Double.NEGATIVE_INFINITY;
        for (double score : new double[] {-1e10, -1e6, -1e3, -50, -43.1, -42.9, -10, -1}) {
            assertThat(scale.on(score)).isGreaterThan(before);
            assertThat(scale.back(scale.on(score)) / score).isCloseTo(1, within(1e-6));
            before = scale.on(score);
        }
    }

    @Test
    void scoresThatAreEqual_areNoFault() {
        assertThat(Scale.of(new double[] {2, 2, 2}).on(2)).isZero();
        assertThat(Scale.of(new double[] {2}).on(2)).isZero();
    }
}
