package dev.clade.bench.digits;

import dev.clade.population.Finals;
import dev.clade.population.Lineage;
import dev.clade.population.Member;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome.Finished;
import dev.clade.space.Hyperparameters;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one experiment came to. Accuracies are shares.
///
/// @param test of the member that the finals chose, on the test set
/// @param validation of the same, on the set that all decisions read
/// @param mean of the last validation accuracies of all members; a diverged one counts as chance, 0.1
/// @param curve the best validation accuracy seen until a member's own step, by that step
/// @param drawn the hyperparameters that the members began with
/// @param steps trained by all members
/// @param evaluations within segments, of copies, and in the finals
/// @param copies how often one member's weights went to another
/// @param chosen the winner's hyperparameters over its weights' steps
record Outcome(
        double test,
        double validation,
        double mean,
        SortedMap<Long, Double> curve,
        List<Hyperparameters> drawn,
        long steps,
        long evaluations,
        long copies,
        List<Lineage.Stage> chosen) {

    private static final double CHANCE = 0.1;

    static Outcome of(Population end) {
        var specification = end.specification();
        var metric = specification.metric();
        var finals = end.finals().orElseThrow();
        var winner = finals.winner(specification).orElseThrow();
        var segments = end.members().stream()
                .map(Member::segments)
                .flatMap(Collection::stream)
                .toList();
        return new Outcome(
                specification.report().orElseThrow().score(winner.report().orElseThrow()),
                metric.score(winner.measured()),
                end.members().stream()
                        .mapToDouble(m -> last(m, metric))
                        .average()
                        .orElseThrow(),
                curve(segments, metric),
                end.members().stream().map(m -> m.segment(1).values()).toList(),
                segments.stream().mapToLong(Outcome::trained).sum(),
                evaluations(segments, finals, specification.finalRepeats()),
                segments.stream()
                        .filter(s -> s.source() instanceof Segment.Source.Copied)
                        .count(),
                Lineage.of(end, winner.pair()).schedule());
    }

    private static double last(Member member, Metric metric) {
        return member.standing()
                .map(Pair::evaluation)
                .map(metric::score)
                .filter(Double::isFinite)
                .orElse(CHANCE);
    }

    private static SortedMap<Long, Double> curve(List<Segment> segments, Metric metric) {
        var best = new TreeMap<Long, Double>();
        for (var segment : segments) {
            if (segment.outcome() instanceof Finished finished) {
                finished.measured().forEach(m -> best.merge(m.step(), metric.score(m.evaluation()), Math::max));
            }
        }
        double most = Double.NEGATIVE_INFINITY;
        for (var reading : best.entrySet()) {
            most = Math.max(most, reading.getValue());
            reading.setValue(most);
        }
        return best;
    }

    private static long trained(Segment segment) {
        return segment.pair().map(pair -> pair.step() - segment.startStep()).orElse(0L);
    }

    private static long evaluations(List<Segment> segments, Finals finals, int repeats) {
        long within = segments.stream()
                .mapToLong(s -> s.outcome() instanceof Finished finished
                        ? finished.measured().size()
                        : 0)
                .sum();
        long copied = segments.stream().filter(s -> s.copied().isPresent()).count();
        return within + copied + (long) finals.candidates().size() * repeats;
    }

    /// The first own step at which some member reads at least this accuracy.
    OptionalLong reaches(double accuracy) {
        return curve.entrySet().stream()
                .filter(reading -> reading.getValue() >= accuracy)
                .mapToLong(java.util.Map.Entry::getKey)
                .findFirst();
    }
}
