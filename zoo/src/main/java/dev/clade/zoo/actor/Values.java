package dev.clade.zoo.actor;

import dev.clade.fault.Fault;
import dev.clade.zoo.member.Asked;

/// The hyperparameters in force. Each has a default for spaces without it.
///
/// @param lr the learning rate, at least 0
/// @param entropyCost what the policy's entropy [nats] is worth, at least 0
/// @param valueCost what the squared error of the value costs, at least 0
/// @param discount of the rewards of the next step, in `[0, 1]`
/// @param unroll steps of each environment in an update
record Values(double lr, double entropyCost, double valueCost, double discount, int unroll) {

    /// Ours but for the value's cost, which is that of Mnih et al. 2016; see README.md.
    static final double LR = 2e-3;

    static final double ENTROPY_COST = 0.01;
    static final double VALUE_COST = 0.5;
    static final double DISCOUNT = 0.97;

    static final int SHORTEST = 1;
    static final int LONGEST = 50;

    /// Of a member alone, whose unroll length may be a hyperparameter.
    ///
    /// @param unroll the one of the settings
    /// @throws Fault 3305 for a value that it cannot be trained with
    static Values alone(Asked asked, int unroll) {
        return of(asked, asked.whole("unroll", unroll, SHORTEST, LONGEST));
    }

    /// Of a member in lanes, all of which have the unroll length of the settings.
    ///
    /// @throws Fault 3305 for a value that it cannot be trained with, 3360 for another unroll length
    static Values inLanes(Asked asked, int unroll) {
        int own = asked.whole("unroll", unroll, SHORTEST, LONGEST);
        if (own != unroll) {
            throw new Fault(
                    3360,
                    "the members of a crew have one unroll length.",
                    "'unroll' " + own + " under 'parameters', " + unroll + " under 'trainer'.",
                    "no 'unroll' under 'parameters' where there are lanes.",
                    "take 'unroll' out of 'parameters', or set 'lanes: 1'.");
        }
        return of(asked, unroll);
    }

    private static Values of(Asked asked, int unroll) {
        return new Values(
                asked.real("lr", LR, 0, Double.MAX_VALUE),
                asked.real("entropy_cost", ENTROPY_COST, 0, Double.MAX_VALUE),
                asked.real("value_cost", VALUE_COST, 0, Double.MAX_VALUE),
                asked.real("discount", DISCOUNT, 0, 1),
                unroll);
    }
}
