package dev.clade.zoo.a3c;

import dev.clade.zoo.member.Asked;

/// The hyperparameters of A3C's own. Each has a default for spaces without it.
///
/// @param entropy what the policy's entropy [nats] is worth, at least 0
/// @param value what the squared error of the value costs, at least 0
record Costs(double entropy, double value) {

    /// Mnih et al. 2016, section 8.
    static final double ENTROPY = 0.01;

    static final double VALUE = 0.5;

    /// @throws dev.clade.fault.Fault 3305 for a value that it cannot be trained with
    static Costs of(Asked asked) {
        return new Costs(
                asked.real("entropy_cost", ENTROPY, 0, Double.MAX_VALUE),
                asked.real("value_cost", VALUE, 0, Double.MAX_VALUE));
    }
}
