package dev.clade.bench.digits;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// PBT against random search, and against random search with cosine decay, on the digits, seeds paired:
///
/// ```
/// bench/run digits --data FOLDER [--seeds 1..20] [--threads 1] [--settings bench/digits.yaml]
/// ```
///
/// Each experiment runs in virtual time in one thread, where a step takes a second on one of two slots: what it comes
/// to depends on settings and seed alone, not on the machine's load, and not on the number of threads here.
public final class Digits {

    /// As many as `clade run` has on two cores.
    private static final int SLOTS = 2;

    private Digits() {}

    private record Asked(Path settings, Path data, long first, long last, int threads) {}

    public static void main(String[] words) throws InterruptedException, ExecutionException {
        try {
            run(asked(words));
        } catch (Fault fault) {
            System.err.println(fault.getMessage());
            System.exit(2);
        }
    }

    private static Asked asked(String[] words) {
        var options = new TreeMap<>(Map.of("--settings", "bench/digits.yaml", "--seeds", "1..20", "--threads", "1"));
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        var seeds = option(options, "--seeds").split("\\.\\.", 2);
        var data = options.get("--data");
        if (data == null || seeds.length != 2) {
            throw new Fault(
                    6001,
                    "the benchmark 'digits' cannot start.",
                    String.join(" ", words) + ".",
                    "--data FOLDER [--seeds FIRST..LAST] [--threads N] [--settings FILE].",
                    "name the folder of optdigits.tra and optdigits.tes: bench/run digits --data FOLDER.");
        }
        return new Asked(
                Path.of(option(options, "--settings")),
                Path.of(data).toAbsolutePath(),
                Long.parseLong(seeds[0]),
                Long.parseLong(seeds[1]),
                Integer.parseInt(option(options, "--threads")));
    }

    private static String option(Map<String, String> options, String name) {
        return java.util.Objects.requireNonNull(options.get(name));
    }

    private static void run(Asked asked) throws InterruptedException, ExecutionException {
        var file = withData(ExperimentFile.read(asked.settings()), asked.data());
        System.out.println(asked.settings() + ": " + file.without("trainer"));
        var results = new TreeMap<Long, Map<Arm, Outcome>>();
        try (var threads = Executors.newFixedThreadPool(asked.threads())) {
            var running = new TreeMap<Long, Map<Arm, Future<Outcome>>>();
            for (long seed = asked.first(); seed <= asked.last(); seed++) {
                var arms = new EnumMap<Arm, Future<Outcome>>(Arm.class);
                for (var arm : Arm.values()) {
                    long one = seed;
                    arms.put(arm, threads.submit(() -> outcome(file, arm, one)));
                }
                running.put(seed, arms);
            }
            for (var seed : running.entrySet()) {
                var arms = Table.arms();
                for (var arm : seed.getValue().entrySet()) {
                    arms.put(arm.getKey(), arm.getValue().get());
                }
                results.put(seed.getKey(), arms);
            }
        }
        new Table(results).print(System.out);
    }

    private static Setting.Mapping withData(Setting.Mapping file, Path data) {
        var trainer =
                java.util.Objects.requireNonNull(file.entries().get("trainer")).asMapping();
        return file.with("trainer", trainer.with("data", Setting.text(data.toString())));
    }

    private static Outcome outcome(Setting.Mapping file, Arm arm, long seed) {
        var settings = arm.of(file, seed);
        var specification = Specification.read(settings);
        long began = System.nanoTime();
        try (var checkpoints = new MemoryCheckpoints()) {
            var end = new VirtualEngine(
                            new Event.ExperimentCreated("digits", settings, new TreeMap<>()),
                            Wiring.tuner(specification),
                            Wiring.trainer(specification, Path.of("")),
                            checkpoints,
                            SLOTS,
                            Costs.STEPS)
                    .run()
                    .population();
            var outcome = Outcome.of(end);
            System.out.println(Table.line(seed, arm, outcome, (System.nanoTime() - began) / 1e9));
            return outcome;
        }
    }
}
