package dev.clade.study.compare;

import dev.clade.population.Metric;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Improvement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/// An arm against the first one, over the seeds that both completed.
///
/// @param difference of final scores, this arm's less the first one's of the same seed
/// @param better the probability that this arm ends better than the first under a seed of its own: a tie
///     is half
/// @param unpaired the same over all pairs of seeds
/// @param won seeds in which it ended better
/// @param claim what the difference allows to say
public record Versus(Estimate difference, Improvement better, Improvement unpaired, int won, Claim claim) {

    /// What may be said.
    public enum Claim {
        BETTER,
        WORSE,
        /// The interval of the difference holds 0.
        OPEN,
        /// There is no interval.
        NOTHING
    }

    /// @param own final scores by seed, as measured
    /// @return none where no seed is complete in both
    static Optional<Versus> of(
            SortedMap<Long, Double> own,
            SortedMap<Long, Double> first,
            Metric metric,
            Centre centre,
            Bootstrap bootstrap) {
        var seeds =
                own.keySet().stream().filter(seed -> first.containsKey(seed)).toList();
        if (seeds.isEmpty()) {
            return Optional.empty();
        }
        var ones = of(own, seeds);
        var others = of(first, seeds);
        var differences = IntStream.range(0, seeds.size())
                .mapToObj(i -> ones.get(i) - others.get(i))
                .toList();
        var difference = Estimate.of(differences, centre, bootstrap);
        var turnedOnes = ones.stream().map(metric::oriented).toList();
        var turnedOthers = others.stream().map(metric::oriented).toList();
        return Optional.of(new Versus(
                difference,
                Improvement.paired(turnedOnes, turnedOthers),
                Improvement.unpaired(turnedOnes, turnedOthers, bootstrap),
                (int) differences.stream().filter(d -> metric.oriented(d) > 0).count(),
                claim(difference, metric)));
    }

    private static List<Double> of(SortedMap<Long, Double> scores, List<Long> seeds) {
        return seeds.stream().map(s -> Objects.requireNonNull(scores.get(s))).toList();
    }

    private static Claim claim(Estimate difference, Metric metric) {
        if (difference.interval().isEmpty()) {
            return Claim.NOTHING;
        }
        return !difference.excludes(0)
                ? Claim.OPEN
                : metric.oriented(difference.value()) > 0 ? Claim.BETTER : Claim.WORSE;
    }

    /// How many seeds were compared.
    public int pairs() {
        return difference.samples();
    }
}
