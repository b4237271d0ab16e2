package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LstmTest {

    private static final int IN = 3;
    private static final int CELLS = 2;
    private static final Lstm LSTM = new Lstm("lstm", IN, CELLS);

    private static Parameters drawn() {
        var weights = LSTM.with(new Parameters.Layout()).build();
        try (var _ = Scope.still()) {
            LSTM.draw(weights, Randomness.keyed(1, 0, 0));
            weights.get("lstm.hidden.bias").normalHere(1, Philox.keyed(2, 0, 0, "bias"));
        }
        return weights;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Against the equations.
    @Test
    void step_isWhatTheEquationsSay() {
        try (var weights = drawn();
                var _ = Scope.still()) {
            float[] seen = {0.5f, -1, 2};
            float[] memory = {0.3f, -0.2f, 0.7f, -1.1f};
            var wi = weights.get("lstm.input.weight").floats();
            var wh = weights.get("lstm.hidden.weight").floats();
            var bi = weights.get("lstm.input.bias").floats();
            var bh = weights.get("lstm.hidden.bias").floats();
            var gates = new double[4 * CELLS];
            for (int gate = 0; gate < gates.length; gate++) {
                gates[gate] = bi[gate] + bh[gate];
                for (int i = 0; i < IN; i++) {
                    gates[gate] += wi[gate * IN + i] * seen[i];
                }
                for (int i = 0; i < CELLS; i++) {
                    gates[gate] += wh[gate * CELLS + i] * memory[i];
                }
            }
            var after = LSTM.step(weights, Tensor.of(seen, 1, IN), Tensor.of(memory, 1, 2 * CELLS))
                    .floats();
            for (int i = 0; i < CELLS; i++) {
                double cell = sigmoid(gates[CELLS + i]) * memory[CELLS + i]
                        + sigmoid(gates[i]) * Math.tanh(gates[2 * CELLS + i]);
                assertThat((double) after[CELLS + i]).isCloseTo(cell, within(1e-5));
                assertThat((double) after[i]).isCloseTo(sigmoid(gates[3 * CELLS + i]) * Math.tanh(cell), within(1e-5));
            }
        }
    }

    /// Where the episode of the second environment ends with the first step, it goes on as from the beginning.
    @Test
    void through_anUnroll_forgetsWhereAnEpisodeEnds() {
        try (var weights = drawn();
                var _ = Scope.still()) {
            var unroll = new Unroll(2, 2, IN, new Actions(2, 2, 0), new float[2 * LSTM.memory()], false);
            unroll.did(0, 1, new Actions.Action(0, -1), 0, true);
            float[] seen = {1, 2, 3, 4, 5, 6, -1, -2, -3, 0.1f, 0.2f, 0.3f};
            var memory = Tensor.of(new float[] {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f}, 2, 2 * CELLS);
            var said = LSTM.through(weights, Tensor.of(seen, 4, IN), memory, unroll)
                    .floats();
            var first = LSTM.step(weights, Tensor.of(seen, 4, IN).narrow(0, 0, 2), memory);
            var second = LSTM.step(weights, Tensor.of(seen, 4, IN).narrow(0, 2, 1), first.narrow(0, 0, 1));
            var anew = LSTM.step(weights, Tensor.of(seen, 4, IN).narrow(0, 3, 1), Tensor.zeros(1, 2 * CELLS));
            float[] expected = Tensor.joined(List.of(LSTM.said(first), LSTM.said(second), LSTM.said(anew)), 0)
                    .floats();
            assertThat(said).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void draw_ofNewWeights_opensTheForgetGate() {
        try (var weights = LSTM.with(new Parameters.Layout()).build();
                var _ = Scope.still()) {
            LSTM.draw(weights, Randomness.keyed(1, 0, 0));
            assertThat(weights.get("lstm.input.bias").floats()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
            assertThat(weights.get("lstm.hidden.weight").floats()).doesNotContain(0);
        }
    }
}
