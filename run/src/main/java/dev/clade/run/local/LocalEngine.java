package dev.clade.run.local;

import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Catalogue;
import dev.clade.run.Slot;
import dev.clade.run.Time;
import dev.clade.store.Append;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Decider;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Performs slots on platform threads (native training must not run on virtual ones), one thread a slot.
public final class LocalEngine {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final EventLog log;
    private final Checkpoints checkpoints;
    private final Tuner tuner;
    private final Trainer.Factory trainers;
    private final int slots;
    private final WorkerId worker;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<Optional<RuntimeException>> broken = new AtomicReference<>(Optional.empty());

    public LocalEngine(
            EventLog log, Checkpoints checkpoints, Tuner tuner, Trainer.Factory trainers, int slots, WorkerId worker) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.tuner = tuner;
        this.trainers = trainers;
        this.slots = slots;
        this.worker = worker;
    }

    /// Runs until the experiment is complete, or [#stop()].
    ///
    /// @param version of this program, for the log
    /// @param host for the log
    /// @throws RuntimeException what broke a slot: never a failure of a member
    public Population run(String version, String host) throws InterruptedException {
        log.commit(List.of(Append.of(new Event.WorkerJoined(worker, version, host))));
        var catalogue = new Catalogue(log);
        boolean crowded = catalogue.newest().specification().population() > slots;
        var shared = new Slot.Shared(worker, log, catalogue, checkpoints, new Decider(tuner), 1, crowded, stopped::get);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < slots; i++) {
            int slot = i;
            threads.add(Thread.ofPlatform().name("slot-" + slot).start(() -> perform(shared, slot)));
        }
        for (var thread : threads) {
            while (!thread.join(HEARTBEAT)) {
                log.heartbeat(worker);
            }
        }
        broken.get().ifPresent(e -> {
            throw e;
        });
        return catalogue.newest();
    }

    /// Ends at the next steps of the trainers. What is not saved goes on from its checkpoint at a resume.
    public void stop() {
        stopped.set(true);
    }

    private void perform(Slot.Shared shared, int number) {
        try (var lanes = Lanes.of(trainers.create(new Place(number, 1, "cpu")))) {
            var slot = new Slot(shared, lanes, new Real());
            while (!slot.gone()) {
                long seen = shared.catalogue().newest().position();
                if (!slot.step()) {
                    log.await(seen, LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            stop();
        } catch (IOException e) {
            breaks(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            breaks(e);
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
