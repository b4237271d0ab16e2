package dev.clade.run.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.WorkerId;
import dev.clade.run.Experiment;
import dev.clade.run.Proof;
import dev.clade.run.local.LocalEngine;
import dev.clade.run.process.Processes;
import dev.clade.settings.Setting;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import dev.clade.trainer.Place;
import dev.clade.trainer.Reading;
import dev.clade.tune.Decider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Populations of which each segment is a process: a shell script that climbs by `x` a step.
@Timeout(240)
class CommandEngineTest {

    private static final int ALL = 1_000_000;

    /// What it does wrong, it does once: the first that makes the folder.
    private static final String SCRIPT = """
            mischief=$1 x=$2 steps=$3 until=$4 save=$5 restore=$6
            height=0 done=0
            if [ -n "$restore" ]; then read -r height done <"$restore/state"; fi
            if [ "$steps" -gt 0 ] && mkdir once 2>/dev/null; then
                case $mischief in
                garbage) head -c 100000 /dev/urandom; echo '{"q": '; exit 0 ;;
                exits) echo 'no such layer' >&2; exit 1 ;;
                early) exit 0 ;;
                unsaved) echo '{"q": 1}'; exit 0 ;;
                killed) kill -9 $$ ;;
                hangs) sleep 1000 ;;
                forks) (trap '' TERM; exec sleep 1000) & echo $! >child; exit 7 ;;
                donor) x=0.123 ;;
                esac
            fi
            if [ "$mischief" = flood ]; then head -c 3000000 /dev/zero >&2; fi
            if [ "$mischief" = slow ] && [ "$steps" -gt 0 ]; then echo $$ >>running; sleep 0.3; fi
            if [ "$mischief" = short ] && [ $((done + steps)) -ne "$until" ]; then exit 9; fi
            height=$(awk "BEGIN { printf \\"%.17g\\", $height + $x * $steps }")
            echo "$height $((done + steps))" >"$save/state"
            echo "{\\"q\\": $height, \\"steps_done\\": $((done + steps)), \\"applied\\": {\\"x\\": $x}}"
            """;

    @TempDir
    private Path folder = Path.of("");

    private SqliteStore store;

