package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TransitionTest {

    private static Tensor row(float... numbers) {
        return Tensor.of(numbers, numbers.length);
    }

    /// Advantages 2 and -1.
    @Test
    void loss_ofTheManager_isByHand() {
        try (var _ = Scope.still()) {
            var loss = Transition.loss(row(1, -0.5f), row(1, 2), row(3, 1), 0.5);
            assertThat(loss.item()).isCloseTo(-(2 + 0.5) / 2 + 0.5 * (4 + 1) / 2, within(1e-6));
        }
    }

    @Test
    void gradients_ofTheLoss_areAdvantagesToCosinesAndErrorsToValues() {
        try (var _ = Scope.training()) {
            var values = row(1, 2).watched();
            var cosines = row(1, -0.5f).watched();
            var loss = Transition.loss(cosines, values, row(3, 1), 0.5);
            assertThat(loss.gradient(values).floats()).containsExactly(-1, 0.5f);
            assertThat(Transition.loss(cosines, values, row(3, 1), 0.5)
                            .gradient(cosines)
                            .floats())
                    .containsExactly(-1, 0.5f);
        }
    }
}
