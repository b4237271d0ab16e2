package dev.clade.study.compare;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Finals.Winner;
import dev.clade.population.Lineage;
import dev.clade.population.Metric;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.study.statistics.Curve;
import dev.clade.study.statistics.Curve.Point;
import dev.clade.trainer.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one experiment of a comparison came to.
public sealed interface Outcome {

    /// It is complete, and has a winner.
    ///
    /// @param measured the winner, afresh
    /// @param report the winner's, where something is reported
    /// @param bySteps the best reading of the population so far, oriented, over the steps trained by
    ///     then, per member of the population
    /// @param byTime the same over seconds of the running clock since training began
    /// @param schedule what the winner's weights went through
    record Complete(
            Evaluation measured,
            Optional<Evaluation> report,
            Spent spent,
            Curve bySteps,
            Curve byTime,
            List<Lineage.Stage> schedule)
            implements Outcome {

        public Complete {
            schedule = List.copyOf(schedule);
        }
    }

    /// It has no winner.
    record Failed(String reason) implements Outcome {}

    /// What a log came to.
    ///
    /// @param entries all of a complete experiment
    static Outcome of(List<Entry> entries) {
        var end = Population.of(entries);
        var winner = end.finals().flatMap(f -> f.winner(end.specification()));
        return winner.<Outcome>map(w -> complete(entries, end, w)).orElseGet(() -> failed(end));
    }

    private static Outcome failed(Population end) {
        return new Failed("no member has a model that could be measured at the end"
                + end.members().stream()
                        .flatMap(m -> m.segments().stream())
                        .flatMap(s -> failure(s).stream())
                        .findFirst()
                        .map(f -> "; the first failure: " + f.message())
                        .orElse(""));
    }

    private static Optional<Failure> failure(Segment segment) {
        return segment.outcome() instanceof Segment.Outcome.Failed failed
                ? Optional.of(failed.failure())
                : Optional.empty();
    }

    private static Complete complete(List<Entry> entries, Population end, Winner winner) {
        var began = elapsed(entries, Event.SegmentStarted.class, entries.getFirst());
        var ended = elapsed(entries, Event.ExperimentEnded.class, entries.getLast());
        var finals = entries.getLast().elapsed().minus(ended);
        var metric = end.specification().metric();
        var bySteps = new ArrayList<Point>();
        var byTime = new ArrayList<Point>();
        double steps = 0;
        for (var entry : entries) {
            if (entry.event() instanceof Event.SegmentFinished finished) {
                var segment = end.member(finished.member()).segment(finished.segment());
                steps += Spent.trained(segment);
                double score = best(finished, metric);
                if (score > Double.NEGATIVE_INFINITY) {
                    bySteps.add(new Point(steps / end.specification().population(), score));
                    byTime.add(new Point(seconds(entry.elapsed().minus(began)), score));
                }
            }
        }
        return new Complete(
                winner.measured(),
                winner.report(),
                Spent.of(end, ended.minus(began), finals),
                ended(bySteps, steps / end.specification().population()),
                ended(byTime, seconds(ended.minus(began))),
                Lineage.of(end, winner.pair()).schedule());
    }

    /// When the first event of a kind happened.
    private static Duration elapsed(List<Entry> entries, Class<? extends Event> kind, Entry otherwise) {
        return entries.stream()
                .filter(e -> kind.isInstance(e.event()))
                .findFirst()
                .orElse(otherwise)
                .elapsed();
    }

    private static double best(Event.SegmentFinished finished, Metric metric) {
        return finished.measured().stream()
                .mapToDouble(m -> metric.score(m.evaluation()))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /// The best so far, with a last point where training ended.
    private static Curve ended(List<Point> points, double end) {
        var best = new ArrayList<>(new Curve(points).best().points());
        if (!best.isEmpty() && best.getLast().at() < end) {
            best.add(new Point(end, best.getLast().value()));
        }
        return new Curve(best);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
