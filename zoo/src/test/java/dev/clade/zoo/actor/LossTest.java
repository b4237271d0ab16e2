package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against its formula, for two members of three rows and two actions.
class LossTest {

    private static final float[] OUTPUTS = {
        0.1f, 0.7f, 2, -1, 0.5f, 0, 0.3f, 0.3f, -1, 2, 1, 0.5f, 0, 0.2f, 0.4f, -0.5f, 0.5f, 1
    };
    private static final int[] TAKEN = {0, 1, 1, 0, 0, 1};
    private static final double[] ADVANTAGES = {1, -2, 0.5, 3, -1, 0.25};
    private static final float[] RETURNS = {3, -2, 0, 1, 1, 1};
    private static final List<Values> VALUES =
            List.of(new Values(0.1, 0.02, 0.5, 0.9, 5), new Values(0.1, 0.3, 0.25, 0.9, 5));

    @Test
    void loss_ofTwoMembers_isTheSumOfBothFormulas() {
        double expected = 0;
        var entropies = new double[2];
        for (int row = 0; row < 6; row++) {
            var values = VALUES.get(row / 3);
            double p = 1 / (1 + Math.exp(OUTPUTS[3 * row + 1] - OUTPUTS[3 * row]));
            double entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
            double error = OUTPUTS[3 * row + 2] - RETURNS[row];
            double logarithm = Math.log(TAKEN[row] == 0 ? p : 1 - p);
            expected +=
                    (-ADVANTAGES[row] * logarithm - values.entropyCost() * entropy + values.valueCost() * error * error)
                            / 3;
            entropies[row / 3] += entropy / 3;
        }
        var advantages = new float[12];
        for (int row = 0; row < 6; row++) {
            advantages[2 * row + TAKEN[row]] = (float) (-ADVANTAGES[row] / 3);
        }
        try (var _ = Scope.still()) {
            var loss =
                    Loss.of(Tensor.of(OUTPUTS, 2, 3, 3), Tensor.of(advantages, 2, 3, 2), Tensor.of(RETURNS, 2, 3, 1));
            assertThat(loss.sum(VALUES).item()).isCloseTo(expected, within(1e-5));
            assertThat((double) loss.entropies()[0]).isCloseTo(entropies[0], within(1e-6));
            assertThat((double) loss.entropies()[1]).isCloseTo(entropies[1], within(1e-6));
        }
    }
}
