package dev.clade.run.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment.Source;
import dev.clade.population.WorkerId;
import dev.clade.run.Experiment;
import dev.clade.run.Proof;
import dev.clade.run.local.LocalEngine;
import dev.clade.run.process.Processes;
import dev.clade.settings.Setting;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Decider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Populations whose members are trained by a program of perl, through real sockets and processes.
class SessionRunTest {

    private static final int ALL = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private SqliteStore store;
    private Path script = Path.of("");

    @BeforeEach
    void open() throws IOException {
        assumeTrue(perl(), "there is no perl with JSON::PP and IO::Socket::UNIX");
        store = SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), Duration.ofSeconds(30));
        script = folder.resolve("climber.pl");
        try (var source = Objects.requireNonNull(getClass().getResourceAsStream("climber.pl"))) {
            Files.write(script, source.readAllBytes());
        }
    }

    private static boolean perl() {
        try {
            return new ProcessBuilder("perl", "-MJSON::PP", "-MIO::Socket::UNIX", "-e", "1")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private Path mark() {
        return folder.resolve("once");
    }

    /// @param fault what the program does wrong, once
    private Experiment experiment(String fault) {
        var words = List.of("perl", script.toString(), fault, mark().toString()).stream()
                .map(Setting::text)
                .toList();
        return Experiment.of(3).with("trainer", Setting.map("session", Setting.list(words)));
    }

    private Trainer.Factory trainers(Experiment experiment) {
        var settings = experiment.settings();
        return new SessionTrainers()
                .read(Objects.requireNonNull(settings.entries().get("trainer")).asMapping(), folder, settings);
    }

    private Population run(Experiment experiment, Store.Opened opened, int slots) throws InterruptedException {
        return engine(experiment, opened, slots).run("test", "here");
    }

    private LocalEngine engine(Experiment experiment, Store.Opened opened, int slots) {
        var worker = new WorkerId("worker");
        var checkpoints = new FolderCheckpoints(folder.resolve("checkpoints"), worker, opened.shelf());
        return new LocalEngine(
                opened,
                checkpoints,
                _ -> experiment.tuner(),
                trainers(experiment),
                slots,
                slot -> new Place(slot, 1, "cpu", Optional.of(folder.resolve("logs"))),
                worker);
    }

    private static List<Failure> failures(Store.Opened opened) {
        return opened.log().after(0, ALL).stream()
                .map(Entry::event)
                .flatMap(e -> e instanceof Event.MemberFailed failed
                        ? java.util.stream.Stream.of(failed.failure())
                        : java.util.stream.Stream.empty())
                .toList();
    }

    @Test
    @Timeout(60) // far less than the deadline of a program that connects
    void aWorkerThatIsToStop_doesNotWaitForAProgramThatHasNotConnected() throws Exception {
        var never = List.of(Setting.text("sleep"), Setting.text("600"));
        var experiment = Experiment.of(3).with("trainer", Setting.map("session", Setting.list(never)));
        var opened = store.create("test", experiment.created());
        var engine = engine(experiment, opened, 2);
        var worker = CompletableFuture.supplyAsync(() -> {
            try {
                return engine.run("test", "here");
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        while (begun(opened) < 2) {
            Thread.sleep(10);
        }
        engine.stop();
        var end = worker.get();

        assertThat(failures(opened)).isEmpty();
        assertThat(end.members().stream().filter(m -> m.status() == Member.Status.RUNNING))
                .hasSize(2)
                .allSatisfy(m -> assertThat(m.losses()).isZero());
    }

    private static long begun(Store.Opened opened) {
        return opened.log().after(0, ALL).stream()
                .filter(e -> e.event() instanceof Event.SegmentStarted)
                .count();
    }

    @Test
    void aPopulation_trainsInAProgram_copiesAndProvesItself() throws Exception {
        var experiment = experiment("").synchronous(); // else whoever is late finds nobody to copy
        var opened = store.create("test", experiment.created());

        var end = run(experiment, opened, 2);

        assertThat(end.complete()).isTrue();
        assertThat(failures(opened)).isEmpty();
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
        assertThat(end.members().stream().flatMap(m -> m.segments().stream()))
                .anyMatch(s -> s.source() instanceof Source.Copied);
        assertThat(opened.measurements().of(end.members().getFirst().id()))
                .hasSize((int) end.members().getFirst().step());
        assertThat(folder.resolve("logs/member-0/segment-1.out")).content().startsWith("begins\n");
    }

    @Test
    void oneSlotAndThree_trainTheSame_inSynchronousMode() throws Exception {
        assertThat(synchronous("one", 1)).containsExactlyElementsOf(synchronous("three", 3));
    }

    private List<String> synchronous(String name, int slots) throws InterruptedException {
        var experiment = experiment("").synchronous();
        return run(experiment, store.create(name, experiment.created()), slots).members().stream()
                .flatMap(m -> m.segments().stream())
                .map(s -> s.values() + " " + s.source().from().map(p -> p.checkpoint()) + " " + s.pair())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "flood", "wrong token"})
    void whatAProgramPrints_andWhoElseConnects_isNoError(String fault) throws Exception {
        var experiment = experiment(fault);
        var opened = store.create("test", experiment.created());

        assertThat(run(experiment, opened, 2).complete()).isTrue();

        assertThat(mark()).exists();
        assertThat(failures(opened)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exits early | EXITED  | CLADE-3501 | it exited with status 3 before it did",
                "old version | THREW   | CLADE-3502 | Found: [0]  Expected: 1",
                "long line   | THREW   | CLADE-3503 | at most 1048576 bytes",
                "no json     | THREW   | CLADE-3503 | 'loss: 0.3'",
                "unknown     | THREW   | CLADE-3504 | banana",
                "exits 0     | EXITED  | CLADE-3506 | it exited with status 0",
                "exits 1     | EXITED  | CLADE-3506 | ValueError: no more data",
                "killed      | EXITED  | CLADE-3506 | it was ended by signal 9",
                "step falls  | THREW   | CLADE-3508 | Found: step 0  Expected: from 3 to 10",
                "beyond      | THREW   | CLADE-3508 | step 1000000000"
            })
    void aProgramThatMisbehaves_isNamedWithItsCode_andThePopulationGoesOn(
            String fault, Failure.Kind kind, String code, String said) throws Exception {
        var experiment = experiment(fault);
        var opened = store.create("test", experiment.created());

        assertThat(run(experiment, opened, 1).complete()).isTrue();

        assertThat(failures(opened)).hasSize(1);
        var failure = failures(opened).getFirst();
        assertThat(failure.message()).startsWith(code).contains(said);
        assertThat(failure.kind()).isEqualTo(kind);
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
    }

    @Test
    void aProgramThatNeverReports_isEndedAtItsDeadline_andItsSlotGoesOn() throws Exception {
        var experiment = experiment("hangs").with("deadlines", Setting.map("segment", Setting.word("1s")));
        var opened = store.create("test", experiment.created());

        assertThat(run(experiment, opened, 1).complete()).isTrue();

        assertThat(failures(opened))
                .containsExactly(new Failure(Failure.Kind.HUNG, "no answer within 1000 ms of training"));
    }

    @Test
    void whatAProgramLeavesBehind_endsWithIt() throws Exception {
        var experiment = experiment("forks");
        var opened = store.create("test", experiment.created());

        assertThat(run(experiment, opened, 1).complete()).isTrue();

        assertThat(failures(opened)).hasSize(1);
        assertThat(failures(opened).getFirst().message()).startsWith("CLADE-3506");
        long child = Long.parseLong(Files.readString(folder.resolve("once.child")));
        assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
    }

    @Test
    void aSegmentThatAProgramEndsEarly_countsTheStepsThatWereDone() throws Exception {
        var environment = Setting.map("set", Setting.map("ENDS_EARLY", Setting.word("4")));
        var experiment = experiment("").with("environment", environment);
        var opened = store.create("test", experiment.created());

        var end = run(experiment, opened, 1);

        assertThat(end.complete()).isTrue();
        assertThat(failures(opened)).isEmpty();
        assertThat(end.members().stream()
                        .flatMap(m -> m.segments().stream())
                        .map(s -> s.pair().orElseThrow().step() - s.startStep()))
                .containsOnly(4L);
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
    }

    @Test
    void aSegmentThatEndsByTheClock_isStopped() throws Exception {
        var ready = new LinkedHashMap<String, Setting>(Map.of("seconds", Setting.word("150ms")));
        var experiment = experiment("")
                .with("ready", Setting.map(ready))
                .with("budget", Setting.map("time", Setting.word("4s")));
        var opened = store.create("test", experiment.created());

        var end = run(experiment, opened, 3);

        assertThat(end.complete()).isTrue();
        assertThat(failures(opened)).isEmpty();
        assertThat(end.members().stream().filter(m -> m.step() <= 0)).isEmpty();
    }

    @Test
    void aSegmentWhoseTimeIsOverBeforeTheFirstStep_hasFailed() throws Exception {
        var experiment = experiment("dawdles")
                .with("ready", Setting.map("seconds", Setting.word("150ms")))
                .with("budget", Setting.map("steps", Setting.word("1000")));
        var opened = store.create("test", experiment.created());

        assertThat(run(experiment, opened, 1).complete()).isTrue();

        assertThat(failures(opened))
                .containsExactly(
                        new Failure(Failure.Kind.THREW, "the segment's time was over before the trainer's first step"));
    }

    @Test
    void aProgramThatIsNotThere_isRefusedAtItsPlace() {
        var experiment =
                experiment("").with("trainer", Setting.map("session", Setting.word("no-such-program train.py")));

        assertThatThrownBy(() -> trainers(experiment))
                .hasMessageStartingWith("CLADE-1421 ")
                .hasMessageContaining("the program 'no-such-program' cannot be started.");
    }

    // ---- who connects by himself

    private static final String TOKEN = "9f86d081884c7d659a2feaa0c55ad015";

    private Experiment attached(String path) {
        return Experiment.of(3)
                .with("slots", Setting.number(1))
                .with("trainer", Setting.map("attach", Setting.text(path)));
    }

    private Trainer.Factory attach(Experiment experiment, Map<String, String> environment) {
        var settings = experiment.settings();
        return new AttachTrainers(environment)
                .read(Objects.requireNonNull(settings.entries().get("trainer")).asMapping(), folder, settings);
    }

    @Test
    void aProgramThatConnectsByItself_trainsAPopulation_andMayComeAgain() throws Exception {
        var experiment = attached("socket");
        var opened = store.create("test", experiment.created());
        var socket = folder.resolve("socket");
        var worker = new WorkerId("worker");
        var engine = new LocalEngine(
                opened,
                new FolderCheckpoints(folder.resolve("checkpoints"), worker, opened.shelf()),
                _ -> experiment.tuner(),
                attach(experiment, Map.of("CLADE_ATTACH_TOKEN", TOKEN)),
                1,
                worker);
        var strangers = Thread.ofPlatform().daemon().start(() -> {
            comes(socket, "exits 1");
            comes(socket, "");
        });

        assertThat(engine.run("test", "here").complete()).isTrue();

        strangers.join();
        assertThat(failures(opened)).hasSize(1);
        assertThat(failures(opened).getFirst().message())
                .startsWith("CLADE-3506 ")
                .contains("it has closed the line, and runs on");
        assertThat(socket).doesNotExist();
    }

    private void comes(Path socket, String fault) {
        Processes.comes(() -> Files.exists(socket));
        var builder = new ProcessBuilder("perl", script.toString(), fault, mark().toString());
        builder.environment().put("CLADE_SOCKET", socket.toString());
        builder.environment().put("CLADE_TOKEN", TOKEN);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            builder.start().waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeAttachedTo_isRefusedAtItsPlace() throws IOException {
        var token = Map.of("CLADE_ATTACH_TOKEN", TOKEN);
        assertThatThrownBy(() -> attach(attached("nowhere/socket"), token)).hasMessageStartingWith("CLADE-1425 ");
        assertThatThrownBy(() -> attach(attached("s".repeat(104)), token)).hasMessageStartingWith("CLADE-1426 ");
        assertThatThrownBy(() -> attach(attached("socket").with("slots", Setting.number(2)), token))
                .hasMessageStartingWith("CLADE-1427 ");
        assertThatThrownBy(() -> attach(attached("socket"), Map.of())).hasMessageStartingWith("CLADE-1428 ");
        Files.writeString(folder.resolve("socket"), "a file");
        var trainers = attach(attached("socket"), token);
        assertThatThrownBy(() -> trainers.create(Place.ANYWHERE)).hasMessageStartingWith("CLADE-3510 ");
    }

    @Test
    void claimsThatDoNotFit_areRefusedAtTheirPlace() {
        assertThatThrownBy(() -> trainers(claiming("magic", 1))).hasMessageStartingWith("CLADE-1422 ");
        assertThatThrownBy(() -> trainers(claiming("midway", 4))).hasMessageStartingWith("CLADE-1423 ");
        assertThatThrownBy(() -> trainers(claiming("lanes", 1))).hasMessageStartingWith("CLADE-1423 ");
        var hidden = Setting.map("int", Setting.list(List.of(Setting.number(1), Setting.number(4))))
                .with("change", Setting.word("never"));
        assertThatThrownBy(() -> trainers(claiming("lanes", 4).with("parameters", Setting.map("hidden", hidden))))
                .hasMessageStartingWith("CLADE-1424 ");
        assertThat(trainers(claiming("lanes", 4)).capabilities()).containsExactly(Capability.LANES);
    }

    private Experiment claiming(String capability, int lanes) {
        return Experiment.of(3)
                .with(
                        "trainer",
                        Setting.map("session", Setting.word("perl climber.pl"))
                                .with("capabilities", Setting.list(List.of(Setting.word(capability))))
                                .with("lanes", Setting.number(lanes)));
    }
}
