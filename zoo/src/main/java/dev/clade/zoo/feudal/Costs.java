package dev.clade.zoo.feudal;

import dev.clade.zoo.member.Asked;

/// The hyperparameters of FuN's own. Each has a default for spaces without it.
///
/// @param entropy what the policy's entropy [nats] is worth, at least 0
/// @param intrinsic what a reward of the manager is worth to the worker, against 1 for one of the world;
/// the paper's `alpha`, at least 0
/// @param value what the squared error of each value costs, at least 0
record Costs(double entropy, double intrinsic, double value) {

    /// Ours; where rewards are rare, a larger intrinsic one may drown them.
    static final Costs DEFAULT = new Costs(0.01, 0.2, 0.5);

    /// @throws dev.clade.fault.Fault 3305 for a value that it cannot be trained with
    static Costs of(Asked asked) {
        return new Costs(
                asked.real("entropy_cost", DEFAULT.entropy, 0, Double.MAX_VALUE),
                asked.real("intrinsic_cost", DEFAULT.intrinsic, 0, Double.MAX_VALUE),
                asked.real("value_cost", DEFAULT.value, 0, Double.MAX_VALUE));
    }
}
