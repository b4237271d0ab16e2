package dev.clade.tuners;

import dev.clade.pbt.Explore;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.tune.Tuner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The toys `plain` and `deceptive` under the settings of Chebykin, Alderliesten, Bosman (TMLR 2025): 22 members,
/// 1000 steps, ready every 20, a quarter replaced, h in [1e-4, 1.1] times or divided by 2, from U(0.9, 1.1). Members
/// of equal index begin equally under every tuner. In virtual time, on a slot for each member.
///
/// @param tuner as in a file
public record Greed(String toy, String tuner) {

    private static final int MEMBERS = 22;
    private static final double LOW = 1e-4;
    private static final double HIGH = 1.1;

    /// Times or divided by 2 and held at the walls, as published. Where walls reflect, twice 1 is 0.2: whoever begins
    /// near the upper one is thrown about.
    public record Held() implements Explore {
        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            double moved = values.real("h") * (random.of("move/h").nextBoolean() ? 2 : 0.5);
            return Moved.to(values.with("h", new Value.Real(Math.min(HIGH, Math.max(LOW, moved)))));
        }
    }

    /// theta of the winner at the end; less is better.
    ///
    /// @param tuners reads the tuner
    double loss(long seed, Function<Specification, Tuner> tuners, String... more) {
        var end = run(seed, tuners, MEMBERS, more).population();
        var winner = end.finals().orElseThrow().winner(end.specification()).orElseThrow();
        return -end.specification().metric().score(winner.measured());
    }

    VirtualEngine.Result run(long seed, Function<Specification, Tuner> tuners, int slots, String... more) {
        var settings = settings(seed);
        for (var entry : Flow.of(more).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("greed", settings, new TreeMap<>()),
                            tuners.apply(Specification.read(settings)),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
        }
    }

    private Setting.Mapping settings(long seed) {
        var random = new SplittableRandom(seed);
        var starts = IntStream.range(0, MEMBERS)
                .mapToObj(i -> "{h: " + random.nextDouble(0.9, HIGH) + "}")
                .collect(Collectors.joining(", "));
        return Flow.of(
                "name: greed",
                "metric: loss",
                "mode: min",
                "tuner: " + tuner,
                "population: " + MEMBERS,
                "budget: {steps: 1000}",
                "ready: {every: 20}",
                "exploit: {truncation: 0.25}",
                "explore: {perturb: [0.5, 2]}",
                "start: [" + starts + "]",
                "final: {repeats: 1}",
                "parameters: {h: {uniform: [" + LOW + ", " + HIGH + "], perturb: multiply}}",
                "trainer: {toy: " + toy + "}",
                "seed: " + seed);
    }
}
