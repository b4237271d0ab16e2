package dev.clade.tune;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.trainer.Capability;
import java.util.Set;

/// An algorithm that tunes: an immutable value. What it knows beyond the population is the tuner after `learn`.
public interface Tuner {

    /// The word that names it in experiment files and in the log.
    String word();

    /// Changes with every change of behaviour: a recorded decision is only re-derived by the revision that made it.
    int revision();

    /// What a member shall do next. The first decision of a member gives its initial hyperparameters. It never counts
    /// budget, and reads no clock, no worker and no order of arrival.
    ///
    /// @param random keyed by (experiment seed, member, number of its earlier decisions)
    Decision decide(Population seen, MemberId who, Randomness random);

    /// The tuner that knows one more entry. Told in any order of members, it ends up equal.
    default Tuner learn(Entry entry, Population after) {
        return this;
    }

    /// Whether [#learn] ever changes it: a worker follows the log for those alone.
    default boolean learns() {
        return false;
    }

    /// How many members may exist now; the next are enrolled before anybody is decided for. More than the population
    /// train as much together as the population would (`population * steps`), and need a tuner that is [#serial()].
    default int members(Population seen) {
        return seen.specification().population();
    }

    /// The group that a member is enrolled in.
    default Group group(MemberId who) {
        return Group.ALL;
    }

    /// Checkpoints that later decisions may choose, beyond each member's newest pair.
    default Set<CheckpointId> keeps(Population seen) {
        return Set.of();
    }

    /// Whether decisions must see one another: then none is accepted that was made from before another.
    default boolean serial() {
        return false;
    }

    /// What its decisions ask of a trainer beyond the plain contract. A trainer that lacks it is refused before
    /// anything is trained.
    default Set<Capability> needs() {
        return Set.of();
    }

    /// Whether it can decide for a whole generation from one basis (`synchronous: true`).
    default boolean synchronous() {
        return !serial();
    }
}
