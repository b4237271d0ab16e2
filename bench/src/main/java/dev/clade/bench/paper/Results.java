package dev.clade.bench.paper;

import dev.clade.population.Specification;
import dev.clade.space.Hyperparameters;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Improvement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Complete experiments of all arms, and what they say together: means over seeds, and differences seed by seed, with
/// 95 % intervals, expanded bootstrap ones from five seeds on and Student's t for fewer.
///
/// @param specification of any: what is read of it is the same in all
record Results(Specification specification, SortedMap<Arm, SortedMap<Long, Result>> byArm) {

    /// The key of the bootstrap's draws: not that of any experiment.
    private static final Bootstrap BOOTSTRAP = new Bootstrap(17111846);

    Results {
        byArm = Collections.unmodifiableSortedMap(new TreeMap<>(byArm));
    }

    /// Two arms over the seeds that both have.
    ///
    /// @param difference of one less the other, as measured
    /// @param better the probability that one is better than the other, a tie counting half; where nobody says what
    ///     is better, that it is larger
    record Paired(Estimate difference, Improvement better) {}

    List<Arm> arms() {
        return List.copyOf(byArm.keySet());
    }

    SortedSet<Long> seeds() {
        var seeds = new TreeSet<Long>();
        byArm.values().forEach(bySeed -> seeds.addAll(bySeed.keySet()));
        return seeds;
    }

    SortedMap<Long, Result> of(Arm arm) {
        return byArm.getOrDefault(arm, new TreeMap<>());
    }

    List<Measure> measures() {
        return Measure.of(
                specification,
                byArm.values().stream().flatMap(m -> m.values().stream()).toList());
    }

    SortedMap<Long, Double> values(Arm arm, Measure measure) {
        var values = new TreeMap<Long, Double>();
        of(arm).forEach((seed, result) -> measure.of(result).ifPresent(value -> values.put(seed, value)));
        return values;
    }

    Optional<Estimate> estimate(Arm arm, Measure measure) {
        return estimate(List.copyOf(values(arm, measure).values()));
    }

    static Optional<Estimate> estimate(List<Double> samples) {
        return samples.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(samples, Centre.MEAN, BOOTSTRAP));
    }

    /// One arm less another, by the seeds that both have.
    List<Double> differences(Arm one, Arm other, Measure measure) {
        var others = values(other, measure);
        var differences = new ArrayList<Double>();
        values(one, measure)
                .forEach((seed, value) ->
                        Optional.ofNullable(others.get(seed)).ifPresent(second -> differences.add(value - second)));
        return differences;
    }

    Optional<Paired> paired(Arm one, Arm other, Measure measure) {
        var differences = differences(one, other, measure);
        var turned = differences.stream().map(measure::oriented).toList();
        var nothing = Collections.nCopies(turned.size(), 0.0);
        return estimate(differences).map(e -> new Paired(e, Improvement.paired(turned, nothing)));
    }

    /// Whether populations of equal size begin with equal hyperparameters in all arms, seed by seed. Draws are
    /// stratified over the population, so that those of another size differ; who follows a schedule does not draw.
    boolean equalDraws() {
        return seeds().stream().allMatch(this::equalDraws);
    }

    private boolean equalDraws(long seed) {
        var bySize = new TreeMap<Integer, List<Hyperparameters>>();
        return byArm.keySet().stream()
                .filter(arm -> !arm.follows())
                .flatMap(arm -> Optional.ofNullable(of(arm).get(seed)).stream())
                .map(Result::drawn)
                .allMatch(drawn -> drawn.equals(bySize.computeIfAbsent(drawn.size(), _ -> drawn)));
    }
}
