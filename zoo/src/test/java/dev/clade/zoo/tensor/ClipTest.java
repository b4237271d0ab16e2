package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Gradients shrunk to a norm.
class ClipTest {

    private static Parameters.Layout layout() {
        return new Parameters.Layout().with("a", 2).linear("b", 2, 2);
    }

    /// A loss with the gradient `factor` times 1 .. 6, whose norm is `factor sqrt(91)`.
    private static Tensor loss(Tensor a, Tensor b, double factor) {
        return a.times(Tensor.of(new float[] {1, 2}, 2))
                .sum()
                .plus(b.times(Tensor.of(new float[] {3, 4, 5, 6}, 2, 2)).sum())
                .times(factor);
    }

    private static double norm(float[] gradient) {
        double sum = 0;
        for (float element : gradient) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }

    @Test
    void clip_ofALargerNorm_keepsTheDirection() {
        try (var parameters = layout().build();
                var _ = Scope.training()) {
            loss(parameters.get("a"), parameters.get("b"), 1).backward();
            parameters.clip(0.5);
            var clipped = parameters.gradients().floats();
            assertThat(norm(clipped)).isCloseTo(0.5, within(1e-6));
            for (int i = 0; i < clipped.length; i++) {
                assertThat((double) clipped[i] / clipped[0]).isCloseTo(i + 1, within(1e-5));
            }
        }
    }

    @Test
    void clip_ofASmallerNorm_changesNothing() {
        try (var parameters = layout().build();
                var _ = Scope.training()) {
            loss(parameters.get("a"), parameters.get("b"), 0.01).backward();
            var before = parameters.gradients().floats();
            parameters.clip(0.5);
            assertThat(parameters.gradients().floats()).isEqualTo(before);
        }
    }

    @Test
    void clip_ofAStack_isThatOfEachModelAlone() {
        double[] factors = {0.01, 1, Double.NaN, 30};
        try (var stack = new Stack(layout(), factors.length);
                var _ = Scope.training()) {
            var block = stack.block(0, factors.length);
            var each = Tensor.zeros(1);
            for (int i = 0; i < factors.length; i++) {
                each = each.plus(loss(
                        block.get("a").picked(0, i), block.get("b").picked(0, i).transpose(0, 1), factors[i]));
            }
            each.sum().backward();
            block.clip(0.5);
            for (int i = 0; i < factors.length; i++) {
                try (var alone = layout().build()) {
                    loss(alone.get("a"), alone.get("b"), factors[i]).backward();
                    alone.clip(0.5);
                    var row = block.gradients().picked(0, i);
                    close(row.narrow(0, 0, 2), alone.gradient("a"));
                    close(row.narrow(0, 2, 4).reshape(2, 2).transpose(0, 1), alone.gradient("b"));
                }
            }
        }
    }

    private static void close(Tensor found, Tensor expected) {
        var one = found.floats();
        var other = expected.floats();
        for (int i = 0; i < one.length; i++) {
            assertThat(Float.isNaN(one[i]) ? Float.isNaN(other[i]) : Math.abs(one[i] - other[i]) < 1e-7)
                    .as(Arrays.toString(one) + " " + Arrays.toString(other))
                    .isTrue();
        }
    }
}
