package dev.clade.run.virtual;

import dev.clade.population.Consequence;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Gate;
import dev.clade.run.Learner;
import dev.clade.run.Slot;
import dev.clade.run.Turn;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Measurements;
import dev.clade.store.Store;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryLog;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Runs an experiment in virtual time, in one thread: what would take hours of sleeping takes as long as its
/// arithmetic. Phases of slots are events on a [Calendar]; each begins when the work of the one before it has
/// taken its time. The slots, the log and the decisions are those of every other engine.
public final class VirtualEngine {

    /// Who announces what simulated trainers save: it lives for as long as an engine runs, whoever is killed.
    public static final WorkerId WORKER = new WorkerId("virtual");

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

    private final Store.Opened experiment;
    private final VirtualClock clock;
    private final Checkpoints checkpoints;
    private final Function<Specification, Tuner> tuners;
    private final Trainer.Factory trainers;
    private final int slots;
    private final Costs costs;
    private final Conditions conditions;
    private final boolean joins;

    /// What came of it.
    ///
    /// @param elapsed virtual time from beginning to end
    public record Result(List<Entry> entries, Population population, Duration elapsed) {}

    /// Workers for an experiment that is opened, new or with a history: they go on from there.
    ///
    /// @param experiment in a store that goes by `clock`, with [VirtualClock#LEASE]
    /// @param checkpoints announced on the experiment's shelf by [#WORKER]
    /// @param tuners the tuner that an experiment's settings name
    public VirtualEngine(
            Store.Opened experiment,
            VirtualClock clock,
            Checkpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            Costs costs,
            Conditions conditions) {
        this(experiment, clock, checkpoints, tuners, trainers, slots, costs, conditions, true);
    }

    /// Workers for a new experiment, in memory.
    ///
    /// @param beginning what the log's clock says at first
    public VirtualEngine(
            Event.ExperimentCreated created,
            Instant beginning,
            MemoryCheckpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            Costs costs,
            Conditions conditions) {
        this(created, new VirtualClock(beginning), checkpoints, tuners, trainers, slots, costs, conditions);
    }

    private VirtualEngine(
            Event.ExperimentCreated created,
            VirtualClock clock,
            MemoryCheckpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            Costs costs,
            Conditions conditions) {
        this(opened(created, clock, checkpoints), clock, checkpoints, tuners, trainers, slots, costs, conditions, true);
    }

    /// A worker for a new experiment, in memory, under ideal conditions.
    public VirtualEngine(
            Event.ExperimentCreated created,
            Tuner tuner,
            Trainer.Factory trainers,
            MemoryCheckpoints checkpoints,
            int slots,
            Costs costs) {
        this(created, new VirtualClock(Instant.EPOCH), tuner, trainers, checkpoints, slots, costs);
    }

    private VirtualEngine(
            Event.ExperimentCreated created,
            VirtualClock clock,
            Tuner tuner,
            Trainer.Factory trainers,
            MemoryCheckpoints checkpoints,
            int slots,
            Costs costs) {
        this(
                opened(created, clock, checkpoints),
                clock,
                checkpoints,
                _ -> tuner,
                trainers,
                slots,
                costs,
                Conditions.IDEAL,
                false);
    }

    private VirtualEngine(
            Store.Opened experiment,
            VirtualClock clock,
            Checkpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            Costs costs,
            Conditions conditions,
            boolean joins) {
        this.experiment = experiment;
        this.clock = clock;
        this.checkpoints = checkpoints;
        this.tuners = tuners;
        this.trainers = trainers;
        this.slots = slots;
        this.costs = costs;
        this.conditions = conditions;
        this.joins = joins;
    }

    private static Store.Opened opened(
            Event.ExperimentCreated created, VirtualClock clock, MemoryCheckpoints checkpoints) {
        var log = new MemoryLog(created, clock, VirtualClock.LEASE, checkpoints.shelf());
        return new Store.Opened(log, checkpoints.shelf(), UNKEPT);
    }

    /// Runs until the experiment is complete.
    public Result run() {
        return run(_ -> false);
    }

    /// Runs until the experiment is complete or has come to a state: there, every worker is killed.
    public Result run(Predicate<Population> until) {
        var log = experiment.log();
        var began = clock.instant();
        try (var running = new Running()) {
            running.begin();
            while (!running.over() && !until.test(log.newest())) {
                running.go();
            }
        }
        return new Result(log.after(0, ALL), log.newest(), Duration.between(began, clock.instant()));
    }

    /// One run.
    private final class Running implements AutoCloseable {

