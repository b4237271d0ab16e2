package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Tensor;

/// The loss of an actor that follows a critic: minus the advantage times the logarithm of the probability of what was
/// done, minus the entropy [nats], plus the squared error of the value (Mnih et al. 2016, section 4 and algorithm S3),
/// each the mean over an unroll's rows.
public final class ActorCritic {

    private ActorCritic() {}

    /// Tells `entropy` and `value_error`, too.
    ///
    /// @param policy of all rows
    /// @param values of all rows, `(rows)`
    /// @param returns that they should have been
    /// @param entropyCost what entropy is worth
    /// @param valueCost what the squared error of the value costs
    public static Tensor loss(
            Policy policy, Tensor values, Unroll unroll, float[] returns, double entropyCost, double valueCost) {
        var target = Tensor.of(returns, returns.length);
        var advantages = target.minus(values.detached());
        var gain = policy.of(unroll.functions(), unroll.targets())
                .times(advantages)
                .mean();
        var entropy = policy.entropy().mean();
        var error = values.minus(target).square().mean();
        unroll.tell("entropy", entropy);
        unroll.tell("value_error", error);
        return error.times(valueCost).minus(entropy.times(entropyCost)).minus(gain);
    }
}
