package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.Segment;
import dev.clade.population.WorkerId;
import dev.clade.run.Climber.Call;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.store.Checkpoints;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Decider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Trainers that fail, and what becomes of their members.
class FailureTest {

    private static final Experiment EXPERIMENT = Experiment.of(4);

    @TempDir
    private Path folder = Path.of("");

    private Bench run(Experiment experiment, Supplier<Trainer> trainer) {
        return run(experiment, trainer, 2);
    }

    private Bench run(Experiment experiment, Supplier<Trainer> trainer, int slots) {
        Store.Opened opened =
                new MemoryStore(InstantSource.system(), Duration.ofSeconds(30)).create("test", experiment.created());
        var checkpoints = new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf());
        var bench = new Bench(experiment, opened, checkpoints);
        bench.work("one", slots, trainer);
        Proof.holds(bench.entries(), new Decider(experiment.tuner()));
        return bench;
    }

    private static List<Failure> failures(Bench bench) {
        return bench.entries().stream()
                .map(e -> e.event())
                .filter(Event.MemberFailed.class::isInstance)
                .map(e -> ((Event.MemberFailed) e).failure())
                .toList();
    }

    /// Throws at the fifth time that a method is called.
    private static Climber.Script throwingOnce(Call where) {
        var calls = new EnumMap<Call, AtomicInteger>(Call.class);
        return (call, climber) -> {
            int number = calls.computeIfAbsent(call, c -> new AtomicInteger()).incrementAndGet();
            if (call == where && number == 5) {
                throw new IllegalStateException("no more memory");
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void aTrainerThatThrowsInAnyPhase_failsItsMember_whichTriesAgain(Call where) {
        var script = throwingOnce(where);
        var bench = run(EXPERIMENT, () -> new Climber(script));

        assertThat(failures(bench))
                .containsExactly(new Failure(
                        Failure.Kind.THREW,
                        (where == Call.SAVE ? "save: " : "") + "java.lang.IllegalStateException: no more memory"));
        assertThat(bench.newest().complete()).isTrue();
        assertThat(bench.newest().finals().flatMap(f -> f.winner(bench.newest().specification())))
                .isPresent();
    }

    @Test
    void aNaN_isTheWorstScore_andTheMemberCopiesAHealthyOne() {
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            private double x;

            @Override
            public Hyperparameters begin(Start start) throws IOException {
                x = start.values().real("x");
                return super.begin(start);
            }

            @Override
            public Evaluation evaluate(long seed) {
                return x > 0.75 ? measured("q", Double.NaN) : super.evaluate(seed);
            }
        });

        assertThat(failures(bench))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.kind()).isEqualTo(Failure.Kind.DIVERGED));
        assertThat(bench.newest().best().orElseThrow().values().real("x")).isLessThan(0.75);
        assertThat(bench.newest().complete()).isTrue();
    }

    @Test
    void everybodyDiverged_beginsAnew_andThenStops_andThereIsNoWinner() {
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            @Override
            public Evaluation evaluate(long seed) {
                return measured("q", Double.POSITIVE_INFINITY);
            }
        });

        assertThat(bench.newest().members())
                .allSatisfy(m -> assertThat(m.status()).isEqualTo(Member.Status.ENDED))
                .allSatisfy(m -> assertThat(m.freshes()).isEqualTo(2));
        assertThat(bench.newest().complete()).isTrue();
        assertThat(bench.newest().finals().flatMap(f -> f.winner(bench.newest().specification())))
                .isEmpty();
    }

    @Test
    void aControlThatDiverges_stopsAsDiverged() {
        var bench = run(
                EXPERIMENT.with("control", Setting.number(2)), () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
                    @Override
                    public Evaluation evaluate(long seed) {
                        return measured("q", Double.NaN);
                    }
                });

        assertThat(bench.member(3).ended()).hasValue("diverged");
        assertThat(bench.member(3).decided()).isEqualTo(2);
    }

    @Test
    void aMetricThatNeverComes_isNamed_beforeAnythingIsTrained() {
        var trained = new AtomicInteger();
        Climber.Script counting = (call, climber) -> trained.addAndGet(call == Call.TRAIN ? 1 : 0);
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(counting)) {
            @Override
            public Evaluation evaluate(long seed) {
                return measured("accuracy", 1);
            }
        });

        assertThat(failures(bench))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f)
                        .isEqualTo(new Failure(Failure.Kind.METRIC, "the trainer measured [accuracy], not 'q'")));
        assertThat(trained).hasValue(0);
        assertThat(bench.newest().complete()).isTrue();
    }

    @Test
    void aTrainerThatAppliesOtherValues_isRefusedByItsReceipt() {
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            @Override
            public Hyperparameters begin(Start start) throws IOException {
                super.begin(start);
                return new Hyperparameters(new TreeMap<>(Map.of("x", new Value.Real(0.125))));
            }
        });

        assertThat(failures(bench)).isNotEmpty().allSatisfy(f -> {
            assertThat(f.kind()).isEqualTo(Failure.Kind.RECEIPT);
            assertThat(f.message()).startsWith("x was asked to be ").endsWith(" and is 0.125");
        });
    }

    @Test
    void aTrainerThatWritesIntoItsLoadFolder_reachesNobodyElse() {
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            @Override
            public Hyperparameters begin(Start start) throws IOException {
                var values = super.begin(start);
                if (start.origin() instanceof Origin.Copy(var from)) {
                    Files.writeString(from.resolve("height"), "1e9");
                }
                return values;
            }
        });

        assertThat(bench.count(Event.MemberFailed.class)).isZero();
        assertThat(bench.newest().best().orElseThrow().evaluation()).isNotEqualTo(measured("q", 1e9));
    }

    @Test
    void aDamagedCheckpoint_failsWhoNeedsIt_andTheyHeal() {
        var damaged = new AtomicInteger();
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            @Override
            public void train(Stretch stretch) {
                if (damaged.getAndIncrement() == 6) {
                    corrupt();
                }
                super.train(stretch);
            }
        });

        assertThat(failures(bench))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.message()).containsAnyOf("CLADE-2302", "CLADE-2303"));
        assertThat(bench.newest().complete()).isTrue();
    }

    /// Changes every file of weights that is stored, in content and time.
    private void corrupt() {
        try (var walk = Files.walk(folder.resolve("files"))) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "not what was saved");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anErrorOfTheProgram_failsItsMember() {
        var trained = new AtomicInteger();
        var bench = run(
                EXPERIMENT,
                () -> new Climber((call, climber) -> {
                    if (call == Call.TRAIN && trained.incrementAndGet() == 15) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                }));

        assertThat(failures(bench))
                .containsExactly(new Failure(Failure.Kind.THREW, "java.lang.OutOfMemoryError: Java heap space"));
        assertThat(bench.newest().complete()).isTrue();
    }

    @Test
    void aTrainerThatStepsInChunks_endsWhereItsBudgetDoes() {
        var bench = run(EXPERIMENT, () -> new Wrapped(new Climber(Climber.Script.NOTHING)) {
            @Override
            public void train(Stretch stretch) {
                while (stretch.advance(7)) {
                    stretch.report("chunk", stretch.step());
                }
            }
        });

        assertThat(bench.count(Event.MemberFailed.class)).isZero();
        assertThat(bench.newest().members().stream().map(Member::lineageStep))
                .contains(40L)
                .allMatch(step -> step <= 40);
    }

    @Test
    void aStoreThatFailsInTheFinals_leavesThemToBeMeasured() {
        var opened =
                new MemoryStore(InstantSource.system(), Duration.ofSeconds(30)).create("test", EXPERIMENT.created());
        var checkpoints = new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf());
        var bench = new Bench(EXPERIMENT, opened, checkpoints);
        var full = new Fault(2304, "a checkpoint cannot be written.", "no room.", "room.", "make room.");
        var failing = (Checkpoints) Proxy.newProxyInstance(
                Checkpoints.class.getClassLoader(), new Class<?>[] {Checkpoints.class}, (_, method, arguments) -> {
                    if (method.getName().equals("open")
                            && opened.log().newest().ended().isPresent()) {
                        throw full;
                    }
                    return method.invoke(checkpoints, arguments);
                });

        assertThatThrownBy(() -> bench.work("one", opened.log(), failing, 1, () -> new Climber(Climber.Script.NOTHING)))
                .isSameAs(full);
        assertThat(bench.newest().complete()).isFalse();
        opened.log().dead(new WorkerId("one"));
        bench.work("two", 1, () -> new Climber(Climber.Script.NOTHING));

        assertThat(bench.newest().finals().flatMap(f -> f.winner(bench.newest().specification())))
                .isPresent();
    }

    @Test
    void aStoreThatFails_isNobodysFailure() {
        var full = new Fault(2304, "a checkpoint cannot be written.", "no room.", "room.", "make room.");

        assertThatThrownBy(() -> run(
                        EXPERIMENT,
                        () -> new Climber((call, climber) -> {
                            if (call == Call.SAVE) {
                                throw full;
                            }
                        })))
                .isSameAs(full);
    }

    @Test
    void aStoppedWorker_savesWhatIsInsideASegment_andAnotherGoesOnFromThere() {
        Store.Opened opened =
                new MemoryStore(InstantSource.system(), Duration.ofSeconds(30)).create("test", EXPERIMENT.created());
        var checkpoints = new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf());
        var bench = new Bench(EXPERIMENT, opened, checkpoints);
        var steps = new AtomicInteger();
        Climber.Script counting = (call, climber) -> {
            if (call == Call.TRAIN) {
                steps.incrementAndGet();
            }
        };
        bench.work("one", opened.log(), checkpoints, 1, () -> new Climber(counting), () -> steps.get() >= 13);

        assertThat(bench.count(Event.SegmentPaused.class)).isEqualTo(1);
        assertThat(bench.newest().members().stream().filter(m -> m.paused().isPresent()))
                .singleElement()
                .satisfies(m -> assertThat(m.paused().orElseThrow().step()).isEqualTo(3));

        bench.work("two", 2, () -> new Climber(counting));
        long trained = bench.newest().members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.outcome() instanceof Segment.Outcome.Finished)
                .count();
        assertThat(steps.get()).isEqualTo((int) trained * 10);
        Proof.holds(bench.entries(), new Decider(EXPERIMENT.tuner()));
    }

    @Test
    void aSegmentUnderWhichWorkersDie_failsAtLast() {
        Store.Opened opened =
                new MemoryStore(InstantSource.system(), Duration.ofSeconds(30)).create("test", EXPERIMENT.created());
        var bench = new Bench(EXPERIMENT, opened, new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf()));
        Climber.Script deadly = (call, climber) -> {
            if (call == Call.TRAIN && climber.x() > 0.75) {
                throw new Error("the machine goes down");
            }
        };
        for (int i = 0; !bench.newest().complete(); i++) {
            var worker = "worker-" + i;
            try {
                bench.work(worker, 1, () -> new Climber(deadly));
            } catch (Error e) {
                opened.log().dead(new WorkerId(worker));
            }
        }

        assertThat(failures(bench))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f)
                        .isEqualTo(new Failure(Failure.Kind.HOST, "6 workers were lost while they trained it")));
    }

    private static Evaluation measured(String metric, double value) {
        return new Evaluation(new TreeMap<>(Map.of(metric, Reading.of(value))));
    }

    /// A trainer around another.
    private abstract static class Wrapped implements Trainer {
        private final Trainer inner;

        Wrapped(Trainer inner) {
            this.inner = inner;
        }

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            return inner.begin(start);
        }

        @Override
        public void train(Stretch stretch) {
            inner.train(stretch);
        }

        @Override
        public Evaluation evaluate(long seed) {
            return inner.evaluate(seed);
        }

        @Override
        public void save(Path folder) throws IOException {
            inner.save(folder);
        }
    }
}
