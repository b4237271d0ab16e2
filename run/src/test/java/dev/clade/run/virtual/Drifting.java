package dev.clade.run.virtual;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A population after an optimum that drifts.
///
/// @param ready the setting
record Drifting(int members, int steps, double noise, boolean synchronous, Setting ready) {

    VirtualEngine.Result run(long seed, int slots) {
        var settings = settings(seed);
        var specification = Specification.read(settings);
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("drifting", settings, new TreeMap<>()),
                            new PbtReader().read(specification),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
        }
    }

    /// The winner's score, measured afresh.
    double score(long seed) {
        var end = run(seed, 1).population();
        var specification = end.specification();
        var winner = end.finals().flatMap(f -> f.winner(specification)).orElseThrow();
        return specification.metric().score(winner.measured());
    }

    private Setting.Mapping settings(long seed) {
        var map = new LinkedHashMap<String, Setting>();
        map.put("name", Setting.word("drifting"));
        map.put("metric", Setting.word("score"));
        map.put("population", Setting.number(members));
        map.put("budget", Setting.map("steps", Setting.number(steps)));
        map.put("ready", ready);
        map.put("synchronous", Setting.word(Boolean.toString(synchronous)));
        map.put("final", Setting.map("repeats", Setting.number(40)));
        map.put(
                "parameters",
                Setting.map(
                        "h", Setting.map("loguniform", Setting.list(List.of(Setting.number(0.1), Setting.number(2))))));
        map.put(
                "trainer",
                Setting.map(Map.of(
                        "toy",
                        Setting.word("drift"),
                        "horizon",
                        Setting.number(steps),
                        "lag",
                        Setting.number(Math.max(1, steps / 50)),
                        "noise",
                        Setting.number(noise))));
        map.put("seed", Setting.number(seed));
        return Setting.map(map);
    }
}
