package dev.clade.run.local;

import dev.clade.fault.Fault;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Gallery;
import dev.clade.run.Gate;
import dev.clade.run.Learner;
import dev.clade.run.Slot;
import dev.clade.run.Time;
import dev.clade.run.Turn;
import dev.clade.store.Checkpoints;
import dev.clade.store.Store;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;

/// A worker in this process: performs slots on platform threads (native training must not run on virtual ones), one
/// thread a slot.
public final class LocalEngine {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final Store.Opened experiment;
    private final Checkpoints checkpoints;
    private final Function<Specification, Tuner> tuners;
    private final Trainer.Factory trainers;
    private final int slots;
    private final IntFunction<Place> places;
    private final WorkerId worker;
    private final Optional<Gallery> gallery;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<Optional<RuntimeException>> broken = new AtomicReference<>(Optional.empty());

    /// A thread with the slot that it makes.
    private record Running(AtomicReference<Optional<Slot>> slot, Thread thread) {}

    /// A worker whose trainers compute with one thread each.
    ///
    /// @param tuners the tuner that an experiment's settings name
    public LocalEngine(
            Store.Opened experiment,
            Checkpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            WorkerId worker) {
        this(experiment, checkpoints, tuners, trainers, slots, slot -> new Place(slot, 1, "cpu"), worker);
    }

    /// @param places where each slot's trainer runs
    public LocalEngine(
            Store.Opened experiment,
            Checkpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            IntFunction<Place> places,
            WorkerId worker) {
        this(experiment, checkpoints, tuners, trainers, slots, places, worker, Optional.empty());
    }

    /// @param gallery for the winner's pictures; where there is none, nothing is drawn
    public LocalEngine(
            Store.Opened experiment,
            Checkpoints checkpoints,
            Function<Specification, Tuner> tuners,
            Trainer.Factory trainers,
            int slots,
            IntFunction<Place> places,
            WorkerId worker,
            Optional<Gallery> gallery) {
        this.experiment = experiment;
        this.checkpoints = checkpoints;
        this.tuners = tuners;
        this.trainers = trainers;
        this.slots = slots;
        this.places = places;
        this.worker = worker;
        this.gallery = gallery;
    }

    /// Runs until the experiment is complete, or [#stop()].
    ///
    /// @param version of this program, for the log
    /// @param host for the log
    /// @throws RuntimeException what broke a slot: never a failure of a member
    public Population run(String version, String host) throws InterruptedException {
        var log = experiment.log();
        log.join(worker, version, host);
        var specification = log.newest().specification();
        var shared = new Slot.Shared(
                worker,
                log,
                checkpoints,
                experiment.measurements(),
                new Learner(log, tuners),
                Turn.of(specification, slots),
                Gate.of(slots),
                stopped::get,
                gallery);
        var running = new ArrayList<Running>();
        try {
            for (int i = 0; i < slots; i++) {
                running.add(started(shared, i));
            }
            while (!running.isEmpty()) {
                running.getFirst().thread().join(HEARTBEAT);
                log.heartbeat(worker);
                running.removeIf(r -> !r.thread().isAlive());
                if (stopped.get()) {
                    running.forEach(r -> r.slot().get().ifPresent(Slot::leaveIfBeginning));
                }
                abandonHung(running);
            }
        } finally {
            stop();
            log.dead(worker);
        }
        broken.get().ifPresent(e -> {
            throw e;
        });
        return log.newest();
    }

    /// Ends at the next steps of the trainers. What is inside a segment is saved; who has not begun is not waited for.
    public void stop() {
        stopped.set(true);
    }

    private Running started(Slot.Shared shared, int number) {
        var slot = new AtomicReference<Optional<Slot>>(Optional.empty());
        var thread = Thread.ofPlatform().name("slot-" + number).daemon().start(() -> perform(shared, number, slot));
        return new Running(slot, thread);
    }

    private void perform(Slot.Shared shared, int number, AtomicReference<Optional<Slot>> made) {
        try (var lanes = trainers.lanes(places.apply(number))) {
            var slot = new Slot(shared, lanes, new Real());
            made.set(Optional.of(slot));
            perform(shared, slot);
        } catch (IOException e) {
            breaks(made, new UncheckedIOException(e));
        } catch (RuntimeException e) {
            breaks(made, e);
        } catch (Error e) {
            breaks(made, new IllegalStateException("slot " + number + " is lost: " + e, e));
        }
    }

    private void perform(Slot.Shared shared, Slot slot) {
        try {
            while (!slot.gone()) {
                long seen = shared.log().newest().position();
                if (!slot.step()) {
                    shared.log().await(seen, LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            if (!slot.abandoned()) {
                stop();
            }
        } finally {
            slot.close();
        }
    }

    /// What breaks a slot stops the worker, unless the slot was given up before.
    private void breaks(AtomicReference<Optional<Slot>> slot, RuntimeException e) {
        if (slot.get().filter(Slot::abandoned).isEmpty()) {
            breaks(e);
        }
    }

    /// A trainer that does not answer cannot be stopped from outside: it costs its slot, and the last one the
    /// process, unless all is measured and only pictures were missing.
    private void abandonHung(List<Running> running) {
        for (var one : List.copyOf(running)) {
            one.slot().get().flatMap(Slot::abandonIfHung).ifPresent(why -> {
                one.thread().interrupt();
                running.remove(one);
                if (running.isEmpty() && !experiment.log().newest().complete()) {
                    breaks(new Fault(
                            3203,
                            "no slot is left: every trainer hangs.",
                            why + ".",
                            "a trainer that answers within its deadlines.",
                            "raise 'deadlines', or mend the trainer; then 'clade resume'."));
                }
            });
        }
    }

    private void breaks(RuntimeException e) {
        broken.compareAndSet(Optional.empty(), Optional.of(e));
        stop();
    }

    /// The clock on the wall, monotonic.
    private static final class Real implements Time {
        @Override
        public Duration now() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void spend(Duration time) {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void worked(Work work, long steps) {}
    }
}
