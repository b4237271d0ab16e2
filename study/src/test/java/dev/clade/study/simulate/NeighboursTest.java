package dev.clade.study.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.study.simulate.Neighbours.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static Row row(double outcome, double... at) {
        return new Row(at, outcome);
    }

    /// From 0: distances 0, 1 and 2 have weights 1, exp(-1/2), exp(-2).
    @Test
    void what_isNear_countsMore() {
        var near = new Neighbours(List.of(row(10, 0), row(20, 1), row(30, 2)));
        double one = Math.exp(-0.5);
        double two = Math.exp(-2);
        assertThat(near.at(0).outcome()).isCloseTo((10 + 20 * one + 30 * two) / (1 + one + two), within(1e-12));
        assertThat(near.at(0).failing()).isZero();
    }

    @Test
    void failures_haveNoOutcome_andAShare() {
        var near = new Neighbours(List.of(row(10, 0), row(Double.NaN, 1)));
        double one = Math.exp(-2);
        assertThat(near.at(0).outcome()).isEqualTo(10);
        assertThat(near.at(0).failing()).isCloseTo(one / (1 + one), within(1e-12));
    }

    @Test
    void onlyTheTenNearest_count() {
        var rows =
                IntStream.range(0, 30).mapToObj(i -> row(i < 10 ? 1 : 1000, i)).toList();
        assertThat(new Neighbours(rows).at(0).outcome()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aSmoothFunction_isExplained_andNoiseIsNot() {
        var smooth = IntStream.range(0, 100).mapToObj(i -> row(i, i / 10.0)).toList();
        var random = new java.util.Random(1);
        var noise = IntStream.range(0, 400)
                .mapToObj(i -> row(random.nextGaussian(), i / 40.0))
                .toList();
        assertThat(new Neighbours(smooth).explained()).isGreaterThan(0.95);
        assertThat(new Neighbours(noise).explained()).isLessThan(0.1);
        assertThat(new Neighbours(noise).unexplained()).isBetween(0.8, 1.5);
    }
}
