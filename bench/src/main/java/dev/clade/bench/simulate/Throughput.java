package dev.clade.bench.simulate;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Experiments a minute on one thread.
final class Throughput {

    private static final int MEMBERS = 20;
    private static final int DECISIONS = 50;
    private static final int EVERY = 2;

    private Throughput() {}

    static void print(int seconds, int slots, String toy) {
        run(0, slots, toy);
        var threads = ManagementFactory.getThreadMXBean();
        long began = System.nanoTime();
        int count = 0;
        long decisions = 0;
        while (System.nanoTime() - began < seconds * 500_000_000L) {
            run(++count, slots, toy);
        }
        began = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        int first = count;
        while (System.nanoTime() - began < seconds * 1_000_000_000L) {
            var end = run(++count, slots, toy);
            decisions += end.members().stream().mapToLong(m -> m.decided()).sum();
        }
        double wall = (System.nanoTime() - began) / 60e9;
        double own = (threads.getCurrentThreadCpuTime() - cpu) / 60e9;
        System.out.printf(
                Locale.ROOT,
                "%s, %d members, %d slots, %.0f decisions each: %,.0f experiments a minute, %,.0f of this thread's time%n",
                toy,
                MEMBERS,
                slots,
                (double) decisions / (count - first) / MEMBERS,
                (count - first) / wall,
                (count - first) / own);
    }

    private static Population run(long seed, int slots, String toy) {
        var settings = settings(seed, toy);
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

    private static Setting.Mapping settings(long seed, String toy) {
        var bounds = Setting.list(List.of(Setting.number(1e-3), Setting.number(1)));
        return Setting.map("name", Setting.text("simulated"))
                .with("metric", Setting.word(toy.equals("drift") ? "score" : "loss"))
                .with("mode", Setting.word(toy.equals("drift") ? "max" : "min"))
                .with("population", Setting.number(MEMBERS))
                .with("budget", Setting.map("steps", Setting.number(DECISIONS * EVERY)))
                .with("ready", Setting.map("every", Setting.number(EVERY)))
                .with("parameters", Setting.map("h", Setting.map("loguniform", bounds)))
                .with("trainer", Setting.map("toy", Setting.word(toy)).with("noise", Setting.number(0.01)))
                .with("seed", Setting.number(seed));
    }
}
