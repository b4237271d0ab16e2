package dev.clade.bench.simulate;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// Populations on toys, with segments of two steps.
final class Toys {

    private static final int EVERY = 2;

    private Toys() {}

    static Population run(long seed, int members, int slots, int decisions, String toy) {
        var settings = settings(seed, members, decisions, toy);
        var specification = Specification.read(settings);
        try (var checkpoints = MemoryCheckpoints.onHeap()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("simulated", settings, new TreeMap<>()),
                            Wiring.tuner(specification),
                            Wiring.trainer(specification, Path.of("")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run()
                    .population();
        }
    }

    private static Setting.Mapping settings(long seed, int members, int decisions, String toy) {
        boolean drift = toy.equals("drift");
        var bounds = Setting.list(List.of(Setting.number(1e-3), Setting.number(1)));
        return Setting.map("name", Setting.text("simulated"))
                .with("metric", Setting.word(drift ? "score" : "loss"))
                .with("mode", Setting.word(drift ? "max" : "min"))
                .with("population", Setting.number(members))
                .with("budget", Setting.map("steps", Setting.number(decisions * EVERY)))
                .with("ready", Setting.map("every", Setting.number(EVERY)))
                .with("parameters", Setting.map("h", Setting.map("loguniform", bounds)))
                .with("trainer", Setting.map("toy", Setting.word(toy)).with("noise", Setting.number(0.01)))
                .with("seed", Setting.number(seed));
    }
}
