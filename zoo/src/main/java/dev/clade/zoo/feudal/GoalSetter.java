package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// The manager, who sets goals: a latent state `s` of what is seen, and a dilated LSTM whose sum `m` is the
/// goal at length 1 and is valued.
///
/// @param percept size of `z`
/// @param latent size of `s`, `m` and goals, the paper's `d`
/// @param radius of the dilated LSTM, `r`
record GoalSetter(int percept, int latent, int radius) {

    Parameters.Layout with(Parameters.Layout layout) {
        layout.linear("manager.space.weight", latent, percept)
                .with("manager.space.bias", latent)
                .linear("manager.value.weight", 1, latent)
                .with("manager.value.bias", 1);
        return memory().cell().with(layout);
    }

    void draw(Weights weights, Randomness random) {
        Linear.draw(weights, "manager.space", Math.sqrt(2.0 / percept), random);
        Linear.draw(weights, "manager.value", Linear.HEAD, random);
        memory().cell().draw(weights, random);
    }

    Dilated memory() {
        return new Dilated(new Lstm("manager.lstm", latent, latent), radius);
    }

    /// `s`, `(N, latent)`, of `z`.
    Tensor state(Weights weights, Tensor percept) {
        return Linear.of(weights, "manager.space", percept).relu();
    }

    /// The value of what the memory said, `(N)`.
    Tensor value(Weights weights, Tensor said) {
        return Linear.of(weights, "manager.value", said).reshape(-1);
    }
}
