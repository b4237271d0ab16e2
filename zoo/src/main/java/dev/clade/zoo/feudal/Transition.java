package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;

/// The manager's policy is over transitions of its latent state: goals are to point to where it pays to go.
final class Transition {

    private Transition() {}

    /// Minus the advantage times the cosine of where it went and where it wanted to go (the transition
    /// policy gradient, Vezhnevets et al. 2017, equation 7 and section 3.2), plus the squared error of the
    /// value, each the mean over rows.
    ///
    /// @param cosines `(N)`
    /// @param values of the manager, `(N)`
    /// @param returns of the world's rewards by the manager's discount, `(N)`
    /// @param valueCost what the squared error costs
    static Tensor loss(Tensor cosines, Tensor values, Tensor returns, double valueCost) {
        var advantages = returns.minus(values.detached());
        return values.minus(returns)
                .square()
                .mean()
                .times(valueCost)
                .minus(cosines.times(advantages).mean());
    }
}
