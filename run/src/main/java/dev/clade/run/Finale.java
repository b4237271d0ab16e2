package dev.clade.run;

import dev.clade.population.Event;
import dev.clade.population.Finals;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.run.Cycle.Phase;
import dev.clade.store.Append;
import dev.clade.store.EventLog;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a slot does when training is over: candidates are measured afresh, and the winner is drawn.
///
/// @param gallery for the winner's pictures; where there is none, nothing is drawn
record Finale(EventLog log, Body body, Watched watched, Appender appender, Optional<Gallery> gallery) {

    /// Measures what is due of a member.
    void measure(Lane own, Population seen) {
        seen.finals()
                .flatMap(finals -> finals.due(own.member(), seen.specification()))
                .ifPresent(task -> measured(own, task, seen));
    }

    private void measured(Lane own, Finals.Task task, Population seen) {
        var pair = task.pair();
        var metric = seen.specification().metric().name();
        watched.does(
                Phase.FINALS,
                List.of(new Watch.Hand(own.lease, Optional.of(new Watch.Candidate(pair, task.purpose(), metric)))));
        var event = new Event.Evaluated(
                own.member(),
                pair.segment(),
                own.lease.term(),
                task.purpose(),
                fresh(task, metric, seen),
                pair.checkpoint());
        Appender.accepted(appender.commit(Append.of(own.lease, seen.position(), event)));
    }

    private Evaluation fresh(Finals.Task task, String metric, Population seen) {
        try {
            return body.fresh(task.pair(), task.purpose(), seen.specification());
        } catch (IOException | RuntimeException e) {
            Causes.ofTheStore(e);
            return new Evaluation(new TreeMap<>(Map.of(metric, new Reading.Diverged(Causes.said(e)))));
        }
    }

    /// The winner's pictures, once all that was measured of it is durable: the slot that measured last draws them. A
    /// process that dies meanwhile costs them, and nothing else.
    void draw() {
        var end = log.newest();
        var winner = end.finals().flatMap(f -> f.winner(end.specification()));
        if (!end.complete() || winner.isEmpty() || gallery.isEmpty()) {
            return;
        }
        watched.draws(() -> gallery.get()
                .hang(end.openings(), folder -> pictures(winner.get().pair(), folder)));
    }

    private void pictures(Pair pair, Path folder) throws IOException {
        try {
            body.pictures(pair, folder);
        } catch (IOException | RuntimeException e) {
            throw new IOException(watched.hung().orElseGet(() -> Causes.said(e)), e);
        }
    }
}
