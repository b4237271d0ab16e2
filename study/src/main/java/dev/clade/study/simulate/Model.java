package dev.clade.study.simulate;

import dev.clade.run.virtual.Costs;
import dev.clade.trainer.Trainer;

/// What stands for the real trainer in a simulation.
///
/// @param trainers make its members
/// @param costs what its work takes, in virtual time
/// @param what it is, for people
public record Model(Trainer.Factory trainers, Costs costs, String what) {

    /// The same with other costs.
    public Model taking(Costs other) {
        return new Model(trainers, other, what);
    }
}
