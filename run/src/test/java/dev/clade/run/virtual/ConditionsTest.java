package dev.clade.run.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Event.MemberFailed;
import dev.clade.population.Event.MemberRecovered;
import dev.clade.population.Event.SegmentFinished;
import dev.clade.population.Member;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import dev.clade.run.Climber;
import dev.clade.run.Experiment;
import dev.clade.run.Proof;
import dev.clade.run.virtual.Conditions.Preemptions;
import dev.clade.run.virtual.Conditions.Slowdowns;
import dev.clade.run.virtual.Conditions.Speeds;
import dev.clade.settings.Setting;
import dev.clade.store.Store;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.memory.MemoryStore;
import dev.clade.store.sql.SqliteStore;
import dev.clade.tune.Decider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What befalls simulated workers, and what it costs in virtual time. Members train four segments of 10
/// steps.
class ConditionsTest {

    /// Seconds: a load 2, a step 1, an evaluation 3, a save 1.
    private static final Costs COSTS =
            new Costs(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1));

    private static final Experiment ALONE = Experiment.of(2).with("exploit", Setting.word("none"));

    private static VirtualEngine.Result run(Experiment experiment, int slots, Conditions conditions) {
        try (var simulated = new Simulated(experiment)) {
            return simulated.run(slots, COSTS, conditions);
        }
    }

    private static Conditions speeds(Double... factors) {
        return new Conditions(1, new Speeds.Factors(List.of(factors)), Slowdowns.NONE, 0, Optional.empty());
    }

    private static Conditions failing(double chance) {
        return new Conditions(1, new Speeds.Equal(), Slowdowns.NONE, chance, Optional.empty());
    }

    private static Conditions preempted(long seed) {
        return new Conditions(
                seed,
                new Speeds.Spread(0.3),
                new Slowdowns(0.1, 5),
                0,
                Optional.of(new Preemptions(Duration.ofSeconds(40), Duration.ofSeconds(10), Duration.ofSeconds(5))));
    }

    private static <T> Stream<T> events(VirtualEngine.Result result, Class<T> type) {
        return result.entries().stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast);
    }

    /// When each member's last segment was finished [s], the first one first.
    private static List<Long> ends(VirtualEngine.Result result) {
        var ends = new TreeMap<Integer, Long>();
        for (var entry : result.entries()) {
            if (entry.event() instanceof SegmentFinished finished) {
                ends.put(finished.member().index(), entry.elapsed().toSeconds());
            }
        }
        return ends.values().stream().sorted().toList();
    }

    // ---- time by hand

    /// Each loads nothing but its fresh weights, is measured before it trains since nobody was, and then
    /// four times trains, is evaluated and saves.
    @Test
    void time_addsUp() {
        long expected = 2 + 3 + 4 * (10 + 3 + 1);

        assertThat(ends(run(ALONE, 2, Conditions.IDEAL))).containsExactly(expected, expected);
    }

    @Test
    void unequalSlots_finishInOrder() {
        long once = 2 + 3 + 4 * (10 + 3 + 1);

        assertThat(ends(run(ALONE, 2, speeds(1.0, 2.0)))).containsExactly(once, 2 * once);
        assertThat(ends(run(ALONE, 2, speeds(3.0, 0.5)))).containsExactly(once / 2, 3 * once);
    }

    @Test
    void phasesThatAreAllSlow_takeSoManyTimesAsLong() {
        var slow = new Conditions(1, new Speeds.Equal(), new Slowdowns(1, 4), 0, Optional.empty());

        assertThat(ends(run(ALONE, 2, slow))).containsOnly(4L * (2 + 3 + 4 * (10 + 3 + 1)));
    }

    @Test
    void timings_areWhatThePhasesTook() {
        var segment = run(ALONE, 2, speeds(1.0, 2.0)).population().members().stream()
                .flatMap(m -> m.segments().stream())
                .flatMap(s -> s.outcome() instanceof Segment.Outcome.Finished f ? Stream.of(f) : Stream.empty())
                .map(f -> f.timings().train().toSeconds())
                .toList();

        assertThat(segment).containsOnly(10L, 20L);
    }

    @Test
    void aBudgetOfTime_endsTheExperimentThen_andWhoIsInTheMiddleStops() {
        var experiment =
                ALONE.with("budget", Setting.map("time", Setting.word("25s")).with("steps", Setting.number(40)));
        var result = run(experiment, 2, Conditions.IDEAL);
        var ended = result.entries().stream()
                .filter(e -> e.event() instanceof Event.ExperimentEnded)
                .findFirst()
                .orElseThrow();

        assertThat(ended.elapsed()).isEqualTo(Duration.ofSeconds(25));
        assertThat(ends(result)).containsExactly(19L, 19L);
        assertThat(result.population().complete()).isTrue();
    }

    // ---- failing programs

    @Test
    void failingPrograms_heal() {
        var experiment = Experiment.of(4);
        var result = run(experiment, 3, failing(0.2));

        assertThat(events(result, MemberFailed.class).map(f -> f.failure().message()))
                .isNotEmpty()
                .allMatch(m -> m.contains("simulated failure at step "));
        assertThat(result.population().complete()).isTrue();
        assertThat(result.population().members().stream().map(Member::step)).contains(40L);
        Proof.holds(result.entries(), new Decider(experiment.tuner()));
    }

    @Test
    void whatTheProgramTrainedInVain_takesItsTime() {
        var result = run(Experiment.of(1).with("retries", Setting.number(1)), 1, failing(1));
        var failed = result.entries().stream()
                .filter(e -> e.event() instanceof MemberFailed)
                .findFirst()
                .orElseThrow();
        long step = Long.parseLong(
                ((MemberFailed) failed.event()).failure().message().replaceAll(".* ", ""));

        assertThat(step).isBetween(0L, 9L);
        assertThat(failed.elapsed()).isEqualTo(Duration.ofSeconds(2 + 3));
        assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2 + 3 + step));
    }

    // ---- pre-empted workers

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void preemptedWorkers_loseNothingThatWasAcknowledged(long seed) {
        var experiment = Experiment.of(5);
        var result = run(experiment, 3, preempted(seed));

        assertThat(result.population().complete()).isTrue();
        assertThat(events(result, MemberRecovered.class)).isNotEmpty();
        var outcomes = events(result, SegmentFinished.class).toList();
        var kept = new HashSet<SegmentFinished>();
        for (var outcome : outcomes) {
            assertThat(kept.add(outcome)).isTrue();
            assertThat(result.population()
                            .member(outcome.member())
                            .segment(outcome.segment())
                            .pair()
                            .orElseThrow()
                            .checkpoint())
                    .isEqualTo(outcome.checkpoint());
        }
        assertThat(result.population().members())
                .allMatch(m -> m.step() == 40 || m.ended().isPresent());
        Proof.holds(result.entries(), new Decider(experiment.tuner()));
    }

    @Test
    void theSameConditions_areTheSameEachTime() {
        assertThat(untimed(run(Experiment.of(5), 3, preempted(7))))
                .isEqualTo(untimed(run(Experiment.of(5), 3, preempted(7))))
                .isNotEqualTo(untimed(run(Experiment.of(5), 3, preempted(8))));
    }

    /// All entries but the first, which has an identity of its own.
    private static List<Entry> untimed(VirtualEngine.Result result) {
        return result.entries().subList(1, result.entries().size());
    }

    // ---- going on

    @ParameterizedTest
    @ValueSource(longs = {5, 20, 33, 47})
    void aRunThatWasKilled_goesOnFromItsHistory(long position) {
        var experiment = Experiment.of(4);
        try (var simulated = new Simulated(experiment)) {
            var history = simulated
                    .run(3, COSTS, Conditions.IDEAL, seen -> seen.position() >= position)
                    .entries();
            var result = simulated.resume(history, 2, COSTS);

            assertThat(result.entries()).startsWith(history.toArray(Entry[]::new));
            assertThat(result.population().complete()).isTrue();
            assertThat(result.population().members().stream().map(Member::ended))
                    .containsOnly(Optional.of(Specification.OVER_BUDGET));
            Proof.holds(result.entries(), new Decider(experiment.tuner()));
        }
    }

    @Test
    void aFinishedRun_isReadByEveryStore(@TempDir Path folder) {
        var result = run(Experiment.of(4), 3, preempted(1));
        try (var memory = new MemoryStore(InstantSource.system(), VirtualClock.LEASE);
                var sqlite = SqliteStore.open(folder.resolve("a.db"), InstantSource.system(), VirtualClock.LEASE)) {
            for (Store store : List.of(memory, sqlite)) {
                var log = store.imported("simulated", result.entries()).log();

                assertThat(log.newest().complete()).isTrue();
                assertThat(log.after(0, 1_000_000).stream().map(Entry::event))
                        .isEqualTo(result.entries().stream().map(Entry::event).toList());
                log.close();
            }
        }
    }

    @Test
    void aRunOnAStoreOfItsOwn_isThereAtOnce(@TempDir Path folder) {
        var clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
        var experiment = ALONE;
        try (var store = SqliteStore.open(folder.resolve("a.db"), clock, VirtualClock.LEASE)) {
            var opened = store.create("simulated", experiment.created());
            try (var checkpoints = MemoryCheckpoints.onHeap(opened.shelf(), VirtualEngine.WORKER)) {
                var tuner = experiment.tuner();
                var result = new VirtualEngine(
                                opened,
                                clock,
                                checkpoints,
                                _ -> tuner,
                                place -> new Climber(Climber.Script.NOTHING),
                                2,
                                COSTS,
                                Conditions.IDEAL)
                        .run();

                assertThat(ends(result)).containsExactly(61L, 61L);
                assertThat(store.open("simulated").orElseThrow().log().newest().complete())
                        .isTrue();
            }
        }
    }
}
