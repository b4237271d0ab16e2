package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// A kind of agent with a recurrent memory: its network, how it acts, and what it minimises. It keeps no weights: those
/// that it is called with are a learner's own. [AgentModel] trains it.
///
/// @param <V> its own hyperparameters
public interface Agent<V> {

    /// The workload's word in experiment files.
    String name();

    /// What may be done in its world.
    Actions actions();

    /// Reads its own hyperparameters: those beside what every agent has, which are in [Values].
    V values(Asked asked);

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

    /// What one learner learns by, from the beginning of a segment to its end.
    ///
    /// @param discount of the reward of the next step
    /// @param random streams of this learner's own
    Lesson lesson(V values, double discount, Randomness random);

    /// Where an agent learns from what it did. It may remember: a replay is a lesson's own.
    @FunctionalInterface
    interface Lesson {

        /// The loss of an unroll, a single number that is to fall; recorded.
        Tensor loss(Weights weights, Unroll unroll);
    }
}
