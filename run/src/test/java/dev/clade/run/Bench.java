package dev.clade.run;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Store;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Trainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Performs slots in one thread, one after the other, a phase each: every interleaving is the same at every run.
final class Bench {

    private static final int ALL = 1_000_000;
    private static final int MOST = 3_000;

    private final Experiment experiment;
    private final Store.Opened opened;
    private final Checkpoints checkpoints;

    Bench(Experiment experiment, Store.Opened opened, Checkpoints checkpoints) {
        this.experiment = experiment;
        this.opened = opened;
        this.checkpoints = checkpoints;
    }

    /// Works as a new worker until the experiment is complete, or something is thrown.
    void work(String worker, EventLog log, Checkpoints kept, int slots, Supplier<Trainer> trainer) {
        work(worker, log, kept, slots, trainer, () -> false);
    }

    void work(
            String worker,
            EventLog log,
            Checkpoints kept,
            int slots,
            Supplier<Trainer> trainer,
            BooleanSupplier stopped) {
        workInCrews(worker, log, kept, slots, () -> Lanes.of(trainer.get()), stopped);
    }

    void workInCrews(
            String worker, EventLog log, Checkpoints kept, int slots, Supplier<Lanes> lanes, BooleanSupplier stopped) {
        var id = new WorkerId(worker);
        log.join(id, "test", "here");
        var turn = Turn.of(log.newest().specification(), slots);
        var shared = new Slot.Shared(
                id,
                log,
                kept,
                opened.measurements(),
                new Learner(log, _ -> experiment.tuner()),
                turn,
                Gate.OPEN,
                stopped);
        var running = new ArrayList<Slot>();
        for (int i = 0; i < slots; i++) {
            running.add(new Slot(shared, lanes.get(), new Instantly()));
        }
        for (int i = 0; !running.isEmpty(); i++) {
            if (i > MOST) {
                throw new AssertionError("the experiment does not end");
            }
            for (var slot : List.copyOf(running)) {
                slot.step();
                if (slot.gone()) {
                    running.remove(slot);
                }
            }
            log.heartbeat(id);
        }
    }

    void work(String worker, int slots, Supplier<Trainer> trainer) {
        work(worker, opened.log(), checkpoints, slots, trainer);
    }

    Population newest() {
        return opened.log().newest();
    }

    List<Entry> entries() {
        return opened.log().after(0, ALL);
    }

    /// What was decided, member by member: weights, values and length, without positions.
    List<String> decisions() {
        return decisions(newest());
    }

    static List<String> decisions(Population population) {
        return population.members().stream()
                .flatMap(m -> m.segments().stream())
                .map(s -> s.member() + "/" + s.index() + " " + s.source().from().map(p -> p.member() + "@" + p.step())
                        + " " + s.values() + " " + s.plan().until()
                        + " " + s.pair().map(p -> p.checkpoint() + " " + p.evaluation()))
                .toList();
    }

    long count(Class<? extends Event> kind) {
        return entries().stream().filter(e -> kind.isInstance(e.event())).count();
    }

    Member member(int index) {
        return newest().member(new dev.clade.population.MemberId(index));
    }

    /// Time that passes only where somebody waits.
    private static final class Instantly implements Time {
        private Duration now = Duration.ZERO;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void spend(Duration time) {
            now = now.plus(time);
        }

        @Override
        public void worked(Work work, long steps) {}
    }
}
