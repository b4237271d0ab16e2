package dev.clade.bench.paper;

import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Lineage;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.trainer.Trainer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// All experiments of a comparison, by seed, then by arm. Each runs in virtual time in one thread: what it comes to
/// depends on settings and seed alone, not on the machine's load, and not on how many run beside it.
final class Campaign {

    private final Setting.Mapping file;
    private final Path folder;
    private final Optional<Path> data;
    private final int slots;
    private final Optional<Archive> archive;
    private final PrintStream out;
    private final Map<String, Trainer.Factory> trainers = new HashMap<>();

    /// @param file the settings of all
    /// @param folder for relative paths in them
    /// @param data a folder in place of the trainer's own
    /// @param slots on which members train in virtual time
    Campaign(
            Setting.Mapping file,
            Path folder,
            Optional<Path> data,
            int slots,
            Optional<Archive> archive,
            PrintStream out) {
        this.file = file;
        this.folder = folder;
        this.data = data;
        this.slots = slots;
        this.archive = archive;
        this.out = out;
    }

    /// Trains what is not there yet.
    ///
    /// @param threads experiments at once
    /// @return complete ones
    SortedMap<Arm, SortedMap<Long, Result>> run(List<Arm> arms, List<Long> seeds, int threads) {
        checked(arms, seeds);
        var running = new TreeMap<Arm, SortedMap<Long, CompletableFuture<Optional<Result>>>>();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            for (long seed : seeds) {
                for (var arm : arms.stream().filter(a -> !a.follows()).toList()) {
                    put(running, arm, seed, CompletableFuture.supplyAsync(
                            () -> outcome(arm, seed, Optional.empty()), workers));
                }
                for (var arm : arms.stream().filter(Arm::follows).toList()) {
                    put(running, arm, seed, following(running, arm, seed, workers));
                }
            }
            return complete(running);
        }
    }

    private static SortedMap<Arm, SortedMap<Long, Result>> complete(
            SortedMap<Arm, SortedMap<Long, CompletableFuture<Optional<Result>>>> running) {
        var results = new TreeMap<Arm, SortedMap<Long, Result>>();
        running.forEach((arm, bySeed) -> bySeed.forEach((seed, one) -> one.join()
                .ifPresent(result ->
                        results.computeIfAbsent(arm, _ -> new TreeMap<>()).put(seed, result))));
        return results;
    }

    private static void put(
            SortedMap<Arm, SortedMap<Long, CompletableFuture<Optional<Result>>>> running,
            Arm arm,
            long seed,
            CompletableFuture<Optional<Result>> one) {
        running.computeIfAbsent(arm, _ -> new TreeMap<>()).put(seed, one);
    }

    private CompletableFuture<Optional<Result>> following(
            SortedMap<Arm, SortedMap<Long, CompletableFuture<Optional<Result>>>> running,
            Arm arm,
            long seed,
            Executor workers) {
        return java.util.Objects.requireNonNull(running.get(Arm.of(Arm.PBT)))
                .get(seed)
                .thenApplyAsync(
                        found -> found.flatMap(pbt -> outcome(arm, seed, Optional.of(pbt.schedule()))), workers);
    }

    /// Refuses what cannot be trained before anything is.
    private void checked(List<Arm> arms, List<Long> seeds) {
        for (var arm : arms) {
            if (!arm.follows()) {
                Wiring.check(Specification.read(placed(arm.of(file, seeds.getFirst(), Optional.empty()))), folder);
                seeds.forEach(seed ->
                        archive.ifPresent(a -> a.find(arm, seed, arm.of(file, seed, Optional.empty()))));
            } else if (!arms.contains(Arm.of(Arm.PBT))) {
                throw new Fault(
                        6014,
                        "the arm '" + arm + "' has nothing to follow.",
                        "arms without '" + Arm.PBT + "'.",
                        "the arm '" + Arm.PBT + "', whose winner's schedule it trains again.",
                        "add " + Arm.PBT + " to --arms.");
            }
        }
    }

    private Optional<Result> outcome(Arm arm, long seed, Optional<List<Lineage.Stage>> found) {
        try {
            var settings = arm.of(file, seed, found);
            var kept = archive.flatMap(a -> a.find(arm, seed, settings));
            if (kept.isPresent()) {
                out.println(Table.line(seed, arm, Specification.read(settings), kept.get()) + "  (kept)");
                return kept;
            }
            var result = trained(settings);
            result.ifPresent(r -> archive.ifPresent(a -> a.keep(arm, seed, settings, r)));
            out.println(result.map(r -> Table.line(seed, arm, Specification.read(settings), r))
                    .orElseGet(() -> failed(seed, arm, "no member has a model that could be measured at the end")));
            return result;
        } catch (RuntimeException e) {
            out.println(failed(seed, arm, e instanceof Fault ? e.getMessage() + "" : e.toString()));
            return Optional.empty();
        }
    }

    private static String failed(long seed, Arm arm, String why) {
        return "seed " + seed + "  " + arm + "  failed: " + why;
    }

    private Optional<Result> trained(Setting.Mapping settings) {
        var specification = Specification.read(placed(settings));
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        try (var checkpoints = new MemoryCheckpoints()) {
            var end = new VirtualEngine(
                            new Event.ExperimentCreated("paper", specification.settings(), new TreeMap<>()),
                            Wiring.tuner(specification),
                            trainers(specification),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run()
                    .population();
            return Result.of(
                    end, (threads.getCurrentThreadCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
        }
    }

    /// One factory for all experiments that train the same, so that they read their data once.
    private Trainer.Factory trainers(Specification specification) {
        var entries = specification.settings().entries();
        var key = entries.get("trainer") + " of " + entries.get("population");
        synchronized (trainers) {
            return trainers.computeIfAbsent(key, _ -> Wiring.trainer(specification, folder));
        }
    }

    /// Settings with the place of the data, which is no part of what is compared.
    private Setting.Mapping placed(Setting.Mapping settings) {
        return data.map(d -> {
                    var trainer = java.util.Objects.requireNonNull(
                                    settings.entries().get("trainer"))
                            .asMapping();
                    return settings.with("trainer", trainer.with("data", Setting.text(d.toString())));
                })
                .orElse(settings);
    }
}
