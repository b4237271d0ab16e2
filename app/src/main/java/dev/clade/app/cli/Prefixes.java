package dev.clade.app.cli;

import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.tune.Decider;
import dev.clade.tune.Tuner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What decisions saw: the folds of the prefixes of a log that they name as their basis, with what the tuner knew
/// there.
final class Prefixes {

    /// The population at a position.
    ///
    /// @param tuner none where it is not installed
    record At(Population population, Optional<Tuner> tuner) {}

    /// What becomes of a decision that is made again.
    sealed interface Again {

        record Same() implements Again {}

        /// @param now what it is now, in words
        record Different(String now) implements Again {}

        record Not(String why) implements Again {}
    }

    private final Map<Long, At> at = new HashMap<>();

    /// @param positions of the prefixes that are wanted
    Prefixes(List<Entry> entries, Set<Long> positions) {
        var population = Population.first(entries.getFirst());
        var tuner = tuner(population);
        keep(population, tuner, positions);
        for (var entry : entries.subList(1, entries.size())) {
            population = population.with(entry);
            var after = population;
            tuner = entry.event() instanceof Event.OperatorActed
                    ? tuner(population)
                    : tuner.map(t -> t.learn(entry, after));
            keep(population, tuner, positions);
        }
    }

    private void keep(Population population, Optional<Tuner> tuner, Set<Long> positions) {
        if (positions.contains(population.position())) {
            at.put(population.position(), new At(population, tuner));
        }
    }

    private static Optional<Tuner> tuner(Population population) {
        try {
            return Optional.of(Wiring.tuner(population.specification()));
        } catch (Fault fault) {
            return Optional.empty();
        }
    }

    At at(long position) {
        return Objects.requireNonNull(at.get(position));
    }

    /// Makes a decision again from its basis, if this program has the tuner that made it in the revision that did.
    Again again(Event.Decided decided) {
        var basis = at(decided.basis());
        if (basis.tuner().isEmpty()) {
            return new Again.Not("no tuner '" + decided.tuner() + "' here");
        }
        var tuner = basis.tuner().get();
        if (!tuner.word().equals(decided.tuner())) {
            return new Again.Not("tuner '" + decided.tuner() + "', here '" + tuner.word() + "'");
        }
        if (tuner.revision() != decided.revision()) {
            return new Again.Not("revision " + decided.revision() + ", here " + tuner.revision());
        }
        var member = basis.population().find(decided.member());
        if (member.filter(m -> m.status() == Member.Status.UNDECIDED && m.decided() == decided.segment())
                .isEmpty()) {
            return new Again.Different("at position " + decided.basis() + " it is due no such decision");
        }
        var late = basis.population().late(decided.member());
        var now = new Decider(tuner).again(basis.population(), decided.member(), late);
        return now.equals(decided)
                ? new Again.Same()
                : new Again.Different(now.decision().toString());
    }
}
