package dev.clade.app.cli;

import dev.clade.app.wire.Experiments.Held;
import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Finals.Winner;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import dev.clade.trainer.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// An experiment at one moment: its log, and the fold of it.
record Seen(Held held, List<Entry> entries, Population population) {

    /// How it stands with an experiment.
    enum Status {
        /// A worker that lives has joined.
        RUNNING,
        /// Not complete, and nobody at work: `clade resume` goes on.
        INTERRUPTED,
        COMPLETE,
        /// Nothing was trained, and nothing goes on.
        SIMULATED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The best model so far, or the winner.
    ///
    /// @param provisional whether it is not the winner of fresh measurements at the end
    /// @param measured the fresh measurements of a winner
    /// @param report the winner's, measured once for the report
    record Best(Pair pair, boolean provisional, Optional<Evaluation> measured, Optional<Evaluation> report) {

        private static Best won(Winner winner) {
            return new Best(winner.pair(), false, Optional.of(winner.measured()), winner.report());
        }

        private static Best soFar(Pair pair) {
            return new Best(pair, true, Optional.empty(), Optional.empty());
        }

        /// What it is ranked by: measured afresh where it was.
        Evaluation evaluation() {
            return measured.orElse(pair.evaluation());
        }
    }

    static Seen of(Held held) {
        var population = held.newest();
        return new Seen(held, held.opened().log().after(0, (int) population.position()), population);
    }

    /// What a line of a listing needs: without the entries of what is complete, since reading a log takes its time.
    static Seen glance(Held held) {
        var population = held.newest();
        return population.complete() ? new Seen(held, List.of(), population) : of(held);
    }

    Specification specification() {
        return population.specification();
    }

    Instant created() {
        return entries.getFirst().at();
    }

    Event.ExperimentCreated creation() {
        return (Event.ExperimentCreated) entries.getFirst().event();
    }

    /// That there are weights at all.
    ///
    /// @throws Fault 5203 for an experiment that was simulated
    void trained() {
        if (held.simulated()) {
            throw new Fault(
                    5203,
                    "experiment '" + held.name() + "' has no weights.",
                    "a simulated run: its log says what would have been trained, and nothing was.",
                    "an experiment that was trained.",
                    "read it by 'clade show " + held.name()
                            + "', 'why', 'report' and 'verify'; train it by 'clade run'.");
        }
    }

    Status status() {
        if (held.simulated()) {
            return Status.SIMULATED;
        }
        if (population.complete()) {
            return Status.COMPLETE;
        }
        return living() ? Status.RUNNING : Status.INTERRUPTED;
    }

    /// Whether a worker that has joined lives.
    boolean living() {
        return entries.stream()
                .flatMap(e ->
                        e.event() instanceof Event.WorkerJoined joined ? Stream.of(joined.worker()) : Stream.empty())
                .anyMatch(held.opened().shelf()::lives);
    }

    Optional<Best> best() {
        return population
                .finals()
                .flatMap(f -> f.winner(specification()))
                .map(Best::won)
                .or(() -> population.complete()
                        ? Optional.empty()
                        : population.best().map(Best::soFar));
    }

    /// @throws Fault 3101 or 4105 if there is no model
    Best someBest() {
        return best().orElseThrow(() -> population.complete() ? noWinner() : noModel());
    }

    private Fault noModel() {
        return new Fault(
                4105,
                "experiment '" + held.name() + "' has no model yet.",
                population.size() + " members, none with a finished segment.",
                "at least one member that has trained, evaluated and saved.",
                "wait for it ('clade show " + held.name() + "'), or go on with it: 'clade resume " + held.name()
                        + "'.");
    }

    private Fault noWinner() {
        return new Fault(
                3101,
                "the experiment '" + held.name() + "' has no winner.",
                population.size() + " members, none with a model that could be measured at the end"
                        + population.members().stream()
                                .flatMap(m -> m.segments().stream())
                                .flatMap(s -> failure(s).stream())
                                .findFirst()
                                .map(f -> "; the first failure: " + f.message())
                                .orElse("")
                        + ".",
                "at least one.",
                "read the failure, and correct the trainer or the ranges of its hyperparameters.");
    }

    static Optional<Failure> failure(Segment segment) {
        return segment.outcome() instanceof Segment.Outcome.Failed failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    /// The raw value of the selection metric.
    double raw(Evaluation evaluation) {
        var metric = specification().metric();
        return metric.oriented(metric.score(evaluation));
    }
}
