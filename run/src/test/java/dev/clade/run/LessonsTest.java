package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.run.Climber.Call;
import dev.clade.settings.Setting;
import dev.clade.store.Append;
import dev.clade.store.Checkpoints;
import dev.clade.store.Shelf;
import dev.clade.store.Store;
import dev.clade.store.Verdict;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.store.sql.SqliteStore;
import dev.clade.tune.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What other systems were complained about, as tests: the lessons of `docs/edges.md` that no other test holds.
class LessonsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int ALL = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private record Ran(Bench bench, FolderCheckpoints checkpoints) {}

    private Ran run(Experiment experiment, int slots, Climber.Script script) {
        Store.Opened opened = new MemoryStore(InstantSource.system(), LEASE).create("test", experiment.created());
        var checkpoints = new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf());
        var bench = new Bench(experiment, opened, checkpoints);
        bench.work("one", slots, () -> new Climber(script));
        return new Ran(bench, checkpoints);
    }

    private static List<Population> prefixes(Bench bench) {
        var prefixes = new ArrayList<Population>();
        for (var entry : bench.entries()) {
            prefixes.add(
                    prefixes.isEmpty()
                            ? Population.first(entry)
                            : prefixes.getLast().with(entry));
        }
        return prefixes;
    }

    /// (a) After every collection, whatever a live, queued or best member may still need is there, byte by byte.
    @Test
    void noCheckpointThatIsNeeded_isEverDeleted() {
        var experiment = Experiment.of(7);
        Store.Opened opened = new MemoryStore(InstantSource.system(), LEASE).create("test", experiment.created());
        var kept = new FolderCheckpoints(folder, new WorkerId("one"), opened.shelf());
        var bench = new Bench(experiment, opened, kept);
        var deletions = new AtomicInteger();
        var watched = new Watched(kept) {
            @Override
            public void delete(Shelf.Condemned condemned) {
                super.delete(condemned);
                deletions.addAndGet(condemned.isEmpty() ? 0 : 1);
                assertThat(Roots.of(bench.newest(), experiment.tuner()))
                        .allSatisfy(root -> assertThat(kept.missing(root, true)).isEmpty());
            }
        };

        bench.work("one", opened.log(), watched, 2, () -> new Climber(Climber.Script.NOTHING));

        assertThat(deletions).hasPositiveValue();
        assertThat(bench.newest().complete()).isTrue();
    }

    /// Passes everything on.
    private static class Watched implements Checkpoints {
        private final Checkpoints inner;

        Watched(Checkpoints inner) {
            this.inner = inner;
        }

        @Override
        public Path draft() {
            return inner.draft();
        }

        @Override
        public CheckpointId keep(Path draft) {
            return inner.keep(draft);
        }

        @Override
        public Path open(CheckpointId checkpoint) {
            return inner.open(checkpoint);
        }

        @Override
        public void delete(Shelf.Condemned condemned) {
            inner.delete(condemned);
        }

        @Override
        public void done(Path given) {
            inner.done(given);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /// (b) One event has the donor's weights and the explored values, and the segment begins with just these.
    @Test
    void exploitAndExplore_areOneDecision_andWhatBegins() {
        var entries = run(Experiment.of(5), 2, Climber.Script.NOTHING).bench().entries();
        var copies = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).event() instanceof Event.Decided d
                        && d.decision() instanceof Train t
                        && t.weights() instanceof Weights.Of)
                .toArray();

        assertThat(copies).isNotEmpty();
        for (int i : copies) {
            var train = (Train) ((Event.Decided) entries.get(i).event()).decision();
            var started = (Event.SegmentStarted) entries.get(i + 1).event();
            assertThat(started.values()).isEqualTo(train.values());
            assertThat(started.from()).hasValue(((Weights.Of) train.weights()).at());
        }
    }

    /// (d) A member's own step never goes back, at a copy neither, and no model trains beyond the budget.
    @Test
    void ownSteps_neverGoBack_andNoModelPassesTheBudget() {
        var prefixes = prefixes(run(Experiment.of(5), 2, Climber.Script.NOTHING).bench());
        var steps = new TreeMap<Integer, Long>();
        boolean copied = false;
        for (var at : prefixes) {
            for (var member : at.members()) {
                long before = steps.getOrDefault(member.id().index(), 0L);
                assertThat(member.step()).isBetween(before, 40L);
                assertThat(member.lineageStep()).isLessThanOrEqualTo(40L);
                copied |= member.lineageStep() != member.step();
                steps.put(member.id().index(), member.step());
            }
        }
        assertThat(copied).isTrue();
    }

    /// (e) Whatever was decided is complete, inside its domain and of its type.
    @Test
    void everyDecidedValue_isInsideItsDomain() {
        var experiment = new Experiment(Experiment.of(6)
                        .with("explore", Flow.of("perturb: [0.01, 100]", "resample: 0.2", "when: always"))
                        .settings())
                .with(
                        "parameters",
                        Flow.of(
                                "x: {uniform: [0, 1]}",
                                "drop: {uniform: [0, 0.9], size: 3}",
                                "opt: {choice: [adam, sgd]}",
                                "momentum: {loguniform: [0.5, 0.99], of: 1-x, when: {opt: sgd}}",
                                "batch: {logint: [16, 512]}",
                                "width: {ordered: [32, 64, 128], change: never}"));
        var bench = run(experiment, 2, Climber.Script.NOTHING).bench();
        var space = bench.newest().specification().space();

        assertThat(bench.entries().stream()
                        .map(Entry::event)
                        .filter(Event.Decided.class::isInstance)
                        .map(e -> ((Event.Decided) e).decision())
                        .filter(Train.class::isInstance)
                        .map(d -> ((Train) d).values()))
                .hasSizeGreaterThan(10)
                .allSatisfy(values -> assertThat(space.flaws(values)).isEmpty());
    }

    /// (h) One member that crashes at every step does not stall a synchronous population: each failure is an outcome.
    @Test
    void aMemberThatAlwaysCrashes_stallsNobody() {
        var crashed = new AtomicInteger();
        var bench = run(Experiment.of(4).synchronous(), 1, (call, climber) -> {
                    if (call == Call.TRAIN && climber.x() > 0.75) {
                        crashed.incrementAndGet();
                        throw new IllegalStateException("no more memory");
                    }
                })
                .bench();

        assertThat(crashed).hasPositiveValue();
        assertThat(bench.newest().complete()).isTrue();
        assertThat(bench.newest().members())
                .allSatisfy(m -> assertThat(m.live()).isFalse());
    }

    /// (i) Few members and odd shares, from the first draw to the winner.
    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "1, 0.2",
        "1, 0.5",
        "2, 0",
        "2, 0.2",
        "2, 0.5",
        "3, 0",
        "3, 0.2",
        "3, 0.3333333333333333",
        "3, 0.5"
    })
    void fewMembers_trainToTheBudget_andHaveAWinner(int members, double fraction) {
        for (var experiment :
                List.of(Experiment.of(members), Experiment.of(members).synchronous())) {
            var bench = run(
                            experiment.with("exploit", Setting.map("truncation", Setting.number(fraction))),
                            2,
                            Climber.Script.NOTHING)
                    .bench();
            var end = bench.newest();

            assertThat(end.complete()).isTrue();
            assertThat(end.ended()).hasValue("budget");
            assertThat(end.finals().flatMap(f -> f.winner(end.specification()))).isPresent();
            if (fraction == 0 || members == 1) {
                assertThat(copies(bench)).isZero();
            }
        }
    }

    private static long copies(Bench bench) {
        return bench.entries().stream()
                .map(Entry::event)
                .filter(e -> e instanceof Event.Decided d
                        && d.decision() instanceof Decision.Train t
                        && t.weights() instanceof Weights.Of)
                .count();
    }

    private SqliteStore store() {
        return SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), LEASE);
    }

    private static Append joined(int number) {
        return Append.of(new Event.WorkerJoined(new WorkerId("w" + number), "test", "here"));
    }

    /// (j) A reader that never leaves (a dashboard) does not stop a writer, and never sees a hole.
    @Test
    void aReaderThatStaysInTheLog_neverBlocksAWriter() throws Exception {
        try (var store = store();
                var other = store();
                var pool = Executors.newSingleThreadExecutor()) {
            var written = store.create("test", Experiment.of(2).created());
            var read = other.open("test").orElseThrow();
            var over = new AtomicBoolean();
            var rounds = pool.submit(() -> {
                int round = 0;
                for (; !over.get() || round == 0; round++) {
                    var entries = read.log().after(0, ALL);
                    assertThat(entries.stream().map(Entry::position))
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, entries.size())
                                    .mapToObj(Long::valueOf)
                                    .toList());
                    assertThat(read.log().newest().position()).isPositive();
                }
                return round;
            });
            for (int i = 0; i < 200; i++) {
                assertThat(written.log().commit(List.of(joined(i))).getFirst()).isInstanceOf(Verdict.Accepted.class);
            }
            over.set(true);

            assertThat(rounds.get()).isPositive();
            assertThat(read.log().after(0, ALL)).hasSize(201);
        }
    }

    /// (j) As above, for a reader that holds one transaction open all the time, as a browser of the file may.
    @Test
    void aReadTransactionThatIsHeldOpen_neverBlocksAWriter() throws SQLException {
        try (var store = store();
                var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("clade.db"));
                var statement = connection.createStatement()) {
            var written = store.create("test", Experiment.of(2).created());
            statement.execute("BEGIN");
            try (var rows = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
                assertThat(rows.next()).isTrue();
                for (int i = 0; i < 50; i++) {
                    assertThat(written.log().commit(List.of(joined(i))).getFirst())
                            .isInstanceOf(Verdict.Accepted.class);
                }
            }
            statement.execute("ROLLBACK");
            assertThat(written.log().newest().position()).isEqualTo(51);
        }
    }

    // ---- the page

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Property|Contract|Replay|Fuzz))\\.(\\w+)`");

    /// `docs/edges.md` names tests that exist.
    @Test
    void thePage_namesTestsThatExist() throws IOException {
        var sources = new TreeMap<String, String>();
        try (var walk = Files.walk(Path.of(".."))) {
            for (var file : walk.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("/src/test/"))
                    .toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        var named = NAMED.matcher(Files.readString(Path.of("../docs/edges.md")))
                .results()
                .toList();

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named)
                .allSatisfy(m -> assertThat(sources.getOrDefault(m.group(1) + ".java", ""))
                        .as(m.group())
                        .contains(" " + m.group(2) + "("));
    }
}
