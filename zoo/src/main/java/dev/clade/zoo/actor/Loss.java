package dev.clade.zoo.actor;

import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What is minimised, of `K` members: minus the advantage times the logarithm of the probability of what was
/// done, minus the entropy [nats], plus the squared error of the value (Mnih et al. 2016, section 4 and
/// algorithm S3), each the mean over `N` rows.
///
/// @param policy `(K, N, actions)`, to be summed, as the others
/// @param entropy `(K, N, actions)`
/// @param error `(K, N, 1)`
record Loss(Tensor policy, Tensor entropy, Tensor error) {

    private static final int WITHIN = 2;

    /// @param outputs of the network, `(K, N, actions + 1)`
    /// @param advantages as [Rollout#advantages] writes them, `(K, N, actions)`
    /// @param returns `(K, N, 1)`
    static Loss of(Tensor outputs, Tensor advantages, Tensor returns) {
        long rows = outputs.shape().get(1);
        long actions = outputs.shape().get(WITHIN) - 1;
        var logarithms = outputs.narrow(WITHIN, 0, actions).logSoftmax(WITHIN);
        var values = outputs.narrow(WITHIN, actions, 1);
        return new Loss(
                logarithms.times(advantages),
                logarithms.exp().times(logarithms).times(-1.0 / rows),
                values.minus(returns).square().times(1.0 / rows));
    }

    /// The sum of all members' losses, so that the gradient of each is that of its own.
    Tensor sum(List<Values> values) {
        return policy.sum()
                .minus(entropy.times(each(values, Values::entropyCost)).sum())
                .plus(error.times(each(values, Values::valueCost)).sum());
    }

    private static Tensor each(List<Values> values, ToDoubleFunction<Values> cost) {
        var costs = new float[values.size()];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = (float) cost.applyAsDouble(values.get(i));
        }
        return Tensor.of(costs, costs.length, 1, 1);
    }

    /// The mean entropy of each member's policy [nats].
    float[] entropies() {
        return entropy.detached().sum(WITHIN).sum(1).floats();
    }
}
