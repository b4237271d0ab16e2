package dev.clade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void oneReadingHasNoInterval() {
        assertThat(Interval.of(List.of())).isEmpty();
        assertThat(Interval.of(List.of(1.0))).isEmpty();
    }

    @Test
    void equalReadingsHaveAnIntervalOfNoWidth() {
        assertThat(Interval.of(List.of(2.0, 2.0, 2.0))).contains(new Interval(2, 2));
    }

    /// Mean 3, standard deviation sqrt(2.5), four degrees of freedom.
    @Test
    void theIntervalIsThatOfStudent() {
        var interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0)).orElseThrow();

        assertThat(interval.low()).isCloseTo(3 - 1.96324, within(1e-4));
        assertThat(interval.high()).isCloseTo(3 + 1.96324, within(1e-4));
    }

    /// Against Hipparchus' own quantiles, far beyond the table too.
    @Test
    void quantilesAreThoseOfTheDistribution() {
        for (int freedom : new int[] {1, 2, 9, 29, 30, 31, 60, 1000}) {
            var student = new org.hipparchus.distribution.continuous.TDistribution(freedom);
            assertThat(Interval.t(freedom))
                    .as("%d degrees of freedom", freedom)
                    .isCloseTo(student.inverseCumulativeProbability(0.975), within(1e-4));
        }
    }
}
