package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// A network that acts, and remembers from step to step. It keeps no weights: those that it is called with are a
/// learner's own.
public interface RecurrentNetwork {

    /// What may be done in its world.
    Actions actions();

    Parameters.Layout layout();

    /// Draws new weights.
    void draw(Weights weights, Randomness random);

    /// Numbers that are remembered of an environment between its steps. All are 0 at the beginning of an episode.
    int memory();

    /// What it says of `N` environments. Nothing is recorded.
    ///
    /// @param seen of the worlds, `(N, channels * height * width)`
    /// @param before what was done and got a step ago, `(N, functions + 1)`: 1 for the function, behind all of them
    ///     the reward; all 0 at the beginning of an episode
    /// @param memory `(N, memory)`
    Step step(Weights weights, Tensor seen, Tensor before, Tensor memory);

    /// What comes of a step.
    ///
    /// @param said `(N, actions.logits() + 1)`: the logits of the [Policy], and the value
    /// @param memory for the next step, `(N, memory)`
    record Step(Tensor said, Tensor memory) {}
}
