package dev.clade.tuners.pb2;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.tune.Tuners;
import java.nio.file.Path;
import java.util.TreeMap;

/// A small population on the toy `ridge`, in virtual time.
///
/// @param more settings beside or in the place of those here
record Ridging(Tuners tuner, int members, String... more) {

    static final Tuners PBT = new PbtReader();

    VirtualEngine.Result run(long seed, int slots) {
        var settings = settings(seed);
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("ridging", settings, new TreeMap<>()),
                            tuner.read(Specification.read(settings)),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
        }
    }

    /// The winner's score, measured afresh.
    double score(long seed) {
        var end = run(seed, members).population();
        var specification = end.specification();
        var winner = end.finals().flatMap(f -> f.winner(specification)).orElseThrow();
        return specification.metric().score(winner.measured());
    }

    Setting.Mapping settings(long seed) {
        var settings = Flow.of(
                "name: ridging",
                "metric: score",
                "population: " + members,
                "budget: {steps: 1000}",
                "ready: {every: 20}",
                "exploit: {truncation: 0.25}",
                "parameters: {h: {loguniform: [0.01, 2], size: 4}}",
                "trainer: {toy: ridge}",
                "seed: " + seed);
        for (var entry : Flow.of(more).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return settings;
    }
}
