package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;

/// What is minimised, each the mean over the rows of an unroll.
final class Loss {

    private Loss() {}

    /// Of the worker: minus its advantage times the logarithm of the probability of what was done, minus
    /// the entropy [nats], plus the squared error of its value (Vezhnevets et al. 2017, equation 9).
    ///
    /// @param logarithms of the probabilities of what was done, `(N)`
    /// @param entropies `(N)`
    /// @param values `(N)`
    /// @param returns of the world's rewards and the intrinsic ones, `(N)`
    static Tensor worker(
            Tensor logarithms, Tensor entropies, Tensor values, Tensor returns, double entropyCost, double valueCost) {
        var advantages = returns.minus(values.detached());
        return error(values, returns, valueCost)
                .minus(logarithms.times(advantages).mean())
                .minus(entropies.mean().times(entropyCost));
    }

    /// Of the manager: minus its advantage times the cosine of where it went and where it wanted to go,
    /// plus the squared error of its value (equation 7).
    ///
    /// @param cosines `(N)`
    /// @param values `(N)`
    /// @param returns of the world's rewards, `(N)`
    static Tensor manager(Tensor cosines, Tensor values, Tensor returns, double valueCost) {
        var advantages = returns.minus(values.detached());
        return error(values, returns, valueCost).minus(cosines.times(advantages).mean());
    }

    private static Tensor error(Tensor values, Tensor returns, double cost) {
        return values.minus(returns).square().mean().times(cost);
    }
}
