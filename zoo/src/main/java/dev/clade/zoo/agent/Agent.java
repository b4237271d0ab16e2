package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// A kind of agent: its network, and what it minimises. [AgentModel] trains it.
///
/// @param <V> its own hyperparameters
public interface Agent<V> {

    /// The workload's word in experiment files.
    String name();

    RecurrentNetwork network();

    /// Reads its own hyperparameters: those beside what every agent has, which are in [Values].
    V values(Asked asked);

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
