package dev.clade.run.virtual;

import dev.clade.population.Entry;
import dev.clade.population.Population;
import dev.clade.run.Climber;
import dev.clade.run.Experiment;
import dev.clade.store.Measurements;
import dev.clade.store.Store;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryLog;
import dev.clade.store.memory.MemoryShelf;
import dev.clade.store.memory.MemoryStore;
import dev.clade.tune.Tuner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// An experiment in virtual time, with what it saved: for tests.
final class Simulated implements AutoCloseable {

    private final Experiment experiment;
    private final Tuner tuner;
    private final MemoryShelf shelf = new MemoryShelf();
    private final MemoryCheckpoints checkpoints = MemoryCheckpoints.onHeap(shelf, VirtualEngine.WORKER);
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);

    Simulated(Experiment experiment) {
        this.experiment = experiment;
        this.tuner = experiment.tuner();
    }

    VirtualEngine.Result run(int slots, Costs costs, Conditions conditions) {
        return run(slots, costs, conditions, _ -> false);
    }

    VirtualEngine.Result run(int slots, Costs costs, Conditions conditions, Predicate<Population> until) {
        return on(new MemoryLog(experiment.created(), clock, VirtualClock.LEASE, shelf), slots, costs, conditions)
                .run(until);
    }

    /// Goes on from what was.
    VirtualEngine.Result resume(List<Entry> history, int slots, Costs costs) {
        return on(MemoryLog.of(history, clock, VirtualClock.LEASE, shelf), slots, costs, Conditions.IDEAL)
                .run();
    }

    private VirtualEngine on(MemoryLog log, int slots, Costs costs, Conditions conditions) {
        Measurements measurements = new MemoryStore(clock, Duration.ofDays(1))
                .create("measurements", experiment.created())
                .measurements();
        return new VirtualEngine(
                new Store.Opened(log, shelf, measurements),
                clock,
                checkpoints,
                _ -> tuner,
                place -> new Climber(Climber.Script.NOTHING),
                slots,
                costs,
                conditions);
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
