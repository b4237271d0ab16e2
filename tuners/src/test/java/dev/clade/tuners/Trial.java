package dev.clade.tuners;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Gate;
import dev.clade.run.Learner;
import dev.clade.run.Slot;
import dev.clade.run.Time;
import dev.clade.run.Turn;
import dev.clade.run.local.LocalEngine;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.store.Measurements;
import dev.clade.store.Store;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryLog;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// An experiment with one tuner, and the ways to run it: in virtual time, on threads, and by a worker that dies.
record Trial(Setting.Mapping settings, Trainer.Factory trainers) {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int ALL = Integer.MAX_VALUE;

    /// Phases of slots; far more than any of these experiments has.
    private static final int MOST = 1_000_000;

    private static final Setting.Mapping BASE = Flow.of(
            "name: trial",
            "metric: q",
            "budget: {steps: 64}",
            "ready: {every: 8}",
            "turn: 1",
            "final: {candidates: 2, repeats: 1}",
            "trainer: {toy: none}",
            Ridge.PARAMETERS);

    /// Settings that stand in for those of the base, or beside them.
    static Trial of(Trainer.Factory trainers, String... lines) {
        var settings = BASE;
        for (var entry : Flow.of(lines).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return new Trial(settings, trainers);
    }

    Trial with(String name, double value) {
        return new Trial(settings.with(name, Setting.number(value)), trainers);
    }

    Specification specification() {
        return Specification.read(settings);
    }

    /// The tuner that the settings name, new.
    Tuner tuner() {
        return tuner(specification());
    }

    static Tuner tuner(Specification specification) {
        var setting = specification.settings().entries().get("tuner");
        var word = switch (setting) {
            case Setting.Mapping map -> map.entries().firstEntry().getKey();
            case null -> "pbt";
            default -> setting.asText();
        };
        return ServiceLoader.load(Tuners.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(t -> t.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tuner is called " + word))
                .read(specification);
    }

    private Event.ExperimentCreated created() {
        return new Event.ExperimentCreated("trial-1", settings, new TreeMap<>());
    }

    /// In virtual time; a step takes a second, all else nothing.
    VirtualEngine.Result run(int slots) {
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(created(), new Doubted(tuner()), trainers, checkpoints, slots, Costs.STEPS).run();
        }
    }

    private static Store.Opened opened(Event.ExperimentCreated created, MemoryCheckpoints checkpoints) {
        return new Store.Opened(
                new MemoryLog(created, () -> Instant.EPOCH, LEASE, checkpoints.shelf()),
                checkpoints.shelf(),
                new Unkept());
    }

    /// On threads.
    List<Entry> runOnThreads(int slots) throws InterruptedException {
        try (var checkpoints = new MemoryCheckpoints()) {
            var opened = opened(created(), checkpoints);
            new LocalEngine(opened, checkpoints, Trial::tuner, trainers, slots, new WorkerId("threads"))
                    .run("test", "here");
            return opened.log().after(0, ALL);
        }
    }

    /// By a worker that dies after so many phases of its slots, and another that goes on from its log.
    List<Entry> runBrokenOff(int slots, int phases) {
        try (var checkpoints = new MemoryCheckpoints()) {
            var opened = opened(created(), checkpoints);
            work("first", opened, checkpoints, slots, phases);
            opened.log().dead(new WorkerId("first"));
            if (work("second", opened, checkpoints, slots, MOST) == MOST) {
                throw new AssertionError("the experiment does not end");
            }
            return opened.log().after(0, ALL);
        }
    }

    /// Performs slots in one thread, one after the other, a phase each.
    ///
    /// @return how many were performed
    private int work(String name, Store.Opened opened, MemoryCheckpoints checkpoints, int slots, int most) {
        var worker = new WorkerId(name);
        opened.log().join(worker, "test", "here");
        var shared = new Slot.Shared(
                worker,
                opened.log(),
                checkpoints,
                opened.measurements(),
                new Learner(opened.log(), s -> new Doubted(tuner(s))),
                Turn.of(specification(), slots),
                Gate.OPEN,
                () -> false);
        var running = new ArrayList<Slot>();
        for (int i = 0; i < slots; i++) {
            running.add(new Slot(shared, lanes(i), new Standing()));
        }
        int performed = 0;
        while (!running.isEmpty()) {
            for (var slot : List.copyOf(running)) {
                if (performed == most) {
                    return performed;
                }
                performed++;
                slot.step();
                if (slot.gone()) {
                    running.remove(slot);
                }
            }
            opened.log().heartbeat(worker);
        }
        return performed;
    }

    /// The phases that a worker needs from beginning to end.
    int phases(int slots) {
        try (var checkpoints = new MemoryCheckpoints()) {
            return work("only", opened(created(), checkpoints), checkpoints, slots, MOST);
        }
    }

    private Lanes lanes(int slot) {
        try {
            return Lanes.of(trainers.create(new Place(slot, 1, "cpu")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// A clock that stands still.
    private static final class Standing implements Time {
        @Override
        public Duration now() {
            return Duration.ZERO;
        }

        @Override
        public void spend(Duration time) {}

        @Override
        public void worked(Work work, long steps) {}
    }

    private static final class Unkept implements Measurements {
        @Override
        public void keep(List<Row> rows) {}

        @Override
        public List<Row> of(MemberId member) {
            return List.of();
        }
    }
}
