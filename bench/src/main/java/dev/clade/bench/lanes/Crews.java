package dev.clade.bench.lanes;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Crews in training, one in each slot, a thread a slot.
final class Crews implements AutoCloseable {

    /// What training cost.
    ///
    /// @param wall time from the beginning to the end of all, for a member's step [s]
    /// @param processor time of all threads, for a member's step [s]; others on the machine show less in it
    record Cost(double wall, double processor) {}

    private final List<Lanes> crews = new ArrayList<>();
    private final ExecutorService threads;

    private Crews(int slots) {
        threads = Executors.newFixedThreadPool(slots);
    }

    static Crews begun(Trainer.Factory trainers, int slots) throws IOException {
        var crews = new Crews(slots);
        for (int slot = 0; slot < slots; slot++) {
            var lanes = trainers.lanes(new Place(slot, 1, "cpu"));
            var starts = new TreeMap<Integer, Start>();
            for (int lane = 0; lane < lanes.width(); lane++) {
                long seed = (long) slot * lanes.width() + lane;
                starts.put(lane, new Start(new Origin.Fresh(), seed, Hyperparameters.NONE, new TreeSet<>()));
            }
            lanes.begin(starts);
            crews.crews.add(lanes);
        }
        return crews;
    }

    /// Trains all members that many steps.
    Cost train(long steps) throws InterruptedException, ExecutionException {
        var slots = new ArrayList<Callable<Long>>();
        crews.forEach(lanes -> slots.add(() -> trained(lanes, steps)));
        long began = System.nanoTime();
        long processor = 0;
        for (var slot : threads.invokeAll(slots)) {
            processor += slot.get();
        }
        double memberSteps = (double) steps * members();
        return new Cost((System.nanoTime() - began) / 1e9 / memberSteps, processor / 1e9 / memberSteps);
    }

    int members() {
        return crews.stream().mapToInt(Lanes::width).sum();
    }

    /// @return what it cost this thread [ns]
    private static long trained(Lanes lanes, long steps) {
        var clock = ManagementFactory.getThreadMXBean();
        long began = clock.getCurrentThreadCpuTime();
        var moving = new TreeMap<Integer, Stretch>();
        for (int lane = 0; lane < lanes.width(); lane++) {
            moving.put(lane, Stretch.of(steps));
        }
        lanes.train(moving);
        return clock.getCurrentThreadCpuTime() - began;
    }

    @Override
    public void close() {
        threads.close();
        crews.forEach(Lanes::close);
    }
}
