package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// An LSTM.
///
/// @param name what the names of its parameters begin with
/// @param in numbers that it sees
/// @param size of its hidden state, `H`
record Cell(String name, int in, int size) {

    private static final int GATES = 4;

    /// Hidden beside cell.
    int memory() {
        return 2 * size;
    }

    Parameters.Layout layout(Parameters.Layout layout) {
        return layout.linear(name + ".wih", (long) GATES * size, in)
                .linear(name + ".whh", (long) GATES * size, size)
                .with(name + ".bih", (long) GATES * size)
                .with(name + ".bhh", (long) GATES * size);
    }

    void draw(Weights weights, Randomness random) {
        weights.get(name + ".wih").normalHere(Math.sqrt(1.0 / in), random.of("weights/" + name + ".wih"));
        weights.get(name + ".whh").normalHere(Math.sqrt(1.0 / size), random.of("weights/" + name + ".whh"));
        weights.get(name + ".bih").zeroHere();
        weights.get(name + ".bhh").zeroHere();
    }

    /// @param input `(N, in)`
    /// @param state `(N, 2H)`
    /// @return `(N, 2H)`
    Tensor step(Weights weights, Tensor input, Tensor state) {
        return input.lstmCell(
                state,
                weights.get(name + ".wih"),
                weights.get(name + ".whh"),
                weights.get(name + ".bih"),
                weights.get(name + ".bhh"));
    }
}
