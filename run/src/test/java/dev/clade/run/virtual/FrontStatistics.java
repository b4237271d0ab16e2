package dev.clade.run.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Member;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// PBT over two metrics against PBT over one on the toy of two aims: 8 members, 200 steps, ready every 10, seeds 1 to
/// 20. What counts is the hypervolume: the area that somebody's (gain, cost) dominates above (-1, 2), at most 3.333.
///
/// If neither were better, one would win all 20 seeds with a chance of 2^-20: a millionth. The seeds are fixed anyway.
class FrontStatistics {

    private static final int SEEDS = 20;
    private static final Metric GAIN = new Metric("gain", Metric.Mode.MAX);
    private static final Metric COST = new Metric("cost", Metric.Mode.MIN);
    private static final String SEVERAL = "metrics: [{metric: gain, mode: max}, {metric: cost, mode: min}]";
    private static final String ONE = "metric: gain";

    @Test
    void underTwoMetrics_moreIsDominated_byWhatMembersEndWithAndByAllThatTheyHad() {
        assertThat(IntStream.rangeClosed(1, SEEDS)).allSatisfy(seed -> {
            var two = run(SEVERAL, seed);
            var one = run(ONE, seed);
            assertThat(hypervolume(history(two))).isGreaterThan(hypervolume(history(one)));
            assertThat(hypervolume(ends(two))).isGreaterThan(hypervolume(ends(one)));
        });
    }

    /// What the population keeps as its front is all that counts of its history.
    @Test
    void front_dominatesAsMuchAsTheWholeHistory() {
        var end = run(SEVERAL, 1);
        assertThat(hypervolume(end.front().pairs().stream())).isEqualTo(hypervolume(history(end)));
    }

    private static Stream<Pair> history(Population end) {
        return end.members().stream()
                .flatMap(m -> m.segments().stream())
                .map(Segment::pair)
                .flatMap(Optional::stream);
    }

    private static Stream<Pair> ends(Population end) {
        return end.members().stream().map(Member::standing).flatMap(Optional::stream);
    }

    private static double hypervolume(Stream<Pair> pairs) {
        var points = pairs.map(p -> List.of(GAIN.score(p.evaluation()), COST.score(p.evaluation())))
                .sorted(Comparator.comparingDouble((List<Double> p) -> -p.getFirst())
                        .thenComparingDouble(p -> -p.getLast()))
                .toList();
        double area = 0;
        double floor = -2;
        for (var point : points) {
            if (point.getFirst() > -1 && point.getLast() > floor) {
                area += (point.getFirst() + 1) * (point.getLast() - floor);
                floor = point.getLast();
            }
        }
        return area;
    }

    private static Population run(String metrics, int seed) {
        var settings = Flow.of(
                "name: front",
                metrics,
                "population: 8",
                "budget: {steps: 200}",
                "ready: {every: 10}",
                "exploit: {truncation: 0.25}",
                "final: {repeats: 1}",
                "parameters: {h: {uniform: [0, 1]}}",
                "trainer: {toy: tradeoff}",
                "seed: " + seed);
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("front", settings, new TreeMap<>()),
                            new PbtReader().read(Specification.read(settings)),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            4,
                            Costs.STEPS)
                    .run()
                    .population();
        }
    }
}
