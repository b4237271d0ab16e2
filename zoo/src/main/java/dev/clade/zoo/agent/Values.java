package dev.clade.zoo.agent;

import dev.clade.zoo.member.Asked;

/// The hyperparameters in force that every agent has. Each has a default for spaces without it.
///
/// @param lr the learning rate, at least 0
/// @param discount of the reward of the next step, in `[0, 1]`
/// @param unroll steps of each environment in an update
record Values(double lr, double discount, int unroll) {

    /// Within the range that Jaderberg et al. 2016 (arXiv 1611.05397, section 4) sampled from, 1e-4 to 5e-3.
    static final double LR = 7e-4;

    static final double DISCOUNT = 0.97;

    static final int SHORTEST = 1;

    /// The longest that the PBT paper's agents were let unroll.
    static final int LONGEST = 50;

    /// @param unroll the one of the settings
    /// @throws dev.clade.fault.Fault 3305 for a value that it cannot be trained with
    static Values of(Asked asked, int unroll) {
        return new Values(
                asked.real("lr", LR, 0, Double.MAX_VALUE),
                asked.real("discount", DISCOUNT, 0, 1),
                asked.whole("unroll", unroll, SHORTEST, LONGEST));
    }
}
