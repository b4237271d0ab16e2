package dev.clade.run;

import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.store.EventLog;
import dev.clade.tune.Decider;
import dev.clade.tune.Learning;
import dev.clade.tune.Tuner;
import java.util.Optional;
import java.util.function.Function;

/// Follows a log with the tuner that its settings name, so that every decision is made with what the tuner knew at its
/// basis. Any thread may ask.
public final class Learner {

    private static final int AT_ONCE = 10_000;

    private final EventLog log;
    private final Function<Specification, Tuner> tuners;
    private Optional<Learning> learning = Optional.empty();
    private long actedAt;
    private Tuner tuner;

    /// @param tuners the tuner that an experiment's settings name, before it has learnt anything
    public Learner(EventLog log, Function<Specification, Tuner> tuners) {
        this.log = log;
        this.tuners = tuners;
        var newest = log.newest();
        this.actedAt = newest.actedAt();
        this.tuner = tuners.apply(newest.specification());
    }

    /// The newest population, and what the tuner knows there.
    interface Knowledge {

        Population population();

        Tuner tuner();

        /// The tuner at a prefix that a decision folds.
        Tuner at(Population basis);

        /// The decision about a member that is due one, or the wait that it begins.
        default Event decide(MemberId who) {
            return new Decider(at(population().seenBy(who))).decide(population(), who);
        }
    }

    /// What there is to know now.
    synchronized Knowledge now() {
        var newest = log.newest();
        if (newest.actedAt() != actedAt) {
            actedAt = newest.actedAt();
            tuner = tuners.apply(newest.specification());
        }
        return tuner.learns() ? new Learnt(learnt(newest)) : new Fixed(newest, tuner);
    }

    private Learning learnt(Population newest) {
        var at = learning.orElseGet(() -> Learning.first(log.after(0, 1).getFirst(), tuners));
        while (at.population().position() < newest.position()) {
            long from = at.population().position();
            for (var entry : log.after(from, (int) Math.min(AT_ONCE, newest.position() - from))) {
                at = at.with(entry);
            }
        }
        learning = Optional.of(at);
        return at;
    }

    /// A tuner that is the same whatever has happened.
    private record Fixed(Population population, Tuner tuner) implements Knowledge {
        @Override
        public Tuner at(Population basis) {
            return tuner;
        }
    }

    private record Learnt(Learning learning) implements Knowledge {
        @Override
        public Population population() {
            return learning.population();
        }

        @Override
        public Tuner tuner() {
            return learning.tuner();
        }

        @Override
        public Tuner at(Population basis) {
            return learning.at(basis);
        }
    }
}
