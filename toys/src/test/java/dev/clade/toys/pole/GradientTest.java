package dev.clade.toys.pole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gradients written by hand against central differences.
class GradientTest {

    private static final double STEP = 1e-6;
    private static final double[] SENSES = {0.3, -0.7, 0.6, -0.8, 1.4};

    private final Randomness random = Randomness.keyed(3, 0, 0);

    private void check(Network network, DoubleSupplier loss) {
        var gradient = network.gradient().clone();
        var weights = network.weights();
        for (int i = 0; i < weights.length; i++) {
            double kept = weights[i];
            weights[i] = kept + STEP;
            double above = loss.getAsDouble();
            weights[i] = kept - STEP;
            double below = loss.getAsDouble();
            weights[i] = kept;
            assertThat(gradient[i]).as("weight %d", i).isCloseTo((above - below) / (2 * STEP), within(1e-7));
        }
    }

    @Test
    void network_withTwoHiddenLayers_hasTheGradientOfItsSquaredError() {
        var network = new Network(SwingUp.SENSES, 7, 6, 1);
        network.draw(random.of("weights"), 1);
        DoubleSupplier loss = () -> {
            double error = network.forward(SENSES)[0] - 0.4;
            return error * error / 2;
        };
        network.backward(new double[] {network.forward(SENSES)[0] - 0.4});
        check(network, loss);
    }

    @Test
    void network_afterTwoInputs_hasTheSumOfTheirGradients() {
        var network = new Network(2, 5, 3);
        network.draw(random.of("weights"), 1);
        var inputs = new double[][] {{1, 2}, {-1, 0.5}};
        for (var input : inputs) {
            network.forward(input);
            network.backward(new double[] {1, 0, -2});
        }
        check(network, () -> {
            double sum = 0;
            for (var input : inputs) {
                var y = network.forward(input);
                sum += y[0] - 2 * y[2];
            }
            return sum;
        });
    }

    /// Ratios below, within and above the clip, with both signs of the advantage.
    @ParameterizedTest
    @CsvSource({"-1.0, 1.3", "-1.0, -1.3", "-0.4, 1.3", "-0.4, -1.3", "-3.0, 0.7", "-3.0, -0.7"})
    void objective_ofAnyRatio_hasTheGradientOfItsLoss(double oldLog, double advantage) {
        var actor = new Network(SwingUp.SENSES, 6, SwingUp.CHOICES);
        actor.draw(random.of("weights"), 1);
        var objective = new Objective();
        DoubleSupplier loss = () -> objective.loss(actor.forward(SENSES), 1, oldLog, advantage, 0.3);
        loss.getAsDouble();
        actor.backward(objective.slope());
        check(actor, loss);
    }
}
