package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.World;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Small cases, computed by hand. Pictures are of one grey, so that all cells change alike.
class LossesTest {

    private static final Cells CELLS = Cells.of(new World.Shape(1, 8, 8));
    private static final int ACTIONS = 3;

    private static final class Past {

        private final Ring ring = new Ring(CELLS, 9, 1);

        /// @param grey 0 to 5 of 5
        Past with(int grey, int action, double reward, boolean ended) {
            var seen = new float[CELLS.shape().size()];
            Arrays.fill(seen, grey / 5f);
            ring.add(seen, 0, new float[1], 0, action, reward, ended);
            return this;
        }
    }

    /// One of two steps, in which pictures change by 0.2 and 0.6, and one that ended with its first step.
    private static Windows wholeAndEnded() {
        var windows = new Windows(CELLS, 1, 2, 2);
        windows.read(0, new Past().with(1, 2, 1, false).with(2, 0, 2, false).with(5, 1, 9, false).ring, 0);
        windows.read(1, new Past().with(0, 1, 4, true).with(5, 1, 9, false).ring, 0);
        return windows;
    }

    private static double square(double x) {
        return x * x;
    }

    /// Of values 10, 20, 30, 40 and, after the last step, 50 and 60: the whole window is to say 1 + 0.5 (2 + 0.5 50)
    /// and 2 + 0.5 50, the one that ended 4.
    @Test
    void valueReplay_isHalfTheSquareOfWhatReturnsMiss() {
        try (var _ = Scope.still()) {
            var loss = ValueReplay.loss(Tensor.of(new float[] {10, 20, 30, 40, 50, 60}, 6, 1), wholeAndEnded(), 0.5);
            double expected = 0.5 * (square(10 - 14.5) + square(30 - 27) + square(20 - 4));
            assertThat(loss.item()).isCloseTo(expected, within(1e-3));
        }
    }

    /// `Q(row, action, cell) = row + action / 10 + cell / 100`.
    private static Tensor worth() {
        int rows = 6;
        var worth = new float[rows * ACTIONS * CELLS.count()];
        for (int row = 0; row < rows; row++) {
            for (int action = 0; action < ACTIONS; action++) {
                for (int cell = 0; cell < CELLS.count(); cell++) {
                    worth[(row * ACTIONS + action) * CELLS.count() + cell] = row + action / 10f + cell / 100f;
                }
            }
        }
        return Tensor.of(worth, rows, ACTIONS, CELLS.count());
    }

    /// The best of the last picture of the whole window, row 4, is 4.2 in the first cell, and 0.01 more in each other;
    /// the other window shows no change at all.
    @Test
    void pixelControl_isHalfTheSquareOfWhatDiscountedChangesMiss() {
        double expected = 0;
        for (int cell = 0; cell < 4; cell++) {
            double more = cell / 100.0;
            double second = 0.6 + 0.9 * (4.2 + more);
            double first = 0.2 + 0.9 * second;
            expected += 0.5 * (square(0.2 + more - first) + square(2.0 + more - second));
        }
        try (var _ = Scope.still()) {
            assertThat(PixelControl.loss(worth(), wholeAndEnded(), 0.9).item()).isCloseTo(expected, within(1e-3));
        }
    }

    /// A window of two steps that ended with the second ends with the picture before it, row 3.
    @Test
    void pixelControl_atTheEndOfAnEpisode_endsWithTheLastPicture() {
        var windows = new Windows(CELLS, 1, 2, 2);
        windows.read(0, new Past().with(0, 1, 4, true).with(5, 1, 9, false).ring, 0);
        windows.read(1, new Past().with(1, 1, 0, false).with(3, 0, 0, true).with(0, 0, 0, false).ring, 0);
        double expected = 0;
        for (int cell = 0; cell < 4; cell++) {
            double more = cell / 100.0;
            expected += 0.5 * square(1.1 + more - (0.4 + 0.9 * (3.2 + more)));
        }
        try (var _ = Scope.still()) {
            assertThat(PixelControl.loss(worth(), windows, 0.9).item()).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void rewardPrediction_isTheCrossEntropyOfAllTriples() {
        var triples = new Triples(2, CELLS.shape().size());
        var ring = new Past()
                .with(1, 0, 0, false)
                .with(1, 0, 0, false)
                .with(1, 0, 0, false)
                .with(1, 0, -3, false)
                .ring;
        triples.read(0, ring, 2);
        triples.read(1, ring, 3);
        try (var _ = Scope.still()) {
            var logits = Tensor.of(new float[] {0, 0, 0, 1, 2, 3}, 2, 3);
            double second = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1;
            assertThat(RewardPrediction.loss(logits, triples).item()).isCloseTo(Math.log(3) + second, within(1e-5));
        }
    }
}