    @BeforeEach
    void open() throws IOException {
        store = SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), Duration.ofSeconds(30));
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Experiment experiment(String mischief) {
        return experiment(Setting.map(
                "command", Setting.text("sh train.sh " + mischief + " ${x} ${steps} ${until} ${save} \"${restore}\"")));
    }

    private static Experiment experiment(Setting trainer) {
        return Experiment.of(4).with("trainer", trainer).with("seed", Setting.number(5));
    }

    private LocalEngine engine(Experiment experiment, Store.Opened opened, String worker) {
        var id = new WorkerId(worker);
        var checkpoints = new FolderCheckpoints(folder.resolve("checkpoints"), id, opened.shelf());
        var settings = experiment.settings();
        var trainers = new CommandTrainers()
                .read(
                        java.util.Objects.requireNonNull(settings.entries().get("trainer"))
                                .asMapping(),
                        folder,
                        settings);
        var logs = Optional.of(folder.resolve("logs"));
        return new LocalEngine(
                opened, checkpoints, _ -> experiment.tuner(), trainers, 2, slot -> new Place(slot, 1, "cpu", logs), id);
    }

    private Population run(Experiment experiment) throws InterruptedException {
        var opened = store.create("test", experiment.created());
        var end = engine(experiment, opened, "worker").run("test", "here");
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
        return end;
    }

    private List<Failure> failures() {
        return events(Event.MemberFailed.class).map(Event.MemberFailed::failure).toList();
    }

    private <T extends Event> Stream<T> events(Class<T> type) {
        return store.open("test").orElseThrow().log().after(0, ALL).stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Stream<Segment> segments(Population population) {
        return population.members().stream().flatMap(m -> m.segments().stream());
    }

    private static List<Pair> pairs(Population population) {
        return segments(population).flatMap(s -> s.pair().stream()).toList();
    }

    private static void trainedAsLongAsItIsBelieved(Pair pair) {
        assertThat(pair.evaluation().metrics()).containsEntry("steps_done", Reading.of(pair.lineageStep()));
    }

    @Test
    void aPopulation_trains_copies_andIsMeasured() throws Exception {
        var end = run(experiment("short")); // which fails where ${until} is not the step of its weights

        assertThat(end.complete()).isTrue();
        assertThat(failures()).isEmpty();
        assertThat(segments(end)).anyMatch(s -> s.source() instanceof Segment.Source.Copied);
        assertThat(pairs(end)).isNotEmpty().allSatisfy(CommandEngineTest::trainedAsLongAsItIsBelieved);
        assertThat(folder.resolve("logs/member-0/segment-1.out")).content().contains("\"steps_done\": 10");
    }

    @Test
    void withRunsOfAFixedLength_aSegmentIsAChainOfThem() throws Exception {
        Files.writeString(folder.resolve("fixed.sh"), "sh train.sh none $1 5 0 $2 \"$3\"\n");
        Files.writeString(
                folder.resolve("measure.sh"),
                "read -r height done <$1/state; echo \"measured $done\" >>measured; echo \"{\\\"q\\\": $height}\"\n");
        var end = run(experiment(Setting.map(Map.of(
                "command", Setting.text("sh fixed.sh ${x} ${save} \"${restore}\""),
                "per_run", Setting.number(5),
                "evaluate", Setting.text("sh measure.sh ${restore}")))));

        assertThat(end.complete()).isTrue();
        assertThat(failures()).isEmpty();
        assertThat(pairs(end)).isNotEmpty().allSatisfy(CommandEngineTest::trainedAsLongAsItIsBelieved);
        assertThat(Files.readAllLines(folder.resolve("measured"))).isNotEmpty().doesNotContain("measured 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | THREW  | is a JSON object with the key 'q'",
                "exits   | EXITED | no such layer",
                "early   | THREW  | is a JSON object with the key 'q'",
                "unsaved | THREW  | saved no file into ${save}",
                "killed  | EXITED | status 137 (signal 9)",
                "hangs   | HUNG   | no answer within 5000 ms of training",
                "forks   | EXITED | status 7",
                "donor   | RECEIPT| and is 0.123"
            })
    void aProgramThatMisbehavesOnce_failsItsMember_andThePopulationGoesOn(
            String mischief, Failure.Kind kind, String message) throws Exception {
        var end = run(experiment(mischief)
                .with("deadlines", Setting.map("segment", Setting.word(mischief.equals("hangs") ? "5s" : "1h"))));

        assertThat(end.complete()).isTrue();
        assertThat(failures()).hasSize(1);
        assertThat(failures().getFirst().kind()).isEqualTo(kind);
        assertThat(failures().getFirst().message()).contains(message);
        if (mischief.equals("forks")) {
            long child =
                    Long.parseLong(Files.readString(folder.resolve("child")).strip());
            assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
        }
    }

    @Test
    void aProgramThatFloodsStandardError_isReadAll_andKeptInBounds() throws Exception {
        var end = run(experiment("flood"));

        assertThat(end.complete()).isTrue();
        assertThat(failures()).isEmpty();
        assertThat(Files.size(folder.resolve("logs/member-1/segment-1.err"))).isGreaterThan(2_999_999);
    }

    @Test
    void whatIsStopped_isBegunAgain_andNothingRunsOn() throws Exception {
        var experiment = experiment("slow");
        var opened = store.create("test", experiment.created());
        var engine = engine(experiment, opened, "first");
        try (var pool = Executors.newSingleThreadExecutor()) {
            var run = pool.submit(() -> engine.run("test", "here"));
            assertThat(Processes.comes(() -> Files.exists(folder.resolve("running"))))
                    .isTrue();
            engine.stop();
            run.get();
        }
        for (var pid : Files.readAllLines(folder.resolve("running"))) {
            assertThat(Processes.alive(Long.parseLong(pid))).isFalse();
        }

        var end = engine(experiment, opened, "second").run("test", "here");

        assertThat(end.complete()).isTrue();
        assertThat(failures()).isEmpty();
        assertThat(events(Event.SegmentPaused.class)).isEmpty();
        Proof.holds(opened.log().after(0, ALL), new Decider(experiment.tuner()));
    }

    @Test
    void aProgramThatIsNotThere_isAFaultBeforeAnythingIsTrained() {
        var trainer = Setting.map("command", Setting.text("no-such-program ${x} ${steps} ${save} ${restore}"));

        assertThatThrownBy(() -> run(experiment(trainer)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(3520));
        assertThat(failures()).isEmpty();
    }

    @Test
    void theScratchOfACommand_isGoneWithIt() throws Exception {
        run(experiment("none"));

        var mine = "clade-command-" + ProcessHandle.current().pid() + "-";
        try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(name -> name.startsWith(mine));
        }
    }
}
