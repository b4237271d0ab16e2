package dev.clade.run.virtual;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Gate;
import dev.clade.run.Learner;
import dev.clade.run.Slot;
import dev.clade.run.Time;
import dev.clade.run.Turn;
import dev.clade.store.Measurements;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryLog;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Runs an experiment in virtual time, in one thread: what would take hours of sleeping takes as long as its
/// arithmetic. Phases of slots are events on a calendar; each begins when the work of the one before it has taken
/// its time.
public final class VirtualEngine {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int ALL = Integer.MAX_VALUE;

    /// Nobody watches a curve in virtual time.
    private static final Measurements UNKEPT = new Measurements() {
        @Override
        public void keep(List<Row> rows) {}

        @Override
        public List<Row> of(MemberId member) {
            return List.of();
        }
    };

    private final Event.ExperimentCreated created;
    private final Tuner tuner;
    private final Trainer.Factory trainers;
    private final MemoryCheckpoints checkpoints;
    private final int slots;
    private final Costs costs;
    private Instant now = Instant.EPOCH;

    public VirtualEngine(
            Event.ExperimentCreated created,
            Tuner tuner,
            Trainer.Factory trainers,
            MemoryCheckpoints checkpoints,
            int slots,
            Costs costs) {
        this.created = created;
        this.tuner = tuner;
        this.trainers = trainers;
        this.checkpoints = checkpoints;
        this.slots = slots;
        this.costs = costs;
    }

    /// What came of it.
    ///
    /// @param elapsed virtual time from beginning to end
    public record Result(List<Entry> entries, Population population, Duration elapsed) {}

    /// A phase that is due at a time; equal times go by slot.
    private record Due(Instant at, int number, Slot slot, Clock clock) {}

    /// Collects what the work of one phase takes.
    private final class Clock implements Time {
        private Duration spent = Duration.ZERO;

        @Override
        public Duration now() {
            return Duration.between(Instant.EPOCH, now).plus(spent);
        }

        @Override
        public void spend(Duration time) {
            spent = spent.plus(time);
        }

        @Override
        public void worked(Work work, long steps) {
            spend(
                    switch (work) {
                        case LOAD -> costs.load();
                        case TRAIN -> costs.step().multipliedBy(steps);
                        case EVALUATE -> costs.evaluate();
                        case SAVE -> costs.save();
                        case DECIDE -> Duration.ZERO;
                    });
        }

        Duration taken() {
            var taken = spent;
            spent = Duration.ZERO;
            return taken;
        }
    }

    /// Runs to the end.
    public Result run() {
        try (var log = new MemoryLog(created, () -> now, LEASE, checkpoints.shelf())) {
            var calendar = new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::number));
            var parked = new ArrayDeque<Due>();
            var lanes = new ArrayList<Lanes>();
            var specification = log.newest().specification();
            var shared = new Slot.Shared(
                    new WorkerId("virtual"),
                    log,
                    checkpoints,
                    UNKEPT,
                    new Learner(log, _ -> tuner),
                    Turn.of(specification, slots),
                    Gate.OPEN,
                    () -> false);
            for (int i = 0; i < slots; i++) {
                var clock = new Clock();
                lanes.add(Lanes.of(trainer(i)));
                calendar.add(new Due(now, i, new Slot(shared, lanes.getLast(), clock), clock));
            }
            while (!calendar.isEmpty() || !parked.isEmpty()) {
                if (calendar.isEmpty()) {
                    now = now.plus(LEASE.dividedBy(3));
                    log.heartbeat(shared.worker());
                    unpark(parked, calendar);
                }
                perform(calendar.remove(), calendar, parked);
            }
            lanes.forEach(Lanes::close);
            var entries = new ArrayList<>(log.after(0, ALL));
            return new Result(entries, log.newest(), Duration.between(Instant.EPOCH, now));
        }
    }

    private Trainer trainer(int slot) {
        try {
            return trainers.create(new Place(slot, 1, "cpu"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void perform(Due due, PriorityQueue<Due> calendar, ArrayDeque<Due> parked) {
        now = due.at().isAfter(now) ? due.at() : now;
        boolean worked = due.slot().step();
        var taken = due.clock().taken();
        if (due.slot().gone()) {
            unpark(parked, calendar);
            return;
        }
        var next = new Due(now.plus(taken), due.number(), due.slot(), due.clock());
        if (worked) {
            calendar.add(next);
            unpark(parked, calendar);
        } else {
            parked.add(next);
        }
    }

    /// Something has happened: whoever found nothing to do looks again.
    private void unpark(ArrayDeque<Due> parked, PriorityQueue<Due> calendar) {
        while (!parked.isEmpty()) {
            var due = parked.remove();
            calendar.add(new Due(now, due.number(), due.slot(), due.clock()));
        }
    }
}
