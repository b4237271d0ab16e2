package dev.clade.toys.pole;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.Map;
import java.util.TreeMap;

/// The hyperparameters of the agent; all may change at any time. One that is not part of the search space has its
/// default.
///
/// @param learningRate of both networks
/// @param entropyCost what a nat of the policy's entropy is worth, in standard deviations of the advantage
/// @param discount of the reward, per act
/// @param trace lambda of the generalised advantage estimate
record Recipe(double learningRate, double entropyCost, double discount, double trace) {

    /// Ours, tried by hand, but for lambda: PPO's own for control (Schulman et al. 2017, table 3).
    static final Recipe DEFAULT = new Recipe(1e-3, 1e-2, 0.98, 0.95);

    static Recipe of(Hyperparameters values) {
        return new Recipe(
                values.real("learning_rate", DEFAULT.learningRate),
                values.real("entropy_cost", DEFAULT.entropyCost),
                values.real("discount", DEFAULT.discount),
                values.real("trace", DEFAULT.trace));
    }

    /// What is in force, of the names that were asked for. A name that the agent does not know is not in it.
    Hyperparameters receipt(Hyperparameters asked) {
        var mine = Map.of(
                "learning_rate", learningRate, "entropy_cost", entropyCost, "discount", discount, "trace", trace);
        var inForce = new TreeMap<String, Value>();
        mine.forEach((name, value) ->
                asked.find(name).ifPresent(was -> inForce.put(name, was instanceof Value.Whole ? was : real(value))));
        return new Hyperparameters(inForce);
    }

    private static Value real(double value) {
        return new Value.Real(value);
    }
}
