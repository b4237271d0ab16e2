package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.tune.Tuner;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Where the optimum moves, no constant is good: PBT against random search of equal draws, steps and finals on the toy
/// `ridge`, three hyperparameters, 16 members, seeds 1 to 10, paired. Between equals one wins 9 or more of 10 with a
/// chance of 11
/// in
/// 1,024 (one-sided sign test).
class MovingOptimumStatistics {

    private static final int SEEDS = 10;
    private static final int ENOUGH = 9;

    private static double score(long seed, Function<Specification, Tuner> tuners) {
        var settings = Flow.of(
                "name: moving",
                "metric: score",
                "population: 16",
                "budget: {steps: 1000}",
                "ready: {every: 25}",
                "synchronous: true",
                "final: {repeats: 20}",
                "parameters: {h: {loguniform: [0.01, 1], size: 3}}",
                "trainer: {toy: ridge, noise: 0.01}",
                "seed: " + seed);
        try (var checkpoints = MemoryCheckpoints.onHeap()) {
            var end = new VirtualEngine(
                            new Event.ExperimentCreated("moving", settings, new TreeMap<>()),
                            tuners.apply(Specification.read(settings)),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            16,
                            Costs.STEPS)
                    .run()
                    .population();
            var winner = end.finals().orElseThrow().winner(end.specification()).orElseThrow();
            return end.specification().metric().score(winner.measured());
        }
    }

    @Test
    void pbt_beatsRandomSearch() {
        long wins = LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> score(seed, PbtReader::pbt) > score(seed, new RandomSearch()::read))
                .count();
        assertThat(wins).isGreaterThanOrEqualTo(ENOUGH);
    }
}
