package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.WorkerId;
import dev.clade.store.Checkpoints;
import dev.clade.store.EventLog;
import dev.clade.store.Store;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.tune.Decider;
import dev.clade.tune.Roots;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A worker may die at any instruction: here, before and after everything that it does to the world outside.
class KillTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Experiment SYNCHRONOUS = Experiment.of(3).synchronous();
    private static final Experiment ASYNCHRONOUS = Experiment.of(3);

    /// More acts than a whole run has.
    private static final int ACTS = 260;

    private static final Map<Map.Entry<Experiment, Integer>, List<String>> UNDISTURBED = new ConcurrentHashMap<>();

    @TempDir
    private Path folder = Path.of("");

    private Store.Opened opened(Experiment experiment) {
        return new MemoryStore(InstantSource.system(), LEASE).create("test", experiment.created());
    }

    private FolderCheckpoints checkpoints(Store.Opened opened, String worker) {
        return new FolderCheckpoints(folder, new WorkerId(worker), opened.shelf());
    }

    /// The decisions of a run that nobody interrupts.
    private List<String> undisturbed(Experiment experiment, int slots) {
        return UNDISTURBED.computeIfAbsent(Map.entry(experiment, slots), _ -> {
            var opened = opened(experiment);
            var bench = new Bench(experiment, opened, checkpoints(opened, "undisturbed"));
            bench.work("undisturbed", slots, () -> new Climber(Climber.Script.NOTHING));
            return bench.decisions();
        });
    }

    /// A run whose worker dies at one act, and another goes on.
    private Bench killed(Experiment experiment, int act, boolean before) {
        var opened = opened(experiment);
        var bench = new Bench(experiment, opened, checkpoints(opened, "undisturbed"));
        var countdown = new Killed.Countdown(act, before);
        try {
            bench.work(
                    "first",
                    countdown.watching(EventLog.class, opened.log()),
                    countdown.watching(Checkpoints.class, checkpoints(opened, "first")),
                    2,
                    () -> new Climber(Climber.Script.NOTHING));
        } catch (Killed e) {
            opened.log().dead(new WorkerId("first"));
            bench.work(
                    "second",
                    opened.log(),
                    checkpoints(opened, "second"),
                    2,
                    () -> new Climber(Climber.Script.NOTHING));
        }
        return bench;
    }

    private static Stream<Arguments> acts() {
        return IntStream.rangeClosed(1, ACTS)
                .filter(act -> act <= 16 || act % 23 == 0)
                .boxed()
                .flatMap(act -> Stream.of(Arguments.of(act, true), Arguments.of(act, false)));
    }

    @ParameterizedTest(name = "act {0}, before it: {1}")
    @MethodSource("acts")
    void inSynchronousMode_aKilledWorker_changesNoDecision(int act, boolean before) {
        var bench = killed(SYNCHRONOUS, act, before);

        assertThat(bench.newest().complete()).isTrue();
        assertThat(bench.decisions()).isEqualTo(undisturbed(SYNCHRONOUS, 2));
    }

    @ParameterizedTest(name = "act {0}, before it: {1}")
    @MethodSource("acts")
    void inAsynchronousMode_everyDecisionIsDerivedAgain_andNoCheckpointThatIsNeededIsGone(int act, boolean before) {
        var bench = killed(ASYNCHRONOUS, act, before);
        var files = checkpoints(opened(ASYNCHRONOUS), "reader");

        assertThat(bench.newest().complete()).isTrue();
        Proof.holds(bench.entries(), new Decider(ASYNCHRONOUS.tuner()));
        assertThat(Roots.of(bench.newest(), ASYNCHRONOUS.tuner()))
                .allSatisfy(root -> assertThat(files.missing(root, true)).isEmpty());
    }

    @Test
    void theActsOfAWholeRun_areFewerThanThoseThatAreTried() {
        var opened = opened(ASYNCHRONOUS);
        var countdown = new Killed.Countdown(ACTS, true);
        new Bench(ASYNCHRONOUS, opened, checkpoints(opened, "first"))
                .work(
                        "first",
                        countdown.watching(EventLog.class, opened.log()),
                        countdown.watching(Checkpoints.class, checkpoints(opened, "first")),
                        2,
                        () -> new Climber(Climber.Script.NOTHING));
    }

    @Test
    void oneSlotAndFour_decideTheSameInSynchronousMode() {
        assertThat(undisturbed(SYNCHRONOUS, 1))
                .isEqualTo(undisturbed(SYNCHRONOUS, 2))
                .isEqualTo(undisturbed(SYNCHRONOUS, 4));
    }

    @Test
    void anAnswerThatIsLost_isFoundAgain() {
        var opened = opened(SYNCHRONOUS);
        var bench = new Bench(SYNCHRONOUS, opened, checkpoints(opened, "first"));
        bench.work(
                "first",
                losingAnswers(opened.log()),
                checkpoints(opened, "first"),
                2,
                () -> new Climber(Climber.Script.NOTHING));

        assertThat(bench.decisions()).isEqualTo(undisturbed(SYNCHRONOUS, 2));
        assertThat(bench.count(Event.MemberFailed.class)).isZero();
    }

    /// Every third answer of a commit is lost.
    private static EventLog losingAnswers(EventLog log) {
        var commits = new AtomicInteger();
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    try {
                        var result = method.invoke(log, arguments);
                        if (method.getName().equals("commit") && commits.incrementAndGet() % 3 == 0) {
                            throw new Fault(EventLog.ANSWER_LOST, "the answer is lost.", "none.", "one.", "ask.");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
