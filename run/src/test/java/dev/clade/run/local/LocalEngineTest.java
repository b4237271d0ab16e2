package dev.clade.run.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Climber;
import dev.clade.run.Climber.Call;
import dev.clade.run.Experiment;
import dev.clade.run.Proof;
import dev.clade.settings.Setting;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Decider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots on threads, over an SQLite file.
class LocalEngineTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int ALL = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private SqliteStore store;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger workers = new AtomicInteger();

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), LEASE);
    }

    @AfterEach
    void close() {
        over.set(true);
        store.close();
    }

    private LocalEngine engine(Experiment experiment, Store.Opened opened, int slots, Trainer.Factory trainers) {
        var worker = new WorkerId("worker-" + workers.incrementAndGet());
        var checkpoints = new FolderCheckpoints(folder.resolve("checkpoints"), worker, opened.shelf());
        return new LocalEngine(opened, checkpoints, _ -> experiment.tuner(), trainers, slots, worker);
    }

    private static List<Event> events(Store.Opened opened) {
        return opened.log().after(0, ALL).stream().map(Entry::event).toList();
    }

    /// Does not come back before the test is over, whoever interrupts it.
    private void hang() {
        while (!over.get()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void anExperiment_runsToItsEnd_andProvesItself() throws Exception {
        var experiment = Experiment.of(6);
        var opened = store.create("test", experiment.created());

        var end = engine(experiment, opened, 3, place -> new Climber(Climber.Script.NOTHING))
                .run("test", "here");

        assertThat(end.complete()).isTrue();
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
        assertThat(opened.measurements().of(end.members().getFirst().id())).isNotEmpty();
    }

    @Test
    void trainers_mayComputeWithAsManyThreads_asTheWorkerGivesThem() throws Exception {
        var experiment = Experiment.of(2);
        var opened = store.create("test", experiment.created());
        var worker = new WorkerId("worker");
        var checkpoints = new FolderCheckpoints(folder.resolve("checkpoints"), worker, opened.shelf());
        var places = new ConcurrentSkipListMap<Integer, Place>();

        new LocalEngine(
                        opened,
                        checkpoints,
                        _ -> experiment.tuner(),
                        place -> {
                            places.put(place.slot(), place);
                            return new Climber(Climber.Script.NOTHING);
                        },
                        2,
                        slot -> new Place(slot, 3, "cpu"),
                        worker)
                .run("test", "here");

        assertThat(places.values()).containsExactly(new Place(0, 3, "cpu"), new Place(1, 3, "cpu"));
    }

    @Test
    void oneSlotAndFour_decideTheSame_inSynchronousMode() throws Exception {
        assertThat(synchronous("one", 1)).isEqualTo(synchronous("four", 4));
    }

    private List<String> synchronous(String name, int slots) throws InterruptedException {
        var experiment = Experiment.of(5).synchronous();
        var opened = store.create(name, experiment.created());
        var end = engine(experiment, opened, slots, place -> new Climber(Climber.Script.NOTHING))
                .run("test", "here");
        return end.members().stream()
                .flatMap(m -> m.segments().stream())
                .map(s -> s.values() + " " + s.source().from().map(p -> p.checkpoint()) + " " + s.pair())
                .toList();
    }

    @Test
    void twoWorkers_shareAnExperiment() throws Exception {
        var experiment = Experiment.of(8);
        var opened = store.create("test", experiment.created());
        Climber.Script slow = (call, climber) -> LockSupport.parkNanos(call == Call.TRAIN ? 500_000 : 0);
        try (var other = SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), LEASE);
                var pool = Executors.newFixedThreadPool(2)) {
            var there = other.open("test").orElseThrow();
            var one = pool.submit(() ->
                    engine(experiment, opened, 1, place -> new Climber(slow)).run("test", "here"));
            var two = pool.submit(() ->
                    engine(experiment, there, 1, place -> new Climber(slow)).run("test", "there"));

            assertThat(one.get().complete()).isTrue();
            assertThat(two.get().complete()).isTrue();
        }
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
    }

    @Test
    void aHungTrainer_costsItsSlot_andItsMemberHeals() throws Exception {
        var experiment = Experiment.of(4).with("deadlines", Setting.map("segment", Setting.word("300ms")));
        var opened = store.create("test", experiment.created());
        var hung = new AtomicBoolean();
        Climber.Script once = (call, climber) -> {
            if (call == Call.TRAIN && hung.compareAndSet(false, true)) {
                hang();
            }
        };

        var end = engine(experiment, opened, 2, place -> new Climber(once)).run("test", "here");

        assertThat(end.complete()).isTrue();
        assertThat(events(opened).stream()
                        .filter(Event.MemberFailed.class::isInstance)
                        .map(e -> ((Event.MemberFailed) e).failure()))
                .containsExactly(new Failure(Failure.Kind.HUNG, "no answer within 300 ms of training"));
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
    }

    @Test
    void aSlotThatIsLost_stopsTheWorkerAndSaysSo() {
        var experiment = Experiment.of(3);
        var opened = store.create("test", experiment.created());
        Climber.Script broken = (call, climber) -> {
            if (call == Call.SAVE) {
                throw new Error("beyond repair");
            }
        };
        var engine = engine(experiment, opened, 2, place -> new Climber(broken));

        assertThatThrownBy(() -> engine.run("test", "here"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Error: beyond repair");
    }

    @Test
    void aFinalOfManyRepeats_mayTakeAsLongAsTheyDo() throws Exception {
        var experiment = Experiment.of(2)
                .with("deadlines", Setting.map("evaluate", Setting.word("400ms")))
                .with("final", Setting.map("repeats", Setting.number(6)));
        var opened = store.create("test", experiment.created());
        Climber.Script slow = (call, climber) -> {
            if (call == Call.EVALUATE && opened.log().newest().ended().isPresent()) {
                LockSupport.parkNanos(150_000_000);
            }
        };

        var end = engine(experiment, opened, 1, place -> new Climber(slow)).run("test", "here");

        assertThat(end.finals().flatMap(f -> f.winner(end.specification()))).isPresent();
    }

    @Test
    void whenEverySlotHangs_theWorkerEnds_andAnotherGoesOn() throws Exception {
        var experiment = Experiment.of(3).with("deadlines", Setting.map("evaluate", Setting.word("200ms")));
        var opened = store.create("test", experiment.created());
        Climber.Script never = (call, climber) -> {
            if (call == Call.EVALUATE) {
                hang();
            }
        };
        var engine = engine(experiment, opened, 1, place -> new Climber(never));

        assertThatThrownBy(() -> engine.run("test", "here"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        f -> assertThat(f.getMessage())
                                .isEqualTo("CLADE-3203 no slot is left: every trainer hangs."
                                        + "  Found: no answer within 200 ms of measuring."
                                        + "  Expected: a trainer that answers within its deadlines."
                                        + "  Mend: raise 'deadlines', or mend the trainer; then 'clade resume'."));
        var end = engine(experiment, opened, 1, place -> new Climber(Climber.Script.NOTHING))
                .run("test", "here");

        assertThat(end.complete()).isTrue();
    }

    @Test
    void aStoppedWorker_leavesTheRestToTheNext() throws Exception {
        var experiment = Experiment.of(4);
        var opened = store.create("test", experiment.created());
        var training = new CountDownLatch(1);
        Climber.Script slow = (call, climber) -> {
            if (call == Call.TRAIN) {
                training.countDown();
                LockSupport.parkNanos(5_000_000);
            }
        };
        Population stopped;
        try (var pool = Executors.newSingleThreadExecutor()) {
            var engine = engine(experiment, opened, 2, place -> new Climber(slow));
            var running = pool.submit(() -> engine.run("test", "here"));
            training.await();
            engine.stop();
            stopped = running.get();
        }
        assertThat(stopped.complete()).isFalse();

        var end = engine(experiment, opened, 2, place -> new Climber(Climber.Script.NOTHING))
                .run("test", "here");

        assertThat(end.complete()).isTrue();
        assertThat(events(opened).stream().filter(Event.MemberRecovered.class::isInstance))
                .isEmpty();
    }
}
