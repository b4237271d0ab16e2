package dev.clade.zoo.digits;

import dev.clade.zoo.member.Asked;
import java.util.List;

/// The hyperparameters in force. Each has a default for spaces without it.
///
/// @param lr the learning rate, at least 0
/// @param momentum in `[0, 1)`
/// @param decay `weight_decay`, at least 0, of biases too
/// @param dropout a rate in `[0, 1)` behind each of the three hidden layers
/// @param smoothing `label_smoothing`, in `[0, 1]`
record Values(double lr, double momentum, double decay, List<Double> dropout, double smoothing) {

    /// Ours: what a search by hand ended at; see README.md.
    static final Values DEFAULTS = new Values(0.05, 0.9, 1e-4, List.of(0.1, 0.1, 0.1), 0);

    Values {
        dropout = List.copyOf(dropout);
    }

    /// A plain `dropout` is the rate of all three.
    ///
    /// @throws dev.clade.fault.Fault 3305 for a value that the network cannot be trained with
    static Values of(Asked asked) {
        return new Values(
                asked.real("lr", DEFAULTS.lr, 0, Double.MAX_VALUE),
                asked.real("momentum", DEFAULTS.momentum, 0, Math.nextDown(1.0)),
                asked.real("weight_decay", DEFAULTS.decay, 0, Double.MAX_VALUE),
                asked.rates("dropout", DEFAULTS.dropout),
                asked.real("label_smoothing", DEFAULTS.smoothing, 0, 1));
    }
}