        private final EventLog log = experiment.log();
        private final Calendar calendar = new Calendar();
        private final List<Seat> seats = new ArrayList<>();
        private final Learner learner = new Learner(log, tuners);
        private final Turn turn = Turn.of(log.newest().specification(), slots);
        private final Instant began = clock.instant();
        private final Duration before = log.newest().elapsed();
        private boolean ended = log.newest().ended().isPresent();
        private int present;

        void begin() {
            joined(WORKER);
            for (int i = 0; i < slots; i++) {
                seats.add(new Seat(i, clock, costs, conditions));
                arrives(seats.get(i));
            }
        }

        boolean over() {
            return present == 0 && log.newest().complete();
        }

        /// The next thing that happens: on the calendar, or by the clock alone.
        void go() {
            var next = calendar.next();
            var deadline = Consequence.deadline(log.newest()).map(at -> began.plus(at.minus(before)));
            if (deadline.filter(at -> next.filter(due -> due.at().isBefore(at)).isEmpty())
                    .isPresent()) {
                clock.to(deadline.get());
                passes();
            } else {
                var due = next.orElseThrow(() -> new IllegalStateException("nobody is left who could do anything"));
                calendar.remove(due);
                clock.to(due.at());
                happens(due);
            }
            cut();
        }

        /// A deadline has passed. Stores whose clocks are coarser see it later.
        private void passes() {
            long position = log.newest().position();
            log.heartbeat(WORKER);
            if (log.newest().position() == position) {
                clock.to(clock.instant().plusMillis(1));
            }
            calendar.wake(clock.instant());
        }

        private void happens(Calendar.Due due) {
            var seat = seats.get(due.seat());
            switch (due.what()) {
                case STEP -> steps(seat);
                case DEATH -> dies(seat);
                case NOTICE -> {
                    log.dead(worker(due.seat(), due.worker()));
                    calendar.wake(clock.instant());
                }
                case ARRIVAL -> arrives(seat);
            }
        }

        private void steps(Seat seat) {
            var slot = seat.slot();
            seat.time().begins();
            boolean worked = slot.step();
            var now = clock.instant();
            if (slot.gone()) {
                seat.leaves();
                present--;
            } else if (worked) {
                calendar.step(now.plus(seat.time().taken()), seat.number());
            } else {
                calendar.park(seat.number());
                return;
            }
            calendar.wake(now);
        }

        // ---- coming and going

        private WorkerId worker(int seat, int number) {
            return conditions.preemptions().isEmpty() ? WORKER : new WorkerId(WORKER + "-" + seat + "." + number);
        }

        private void joined(WorkerId worker) {
            if (joins) {
                log.join(worker, WORKER.name(), WORKER.name());
            }
        }

        private void arrives(Seat seat) {
            var now = clock.instant();
            int number = seat.arrived();
            var worker = worker(seat.number(), number);
            if (conditions.preemptions().isPresent()) {
                joined(worker);
            }
            seat.takes(trainers, shared(worker));
            present++;
            calendar.step(now, seat.number());
            conditions
                    .life(seat.number(), number)
                    .ifPresent(life -> calendar.add(now.plus(life), Calendar.What.DEATH, seat.number(), number));
        }

        private Slot.Shared shared(WorkerId worker) {
            return new Slot.Shared(
                    worker, log, checkpoints, experiment.measurements(), learner, turn, Gate.OPEN, () -> false);
        }

        /// The worker is killed: nothing is given back, and what it has done since its last append is lost.
        private void dies(Seat seat) {
            if (!seat.taken()) {
                return;
            }
            int number = seat.worker();
            seat.leaves();
            present--;
            calendar.forget(seat.number());
            var now = clock.instant();
            calendar.add(
                    now.plus(conditions.preemptions().orElseThrow().noticed()),
                    Calendar.What.NOTICE,
                    seat.number(),
                    number);
            calendar.add(
                    now.plus(conditions.absence(seat.number(), number)), Calendar.What.ARRIVAL, seat.number(), number);
        }

        /// The experiment has just ended: who is in the middle of a segment stops there.
        private void cut() {
            if (ended || log.newest().ended().isEmpty()) {
                return;
            }
            ended = true;
            var now = clock.instant();
            for (int number : calendar.after(now)) {
                calendar.forget(number);
                seats.get(number).stops();
                calendar.step(now, number);
            }
        }

        @Override
        public void close() {
            for (var seat : seats) {
                if (seat.taken()) {
                    seat.leaves();
                }
                log.dead(worker(seat.number(), seat.worker()));
            }
            log.dead(WORKER);
        }
    }
}
