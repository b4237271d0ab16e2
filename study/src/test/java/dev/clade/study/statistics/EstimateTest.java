package dev.clade.study.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.study.statistics.Estimate.Method;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// Numbers to compare with are of SciPy 1.16 (`trim_mean`, `t.interval`, `binomtest`, `mannwhitneyu`) or
/// by hand.
class EstimateTest {

    private static final List<Double> NINE = List.of(3.1, 2.7, 9.9, 4.4, 3.8, 2.2, 5.0, 4.1, 3.3);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1);

    @Test
    void interquartileMean_cutsAQuarterRoundedDownAtEachEnd() {
        assertThat(Centre.INTERQUARTILE_MEAN.of(NINE)).isCloseTo(3.74, within(1e-12));
        assertThat(Centre.INTERQUARTILE_MEAN.of(NINE.subList(0, 5))).isCloseTo(3.7666666666666666, within(1e-12));
        assertThat(Centre.INTERQUARTILE_MEAN.of(NINE.subList(0, 4))).isCloseTo(3.75, within(1e-12));
        assertThat(Centre.INTERQUARTILE_MEAN.of(List.of(1.0, 2.0, 9.0))).isEqualTo(4);
    }

    @Test
    void centre_ofNothing_isRefused() {
        assertThatThrownBy(() -> Centre.MEAN.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void student_isThatOfTheTables() {
        var interval = Student.interval(NINE).orElseThrow();
        assertThat(interval.low()).isCloseTo(2.5258815402354755, within(1e-9));
        assertThat(interval.high()).isCloseTo(6.029674015320079, within(1e-9));
    }

    @Test
    void student_ofFewerThanTwo_isNone_ofEqualOnes_hasNoWidth() {
        assertThat(Student.interval(List.of())).isEmpty();
        assertThat(Student.interval(List.of(1.0))).isEmpty();
        assertThat(Student.interval(List.of(2.0, 2.0, 2.0))).contains(new Interval(2, 2));
    }

    @Test
    void tail_isAsFarOutAsStudentAsks() {
        assertThat(Bootstrap.tail(5)).isCloseTo(0.0009541005518824907, within(1e-9));
        assertThat(Bootstrap.tail(20)).isCloseTo(0.015880829920347974, within(1e-9));
    }

    /// All 3125 resamples of five, enumerated, have these quantiles: 1.2 and 10.2.
    @Test
    void bootstrap_ofFive_isCloseToThatOfAllResamples() {
        var interval = new Bootstrap(1, 200_000)
                .interval(List.of(1.0, 2.0, 4.0, 7.0, 11.0), Centre.MEAN)
                .orElseThrow();
        assertThat(interval.low()).isCloseTo(1.2, within(0.21));
        assertThat(interval.high()).isCloseTo(10.2, within(0.61));
    }

    @Test
    void bootstrap_isAFunctionOfSamplesAndSeed() {
        var once = BOOTSTRAP.interval(NINE, Centre.MEAN);
        assertThat(BOOTSTRAP.interval(NINE, Centre.MEAN)).isEqualTo(once);
        assertThat(new Bootstrap(2).interval(NINE, Centre.MEAN)).isNotEqualTo(once);
    }

    @Test
    void bootstrap_movesAndGrowsWithItsSamples() {
        var plain = BOOTSTRAP.interval(NINE, Centre.INTERQUARTILE_MEAN).orElseThrow();
        var moved = BOOTSTRAP
                .interval(NINE.stream().map(x -> 8 * x - 16).toList(), Centre.INTERQUARTILE_MEAN)
                .orElseThrow();
        assertThat(moved.low()).isCloseTo(8 * plain.low() - 16, within(1e-9));
        assertThat(moved.high()).isCloseTo(8 * plain.high() - 16, within(1e-9));
    }

    @Test
    void estimate_ofFewSamples_restsOnStudentOrOnNothing() {
        var few = List.of(1.0, 2.0, 4.0);
        assertThat(Estimate.of(few, Centre.MEAN, BOOTSTRAP))
                .isEqualTo(new Estimate(7 / 3.0, Student.interval(few), Method.STUDENT, 3));
        assertThat(Estimate.of(few, Centre.INTERQUARTILE_MEAN, BOOTSTRAP).by()).isEqualTo(Method.NONE);
        assertThat(Estimate.of(few.subList(0, 1), Centre.MEAN, BOOTSTRAP).interval())
                .isEmpty();
        assertThat(Estimate.of(NINE, Centre.MEAN, BOOTSTRAP).by()).isEqualTo(Method.BOOTSTRAP);
    }

    @Test
    void estimate_withoutAnInterval_excludesNothing() {
        assertThat(Estimate.of(List.of(3.0), Centre.MEAN, BOOTSTRAP).excludes(0))
                .isFalse();
        assertThat(Estimate.of(NINE, Centre.MEAN, BOOTSTRAP).excludes(0)).isTrue();
        assertThat(Estimate.of(NINE, Centre.MEAN, BOOTSTRAP).excludes(4)).isFalse();
    }

    @Test
    void improvement_ofPairs_isWilsonsInterval() {
        var all = Improvement.paired(List.of(2.0, 3.0, 4.0, 5.0, 6.0), List.of(1.0, 1.0, 1.0, 1.0, 1.0));
        assertThat(all.value()).isEqualTo(1);
        assertThat(all.interval().orElseThrow().low()).isCloseTo(0.5655175352168251, within(1e-9));
        assertThat(all.interval().orElseThrow().high()).isEqualTo(1);
        var seven = Improvement.paired(ramp(10), ramp(10, 0, 0, 0, 0, 0, 0, 0, 99, 99, 99));
        assertThat(seven.value()).isEqualTo(0.7);
        assertThat(seven.interval().orElseThrow().low()).isCloseTo(0.39677814746114526, within(1e-9));
        assertThat(seven.interval().orElseThrow().high()).isCloseTo(0.892208732593699, within(1e-9));
    }

    @Test
    void improvement_countsTiesHalf() {
        assertThat(Improvement.paired(List.of(1.0, 5.0), List.of(1.0, 7.0)).value())
                .isEqualTo(0.25);
        var free = Improvement.unpaired(List.of(1.0, 2.0, 3.0, 4.0, 5.0), List.of(2.0, 2.0, 3.0, 6.0, 0.0), BOOTSTRAP);
        assertThat(free.value()).isCloseTo(0.58, within(1e-12));
        assertThat(free.interval().orElseThrow().holds(0.58)).isTrue();
    }

    private static List<Double> ramp(int n, double... values) {
        return values.length > 0
                ? DoubleStream.of(values).boxed().toList()
                : DoubleStream.iterate(1, x -> x + 1).limit(n).boxed().toList();
    }
}
