package dev.clade.study.compare;

import dev.clade.population.Metric;
import dev.clade.population.Specification;
import dev.clade.study.statistics.Band;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Curve;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Interval;
import dev.clade.trainer.Evaluation;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What the experiments of a comparison say. The final score of an experiment is that of the member that
/// its finals chose, on the selection metric: what `report` names, where it names something, since no
/// decision ever saw it; else the fresh measurements of the finals themselves.
///
/// @param score what arms are ranked by
/// @param selection what members are ranked by
/// @param first the name of the arm that the others are compared with
/// @param lines best first; arms without a score at the end
public record Comparison(
        String name,
        Metric score,
        Metric selection,
        String unit,
        List<Long> seeds,
        Centre centre,
        String first,
        List<Line> lines) {

    /// The key of the bootstrap's draws: not that of any experiment.
    private static final long DRAWS = 20210831;

    /// Places at which bands are computed, and resamples at each: pictures need fewer than figures.
    private static final int PLACES = 60;

    private static final int BAND_RESAMPLES = 2_000;

    public Comparison {
        seeds = List.copyOf(seeds);
        lines = List.copyOf(lines);
    }

    /// An arm.
    ///
    /// @param scores final scores by seed, as measured
    /// @param estimate their centre; none where no seed is complete
    /// @param selected the same of the selection metric, measured afresh; none where that is the score
    /// @param versus against the first arm; none for itself
    /// @param spent by one experiment, on average
    /// @param failures by seed, why there is no score
    /// @param bySteps the best reading so far, over the steps trained per member
    /// @param byTime the same over seconds
    public record Line(
            Arm arm,
            SortedMap<Long, Double> scores,
            Optional<Estimate> estimate,
            Optional<Estimate> selected,
            Optional<Versus> versus,
            Optional<Spent> spent,
            SortedMap<Long, String> failures,
            Band bySteps,
            Band byTime) {

        public Line {
            scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
            failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        }
    }

    /// @param specification of any of the experiments: what is compared is the same in all
    /// @param outcomes of every entry of the plan
    public static Comparison of(
            Plan plan, Specification specification, Map<Plan.Entry, Outcome> outcomes, Centre centre) {
        var first = plan.arms().getFirst();
        var score = specification.report().orElse(specification.metric());
        var scores = new TreeMap<String, SortedMap<Long, Double>>();
        plan.arms().forEach(arm -> scores.put(arm.name(), scores(complete(plan, arm, outcomes), specification)));
        var lines = plan.arms().stream()
                .map(arm -> line(
                        arm,
                        arm.equals(first),
                        complete(plan, arm, outcomes),
                        failures(plan, arm, outcomes, specification),
                        of(scores, arm.name()),
                        of(scores, first.name()),
                        specification,
                        centre))
                .sorted(Comparator.comparingDouble(line ->
                        line.estimate().map(e -> -score.oriented(e.value())).orElse(Double.POSITIVE_INFINITY)))
                .toList();
        return new Comparison(
                plan.name(),
                score,
                specification.metric(),
                specification.unit(),
                plan.seeds(),
                centre,
                first.name(),
                lines);
    }

    private static SortedMap<Long, Double> of(Map<String, SortedMap<Long, Double>> scores, String name) {
        return Objects.requireNonNull(scores.get(name));
    }

    private static SortedMap<Long, Outcome.Complete> complete(Plan plan, Arm arm, Map<Plan.Entry, Outcome> outcomes) {
        var complete = new TreeMap<Long, Outcome.Complete>();
        for (long seed : plan.seeds()) {
            if (outcomes.get(new Plan.Entry(arm, seed)) instanceof Outcome.Complete one) {
                complete.put(seed, one);
            }
        }
        return complete;
    }

    /// Final scores, where they are numbers.
    private static SortedMap<Long, Double> scores(
            SortedMap<Long, Outcome.Complete> complete, Specification specification) {
        var scores = new TreeMap<Long, Double>();
        complete.forEach((seed, one) ->
                score(one, specification).filter(Double::isFinite).ifPresent(score -> scores.put(seed, score)));
        return scores;
    }

    private static Optional<Double> score(Outcome.Complete one, Specification specification) {
        return specification.report().isPresent()
                ? one.report().map(r -> raw(specification.report().get(), r))
                : Optional.of(raw(specification.metric(), one.measured()));
    }

    private static double raw(Metric metric, Evaluation evaluation) {
        return metric.oriented(metric.score(evaluation));
    }

    private static SortedMap<Long, String> failures(
            Plan plan, Arm arm, Map<Plan.Entry, Outcome> outcomes, Specification specification) {
        var failures = new TreeMap<Long, String>();
        for (long seed : plan.seeds()) {
            switch (outcomes.get(new Plan.Entry(arm, seed))) {
                case Outcome.Failed failed -> failures.put(seed, failed.reason());
                case Outcome.Complete one
                when score(one, specification).filter(Double::isFinite).isEmpty() ->
                    failures.put(
                            seed,
                            "the winner's "
                                    + specification
                                            .report()
                                            .orElse(specification.metric())
                                            .name() + " is no number");
                case Outcome.Complete one -> {}
                case null -> failures.put(seed, "it was not trained");
            }
        }
        return failures;
    }

    private static Line line(
            Arm arm,
            boolean itself,
            SortedMap<Long, Outcome.Complete> complete,
            SortedMap<Long, String> failures,
            SortedMap<Long, Double> scores,
            SortedMap<Long, Double> first,
            Specification specification,
            Centre centre) {
        var bootstrap = new Bootstrap(DRAWS);
        var score = specification.report().orElse(specification.metric());
        var selected = specification.report().isEmpty()
                ? List.<Double>of()
                : complete.values().stream()
                        .map(one -> raw(specification.metric(), one.measured()))
                        .filter(Double::isFinite)
                        .toList();
        return new Line(
                arm,
                scores,
                estimate(List.copyOf(scores.values()), centre, bootstrap),
                estimate(selected, centre, bootstrap),
                itself ? Optional.empty() : Versus.of(scores, first, score, centre, bootstrap),
                complete.values().stream()
                        .map(Outcome.Complete::spent)
                        .reduce(Spent::and)
                        .map(all -> all.each(complete.size())),
                failures,
                band(complete, Outcome.Complete::bySteps, specification.metric(), centre),
                band(complete, Outcome.Complete::byTime, specification.metric(), centre));
    }

    private static Optional<Estimate> estimate(List<Double> samples, Centre centre, Bootstrap bootstrap) {
        return samples.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(samples, centre, bootstrap));
    }

    /// Curves are of oriented scores; the band is of what was measured.
    private static Band band(
            SortedMap<Long, Outcome.Complete> complete,
            Function<Outcome.Complete, Curve> which,
            Metric selection,
            Centre centre) {
        var band = Band.of(
                complete.values().stream().map(which).toList(), PLACES, centre, new Bootstrap(DRAWS, BAND_RESAMPLES));
        return selection.mode() == Metric.Mode.MAX
                ? band
                : new Band(band.places().stream()
                        .map(p ->
                                new Band.Place(p.at(), -p.value(), p.interval().map(Interval::negated)))
                        .toList());
    }

    /// Whether an experiment of any arm has failed.
    public boolean failed() {
        return lines.stream().anyMatch(line -> !line.failures().isEmpty());
    }

    /// The place of a line among those with a score, from 1.
    public Optional<Integer> rank(Line line) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).equals(line) && line.estimate().isPresent())
                .mapToObj(i -> i + 1)
                .findFirst();
    }

    /// What may be said, sentence by sentence.
    ///
    /// @param number how a number is written
    public List<String> verdict(Function<Double, String> number) {
        return new Verdict(this, number).sentences();
    }
}
