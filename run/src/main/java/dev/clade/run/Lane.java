package dev.clade.run;

import dev.clade.population.CheckpointId;
import dev.clade.population.MemberId;
import dev.clade.population.Timings;
import dev.clade.run.Time.Work;
import dev.clade.space.Hyperparameters;
import dev.clade.store.Lease;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import java.time.Duration;
import java.util.Optional;

/// A member's place in a crew, and what has become of its open segment so far.
final class Lane {

    final Lease lease;

    /// Segments begun under this lease.
    int segments;

    Optional<Start> start = Optional.empty();
    Hyperparameters inForce = Hyperparameters.NONE;
    Optional<Metered> stretch = Optional.empty();
    Optional<Reporter> reporter = Optional.empty();
    Optional<Evaluation> evaluation = Optional.empty();
    Optional<CheckpointId> saved = Optional.empty();
    Timings timings = Timings.NONE;

    Lane(Lease lease) {
        this.lease = lease;
    }

    MemberId member() {
        return lease.member();
    }

    void took(Work work, Duration more) {
        var t = timings;
        timings = switch (work) {
            case LOAD -> new Timings(t.load().plus(more), t.train(), t.evaluate(), t.save(), t.decide(), t.idle());
            case TRAIN -> new Timings(t.load(), t.train().plus(more), t.evaluate(), t.save(), t.decide(), t.idle());
            case EVALUATE -> new Timings(t.load(), t.train(), t.evaluate().plus(more), t.save(), t.decide(), t.idle());
            case SAVE -> new Timings(t.load(), t.train(), t.evaluate(), t.save().plus(more), t.decide(), t.idle());
            case DECIDE ->
                new Timings(
                        t.load(), t.train(), t.evaluate(), t.save(), t.decide().plus(more), t.idle());
        };
    }

    /// The next segment begins with nothing spent.
    void next() {
        timings = Timings.NONE;
        start = Optional.empty();
        stretch = Optional.empty();
        reporter = Optional.empty();
        evaluation = Optional.empty();
        saved = Optional.empty();
    }
}
