package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class WindowTest {

    /// Two environments that remember two steps, and an unroll of two; the second ends after step 0.
    @Test
    void windows_ofAnUnroll_reachIntoMemoryAndNotBehindAnEnd() {
        try (var _ = Scope.still()) {
            var ends = new Ends(new boolean[] {false, true, false, false}, 2);
            var past = Tensor.of(new float[] {-2, -1, -20, -10}, 2, 2);
            var now = Tensor.of(new float[] {1, 10, 2, 20, 3, 30}, 6, 1);
            var rows = Window.behind(past, 2, now);
            assertThat(rows.floats()).containsExactly(-2, -20, -1, -10, 1, 10, 2, 20, 3, 30);
            var near = new Window(0, 2).of(rows, 2, ends, 0, 3);
            assertThat(near.shape()).containsExactly(6L, 3L, 1L);
            assertThat(near.floats())
                    .containsExactly(
                            new float[] {1, -1, -2, 10, -10, -20, 2, 1, -1, 20, 0, 0, 3, 2, 1, 30, 20, 0}, within(0f));
            assertThat(new Window(1, 2).of(rows, 2, ends, 1, 2).floats())
                    .containsExactly(new float[] {1, -1, 0, 0, 2, 1, 20, 0}, within(0f));
        }
    }

    @Test
    void rows_ofNumbersOfSeveral_stayTogether() {
        try (var _ = Scope.still()) {
            var past = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
            assertThat(Window.rows(past, 2).floats()).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
        }
    }
}
