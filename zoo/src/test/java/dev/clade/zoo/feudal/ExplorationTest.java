package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ExplorationTest {

    private static final int SEEN = 5;

    private static Tensor seen(int rows) {
        return Tensor.zeros(rows, SEEN).normalHere(1, Philox.keyed(2, 0, 0, "seen"));
    }

    /// 4,000 rows at 0.25: the standard deviation of the share is 0.007, so that the test fails by chance
    /// in fewer than one seed of 10,000.
    @Test
    void goals_areDrawnAsOftenAsSaid_andAtLengthOne() {
        try (var _ = Scope.still()) {
            var draw =
                    new Exploration(0.25, 3).unrolled(seen(4000), Tensor.zeros(4, 1), new Ends(new boolean[3996], 4));
            var own = draw.own().floats();
            var drawn = draw.drawn().floats();
            int random = 0;
            double sum = 0;
            for (int row = 0; row < own.length; row++) {
                double squares = 0;
                for (int i = 3 * row; i < 3 * row + 3; i++) {
                    squares += drawn[i] * drawn[i];
                    sum += drawn[i];
                }
                assertThat(squares).isCloseTo(1 - own[row], within(1e-5));
                random += own[row] == 0 ? 1 : 0;
            }
            assertThat(random / 4000.0).isCloseTo(0.25, within(0.03));
            assertThat(sum / random).isCloseTo(0, within(0.13));
        }
    }

    @Test
    void goals_inForce_areTheManagersButWhereTheyAreDrawn() {
        try (var _ = Scope.still()) {
            var draw = new Exploration.Draw(
                    Tensor.zeros(2, 1), Tensor.of(new float[] {1, 0}, 2, 1), Tensor.of(new float[] {0, 0, 0, 1}, 2, 2));
            assertThat(draw.goals(Tensor.of(new float[] {1, 0, 1, 0}, 2, 2)).floats())
                    .containsExactly(1, 0, 0, 1);
        }
    }

    @Test
    void chance_ofAnUnroll_isThatOfItsSteps_andBeginsAnewWithAnEpisode() {
        try (var _ = Scope.still()) {
            var exploration = new Exploration(0.5, 3);
            var seen = seen(6);
            var start = Tensor.of(new float[] {7, 8}, 2, 1);
            var unrolled = exploration.unrolled(seen, start, new Ends(new boolean[] {false, true, false, false}, 2));
            var first = exploration.step(seen.narrow(0, 0, 2), start);
            var numbers = unrolled.chance().floats();
            assertThat(numbers[0]).isNotEqualTo(numbers[1]).isBetween(0f, 0x1p24f);
            assertThat(new float[] {numbers[0], numbers[1]})
                    .containsExactly(first.chance().floats());
            var after = Tensor.of(new float[] {numbers[0], 0}, 2, 1);
            var second = exploration.step(seen.narrow(0, 2, 2), after);
            assertThat(new float[] {numbers[2], numbers[3]})
                    .containsExactly(second.chance().floats());
            assertThat(unrolled.drawn().narrow(0, 2, 2).floats())
                    .containsExactly(second.drawn().floats());
        }
    }

    @Test
    void goals_neverDrawn_leaveNothingInMemory() {
        try (var _ = Scope.still()) {
            var draw = new Exploration(0, 3).step(seen(2), Tensor.zeros(2, 1));
            assertThat(draw.chance().floats()).containsExactly(0, 0);
            assertThat(draw.own().floats()).containsExactly(1, 1);
        }
    }
}
