package dev.clade.bench.paper;

import dev.clade.population.Finals;
import dev.clade.population.Lineage;
import dev.clade.population.Member;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome.Finished;
import dev.clade.population.Specification;
import dev.clade.space.Hyperparameters;
import dev.clade.study.statistics.Curve;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one experiment came to. What diverged is absent.
///
/// @param measured of the member that the finals chose, by metric, afresh: means of samples
/// @param reported of the same, what the report measures: the test set, another judge
/// @param population mean of the members' last readings of the selection metric
/// @param curve the best reading so far of the selection metric, as measured, by the members' own step
/// @param drawn the hyperparameters that members began with, in member order
/// @param schedule the winner's hyperparameters over the steps of its weights
/// @param descent who descends from whom; results that were kept before it was do not have it
record Result(
        SortedMap<String, Double> measured,
        SortedMap<String, Double> reported,
        OptionalDouble population,
        Curve curve,
        List<Hyperparameters> drawn,
        List<Lineage.Stage> schedule,
        Optional<Descent> descent,
        Cost cost) {

    /// @param steps trained by all members
    /// @param evaluations within segments, of copies, and in the finals
    /// @param copies how often one member's weights went to another
    /// @param failed segments that failed
    /// @param cpu seconds of the thread that ran it
    /// @param wall seconds that passed meanwhile
    record Cost(long steps, long evaluations, long copies, long failed, double cpu, double wall) {}

    Result {
        measured = Collections.unmodifiableSortedMap(new TreeMap<>(measured));
        reported = Collections.unmodifiableSortedMap(new TreeMap<>(reported));
        drawn = List.copyOf(drawn);
        schedule = List.copyOf(schedule);
    }

    /// @param end a complete experiment that has a winner
    /// @param cpu seconds
    /// @param wall seconds
    static Result of(Population end, double cpu, double wall) {
        var specification = end.specification();
        var finals = end.finals().orElseThrow();
        var winner = finals.winner(specification).orElseThrow();
        var segments = end.members().stream()
                .map(Member::segments)
                .flatMap(Collection::stream)
                .toList();
        return new Result(
                means(winner.measured()),
                winner.report().map(Result::means).orElseGet(TreeMap::new),
                last(end),
                curve(segments, specification.metric()),
                end.members().stream().map(m -> m.segment(1).values()).toList(),
                Lineage.of(end, winner.pair()).schedule(),
                Optional.of(Descent.of(end, winner.pair())),
                cost(segments, finals, specification, cpu, wall));
    }

    private static SortedMap<String, Double> means(Evaluation evaluation) {
        var means = new TreeMap<String, Double>();
        evaluation.metrics().forEach((name, reading) -> {
            if (reading instanceof Reading.Finite finite) {
                means.put(name, finite.mean());
            }
        });
        return means;
    }

    private static OptionalDouble last(Population end) {
        var metric = end.specification().metric();
        return end.members().stream()
                .flatMap(m -> m.standing().stream())
                .map(Pair::evaluation)
                .mapToDouble(metric::score)
                .filter(Double::isFinite)
                .map(metric::oriented)
                .average();
    }

    private static Curve curve(List<Segment> segments, Metric metric) {
        var best = new TreeMap<Long, Double>();
        for (var segment : segments) {
            if (segment.outcome() instanceof Finished finished) {
                finished.measured().forEach(m -> best.merge(m.step(), metric.score(m.evaluation()), Math::max));
            }
        }
        var points = new ArrayList<Curve.Point>();
        double most = Double.NEGATIVE_INFINITY;
        for (var reading : best.entrySet()) {
            most = Math.max(most, reading.getValue());
            if (Double.isFinite(most)) {
                points.add(new Curve.Point(reading.getKey(), metric.oriented(most)));
            }
        }
        return new Curve(points);
    }

    private static Cost cost(
            List<Segment> segments, Finals finals, Specification specification, double cpu, double wall) {
        return new Cost(
                segments.stream().mapToLong(Result::trained).sum(),
                evaluations(segments, finals, specification),
                segments.stream()
                        .filter(s -> s.source() instanceof Segment.Source.Copied)
                        .count(),
                segments.stream()
                        .filter(s -> s.outcome() instanceof Segment.Outcome.Failed)
                        .count(),
                cpu,
                wall);
    }

    private static long trained(Segment segment) {
        return segment.pair().map(pair -> pair.step() - segment.startStep()).orElse(0L);
    }

    private static long evaluations(List<Segment> segments, Finals finals, Specification specification) {
        long within = segments.stream()
                .mapToLong(s -> s.outcome() instanceof Finished finished
                        ? finished.measured().size()
                        : 0)
                .sum();
        long copied = segments.stream().filter(s -> s.copied().isPresent()).count();
        return (within + copied) * specification.repeats()
                + (long) finals.candidates().size() * specification.finalRepeats();
    }
}
