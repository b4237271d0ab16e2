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
import dev.clade.study.compare.Outcome;
import dev.clade.trainer.Trainer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// One that is trained, or waits for it.
    private record Running(Arm arm, long seed, CompletableFuture<Optional<Result>> outcome) {}

    /// Trains what is not there yet.
    ///
    /// @param threads experiments at once
    /// @return complete ones
    SortedMap<Arm, SortedMap<Long, Result>> run(List<Arm> arms, List<Long> seeds, int threads) {
        checked(arms, seeds);
        var results = new TreeMap<Arm, SortedMap<Long, Result>>();
        try (var workers = Executors.newFixedThreadPool(threads)) {
            var all = new ArrayList<Running>();
            seeds.forEach(seed -> all.addAll(started(arms, seed, workers)));
            all.forEach(one -> one.outcome()
                    .join()
                    .ifPresent(result -> results.computeIfAbsent(one.arm(), _ -> new TreeMap<>())
                            .put(one.seed(), result)));
        }
        return results;
    }

    /// All arms of a seed; those who follow PBT begin when it has ended.
    private List<Running> started(List<Arm> arms, long seed, Executor workers) {
        var started = new ArrayList<Running>();
        for (var arm : arms.stream().filter(a -> !a.follows()).toList()) {
            started.add(new Running(
                    arm, seed, CompletableFuture.supplyAsync(() -> outcome(arm, seed, Optional.empty()), workers)));
        }
        for (var arm : arms.stream().filter(Arm::follows).toList()) {
            var pbt = started.stream()
                    .filter(r -> r.arm().name().equals(Arm.PBT))
                    .findFirst()
                    .orElseThrow();
            started.add(new Running(
                    arm,
                    seed,
                    pbt.outcome()
                            .thenApplyAsync(
                                    found -> found.flatMap(p -> outcome(arm, seed, Optional.of(p.schedule()))),
                                    workers)));
        }
        return started;
    }

    /// Refuses what cannot be trained before anything is.
    private void checked(List<Arm> arms, List<Long> seeds) {
        for (var arm : arms) {
            if (!arm.follows()) {
                Wiring.check(Specification.read(placed(arm.of(file, seeds.getFirst(), Optional.empty()))), folder);
                seeds.forEach(seed -> archive.ifPresent(a -> a.find(arm, seed, arm.of(file, seed, Optional.empty()))));
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
            archive.ifPresent(a -> a.keep(arm, seed, settings, result));
            out.println(Table.line(seed, arm, Specification.read(settings), result));
            return Optional.of(result);
        } catch (RuntimeException e) {
            out.println(failed(
                    seed,
                    arm,
                    e instanceof Fault || e instanceof IllegalStateException ? e.getMessage() + "" : e + ""));
            return Optional.empty();
        }
    }

    private static String failed(long seed, Arm arm, String why) {
        return "seed " + seed + "  " + arm + "  failed: " + why;
    }

    private Result trained(Setting.Mapping settings) {
        var specification = Specification.read(placed(settings));
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        try (var checkpoints = new MemoryCheckpoints()) {
            var run = new VirtualEngine(
                            new Event.ExperimentCreated("paper", specification.settings(), new TreeMap<>()),
                            Wiring.tuner(specification),
                            trainers(specification),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
            if (Outcome.of(run.entries()) instanceof Outcome.Failed failed) {
                throw new IllegalStateException(failed.reason());
            }
            return Result.of(
                    run.population(),
                    (threads.getCurrentThreadCpuTime() - cpu) / 1e9,
                    (System.nanoTime() - wall) / 1e9);
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
