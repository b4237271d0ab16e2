package dev.clade.zoo.unreal;

import dev.clade.zoo.member.Asked;

/// The hyperparameters of UNREAL's own. Each has a default for spaces without it.
///
/// @param entropy what the policy's entropy [nats] is worth, at least 0
/// @param value what the squared error of the value costs, at least 0
/// @param pixelControl the weight of that task's loss, at least 0
record Costs(double entropy, double value, double pixelControl) {

    /// Within the range that Jaderberg et al. 2016 (arXiv 1611.05397) sampled from, 5e-4 to 1e-2.
    static final double ENTROPY = 5e-3;

    /// Mnih et al. 2016.
    static final double VALUE = 0.5;

    /// Within the range that Jaderberg et al. 2016 sampled from, 0.01 to 0.1.
    static final double PIXEL_CONTROL = 0.05;

    /// @throws dev.clade.fault.Fault 3305 for a value that it cannot be trained with
    static Costs of(Asked asked) {
        return new Costs(
                asked.real("entropy_cost", ENTROPY, 0, Double.MAX_VALUE),
                asked.real("value_cost", VALUE, 0, Double.MAX_VALUE),
                asked.real("pixel_control_weight", PIXEL_CONTROL, 0, Double.MAX_VALUE));
    }
}
