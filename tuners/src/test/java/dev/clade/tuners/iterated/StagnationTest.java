package dev.clade.tuners.iterated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StagnationTest {

    private static List<Double> scores(double... scores) {
        return DoubleStream.of(scores).boxed().toList();
    }

    @Test
    void steadyRise_isNone() {
        assertThat(Stagnation.of(scores(1, 2, 3, 4, 5, 6), 3)).isFalse();
    }

    @Test
    void oneOrTwoSteps_sayNothing() {
        assertThat(Stagnation.of(scores(), 3)).isFalse();
        assertThat(Stagnation.of(scores(5), 3)).isFalse();
        assertThat(Stagnation.of(scores(5, 4), 3)).isFalse();
        assertThat(Stagnation.of(scores(5, 4), 1)).isTrue();
    }

    /// A rise, then a fall: the smooth course falls from the fourth score on.
    @Test
    void patience_isFailsInARow() {
        var falling = new ArrayList<>(scores(1, 2, 3, 4, 3, 2, 1));
        assertThat(Stagnation.of(falling.subList(0, 4), 1)).isFalse();
        assertThat(Stagnation.of(falling, 2)).isTrue();
        falling.addAll(scores(3, 6, 9));
        assertThat(Stagnation.of(falling, 1)).isFalse();
    }

    @Test
    void equalScores_fail() {
        assertThat(Stagnation.of(scores(2, 2, 2, 2), 3)).isTrue();
        assertThat(Stagnation.of(scores(2, 2, 2), 3)).isFalse();
    }

    /// 15 even steps gain 14, of a deviation of 4.5. Of a jump and 19 small steps the last 14 gain 0.14, of a
    /// deviation of 2.2.
    @Test
    void fifteenSteps_withoutOneDeviationOfGain_areStagnation() {
        var quick = IntStream.range(0, 15).mapToDouble(i -> i).boxed().toList();
        assertThat(Stagnation.of(quick, 100)).isFalse();

        var slow = new ArrayList<>(scores(0));
        slow.addAll(
                IntStream.range(0, 20).mapToDouble(i -> 10 + 0.01 * i).boxed().toList());
        assertThat(Stagnation.of(slow.subList(0, 14), 100)).isFalse();
        assertThat(Stagnation.of(slow, 100)).isTrue();
    }

    /// A line with noise of a tenth of its rise is smoothed to a line.
    @Test
    void smooth_takesTheNoiseOut() {
        double[] smooth = Stagnation.smooth(scores(0.0, 1.3, 1.8, 3.2, 3.9, 5.1, 5.8, 7.2, 7.9, 9.1));
        for (int i = 1; i < smooth.length; i++) {
            assertThat(smooth[i]).isGreaterThan(smooth[i - 1]);
        }
    }
}
