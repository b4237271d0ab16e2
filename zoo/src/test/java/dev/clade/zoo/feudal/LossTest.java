package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {

    private static Tensor row(float... numbers) {
        return Tensor.of(numbers, numbers.length);
    }

    @Test
    void loss_ofTheWorker_isByHand() {
        try (var _ = Scope.still()) {
            var loss = Loss.worker(row(-1, -2), row(0.5f, 0.7f), row(1, 2), row(3, 1), 0.1, 0.5);
            // Advantages 2 and -1: -(-1 * 2 + -2 * -1) / 2; entropy 0.6; errors 4 and 1.
            assertThat(loss.item()).isCloseTo(0 - 0.06 + 0.5 * 2.5, within(1e-6));
            var other = Loss.worker(row(-1, -1), row(0, 0), row(1, 2), row(3, 1), 0.1, 0);
            assertThat(other.item()).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void loss_ofTheManager_isByHand() {
        try (var _ = Scope.still()) {
            var loss = Loss.manager(row(1, -0.5f), row(1, 2), row(3, 1), 0.5);
            assertThat(loss.item()).isCloseTo(-(2 + 0.5) / 2 + 0.5 * 2.5, within(1e-6));
        }
    }

    @Test
    void advantages_moveNoValue() {
        try (var _ = Scope.training()) {
            var values = row(1, 2).watched();
            var loss = Loss.manager(row(1, 1), values, row(3, 1), 0)
                    .plus(Loss.worker(row(1, 1), row(0, 0), values, row(3, 1), 0, 0));
            assertThat(loss.gradient(values).floats()).containsExactly(new float[] {0, 0}, within(0f));
            assertThat(Loss.manager(row(1, 1), values, row(3, 1), 0.5)
                            .gradient(values)
                            .floats())
                    .containsExactly(-1, 0.5f);
        }
    }

    /// Two environments: rewards 1, 0, 2 and 0, 3, 0; the first ends after step 1.
    @Test
    void returns_endWithEpisodesAndGoOnWithTheValue() {
        var returns = Returns.of(
                new float[] {1, 0, 0, 3, 2, 0},
                new boolean[] {false, false, true, false, false, false},
                new float[] {10, 100},
                0.5);
        assertThat(returns).containsExactly(1, 1.5f + 12.5f, 0, 3 + 25, 7, 50);
    }
}
