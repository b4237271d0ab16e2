package dev.clade.tune;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import java.util.Objects;
import java.util.function.Function;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// A tuner along a log: the fold of its entries into what the tuner knows, beside the population that they fold into.
/// Immutable. An operator's act begins the tuner anew, from the new settings.
public final class Learning {

    private final Function<Specification, Tuner> tuners;
    private final Population population;
    private final Tuner tuner;
    private final PSortedMap<Long, Tuner> barriers;

    private Learning(
            Function<Specification, Tuner> tuners,
            Population population,
            Tuner tuner,
            PSortedMap<Long, Tuner> barriers) {
        this.tuners = tuners;
        this.population = population;
        this.tuner = tuner;
        this.barriers = barriers;
    }

    /// @param entry the first of a log
    /// @param tuners the tuner that an experiment's settings name, before it has learnt anything
    public static Learning first(Entry entry, Function<Specification, Tuner> tuners) {
        var population = Population.first(entry);
        return new Learning(tuners, population, tuners.apply(population.specification()), TreePMap.empty());
    }

    public Learning with(Entry entry) {
        var after = population.with(entry);
        if (entry.event() instanceof Event.OperatorActed) {
            return new Learning(tuners, after, tuners.apply(after.specification()), TreePMap.empty());
        }
        var next = tuner.learn(entry, after);
        return new Learning(
                tuners,
                after,
                next,
                entry.event() instanceof Event.BarrierClosed ? needed(after).plus(entry.position(), next) : barriers);
    }

    private PSortedMap<Long, Tuner> needed(Population after) {
        PSortedMap<Long, Tuner> kept = TreePMap.empty();
        for (var view : after.views()) {
            var known = barriers.get(view.position());
            kept = known == null ? kept : kept.plus(view.position(), known);
        }
        return kept;
    }

    /// The population that it has come to.
    public Population population() {
        return population;
    }

    public Tuner tuner() {
        return tuner;
    }

    /// The tuner at the prefix that a decision folds.
    ///
    /// @param basis [#population()], or one of its views
    public Tuner at(Population basis) {
        return basis.position() == population.position()
                ? tuner
                : Objects.requireNonNull(barriers.get(basis.position()), "no barrier at " + basis.position());
    }
}
