package dev.clade.store;

import static dev.clade.store.Story.ONE;
import static dev.clade.store.Story.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Because;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.settings.Setting;
import dev.clade.store.Measurements.Row;
import dev.clade.store.memory.MemoryLog;
import dev.clade.store.memory.MemoryShelf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises. A store's own tests extend this.
public abstract class StoreContract {

    protected static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final WorkerId ADA = new WorkerId("ada");
    private static final WorkerId BOB = new WorkerId("bob");
    private static final int ALL = 1_000_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGINNING);
    private Store store;
    private Store.Opened opened;

    /// An empty store.
    protected abstract Store open(InstantSource clock);

    protected final Store store() {
        return store;
    }

    @BeforeEach
    void join() {
        store = open(now::get);
        opened = store.create("story", Story.created("id-1"));
        log().join(ADA, "test", "here");
    }

    @AfterEach
    void closed() {
        log().close();
        store.close();
    }

    private EventLog log() {
        return opened.log();
    }

    private Population seen() {
        return log().newest();
    }

    private List<Entry> entries() {
        return log().after(0, ALL);
    }

    private Verdict commit(Lease lease, Event... events) {
        return log().commit(List.of(Append.of(lease, seen().position(), events)))
                .getFirst();
    }

    private void advance(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    /// Both members are enrolled.
    private void enrol() {
        log().commit(List.of(Append.of(Story.enrolled(ZERO)), Append.of(Story.enrolled(ONE))));
    }

    private Lease lease(WorkerId by) {
        return log().lease(by, 1).getFirst();
    }

    /// A member trains its first segment.
    private Lease begun() {
        enrol();
        var lease = lease(ADA);
        assertThat(commit(
                        lease,
                        Story.decided(lease.member(), 0, seen().position(), new Weights.Fresh(), 50),
                        Story.started(lease, 1, 1, Optional.empty(), 0)))
                .isInstanceOf(Verdict.Accepted.class);
        return lease;
    }

    private CheckpointId announced(int number) {
        var checkpoint = Story.checkpoint(number);
        assertThat(opened.shelf().announce(ADA, checkpoint, List.of(new Shelf.File("f" + number, 10))))
                .isTrue();
        return checkpoint;
    }

    // ---- experiments

    @Test
    void aNewLog_beginsWithItsCreation() {
        assertThat(entries().getFirst().position()).isEqualTo(1);
        assertThat(entries().getFirst().event()).isEqualTo(Story.created("id-1"));
    }

    @Test
    void experiments_areListedByName() {
        store.create("another", Story.created("id-2"));

        assertThat(store.experiments())
                .containsExactly(
                        new Store.Named("another", "id-2", BEGINNING), new Store.Named("story", "id-1", BEGINNING));
    }

    @Test
    void aTakenName_isRefused() {
        assertThatThrownBy(() -> store.create("story", Story.created("id-2")))
                .hasMessage("CLADE-2107 experiment 'story' is in the store already."
                        + "  Found: one that was created 2026-01-01T00:00:00Z.  Expected: a name that is free."
                        + "  Mend: go on with it by 'clade resume story', or choose another name.");
    }

    @Test
    void anExperimentThatIsNotThere_isNone() {
        assertThat(store.open("nobody")).isEmpty();
    }

    @Test
    void aRemovedExperiment_isGoneAndItsNameFree() {
        store.remove("story");

        assertThat(store.open("story")).isEmpty();
        opened = store.create("story", Story.created("id-3"));
        assertThat(entries()).hasSize(1);
    }

    // ---- histories from elsewhere

    /// A history of another store, up to the outcome of a segment.
    private List<Entry> history(String id) {
        var elsewhere = new MemoryShelf();
        var log = new MemoryLog(Story.created(id), now::get, LEASE, elsewhere);
        log.join(ADA, "test", "elsewhere");
        log.commit(List.of(Append.of(Story.enrolled(ZERO)), Append.of(Story.enrolled(ONE))));
        advance(Duration.ofSeconds(7));
        var lease = log.lease(ADA, 1).getFirst();
        elsewhere.announce(ADA, Story.checkpoint(1), List.of());
        log.commit(List.of(
                Append.of(
                        lease,
                        log.newest().position(),
                        Story.decided(lease.member(), 0, log.newest().position(), new Weights.Fresh(), 50),
                        Story.started(lease, 1, 1, Optional.empty(), 0)),
                Append.of(lease, log.newest().position(), Story.finished(lease, 1, 50, 1, Story.checkpoint(1)))));
        return log.after(0, ALL);
    }

    @Test
    void anImportedHistory_isThereEntryByEntry_alsoWhenOpenedAgain() {
        var history = history("id-9");

        var imported = store.imported("elsewhere", history);

        assertThat(imported.log().after(0, ALL)).isEqualTo(history);
        assertThat(store.open("elsewhere").orElseThrow().log().after(0, ALL)).isEqualTo(history);
        assertThat(store.experiments())
                .contains(
                        new Store.Named("elsewhere", "id-9", history.getFirst().at()));
        assertThat(imported.shelf().rows()).isEmpty();
    }

    @Test
    void anImportedHistory_goesOn_withItsClock() {
        var history = history("id-9");
        advance(Duration.ofSeconds(2));
        var log = store.imported("elsewhere", history).log();
        log.join(BOB, "test", "here");

        var taken = log.lease(BOB, 2);

        assertThat(taken.stream().map(Lease::member)).containsExactlyInAnyOrder(ZERO, ONE);
        assertThat(taken)
                .allSatisfy(lease -> assertThat(lease.term())
                        .isGreaterThan(
                                Population.of(history).member(lease.member()).term()));
        assertThat(log.after(history.size(), 1).getFirst().elapsed()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void anImportedHistory_thatTheFoldRefuses_leavesNothing() {
        var history = history("id-9");
        var gap = new ArrayList<>(history);
        gap.remove(2);

        assertThatThrownBy(() -> store.imported("elsewhere", gap)).hasMessageContaining("CLADE-5101");
        assertThat(store.open("elsewhere")).isEmpty();
    }

    @Test
    void anImportedHistory_neverTakesANameOrAnIdentityThatIsThere() {
        var history = history("id-9");
        store.imported("elsewhere", history);

        assertThatThrownBy(() -> store.imported("story", history)).hasMessageContaining("CLADE-2107");
        assertThatThrownBy(() -> store.imported("again", history))
                .hasMessage("CLADE-2108 this history is in the store already."
                        + "  Found: experiment 'elsewhere' of the same identity, id-9."
                        + "  Expected: a history of an experiment that is not there."
                        + "  Mend: read 'elsewhere', or choose another store.");
    }

    // ---- appends

    @Test
    void positions_areDense() {
        begun();

        assertThat(entries().stream().map(Entry::position))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, entries().size())
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void theFold_isTheFoldOfTheEntries() {
        begun();

        assertThat(Population.of(entries()).members())
                .usingRecursiveComparison()
                .isEqualTo(seen().members());
    }

    @Test
    void entriesAfterAPosition_areThoseAndNoMoreThanAsked() {
        begun();

        assertThat(log().after(2, 2).stream().map(Entry::position)).containsExactly(3L, 4L);
    }

    @Test
    void anAppendThatTheStateForbids_isRefusedWhole() {
        var lease = begun();
        long before = seen().position();

        var verdict = commit(lease, Story.failed(lease, 1), Story.failed(lease, 1));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(seen().position()).isEqualTo(before);
        assertThat(seen().member(lease.member()).status()).isEqualTo(Member.Status.RUNNING);
    }

    @Test
    void oneRefusedAppend_doesNotHinderTheNext() {
        enrol();

        var verdicts = log().commit(List.of(
                Append.of(Story.enrolled(ONE)), Append.of(new Event.WorkerJoined(BOB, "test", "there"))));

        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Refused.class);
        assertThat(verdicts.get(1)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anOutcomeWhoseAnswerWasLost_isThereOnceWhenMadeAgain() {
        var lease = begun();
        var outcome = Story.finished(lease, 1, 50, 1, announced(7));
        commit(lease, outcome);
        long before = seen().position();

        assertThat(commit(lease, outcome)).isInstanceOf(Verdict.Accepted.class);
        assertThat(seen().position()).isEqualTo(before);
    }

    @Test
    void anotherOutcomeOfTheSameSegment_isRefused() {
        var lease = begun();
        commit(lease, Story.finished(lease, 1, 50, 1, announced(7)));

        assertThat(commit(lease, Story.finished(lease, 1, 50, 2, announced(8)))).isInstanceOf(Verdict.Refused.class);
    }

    // ---- staleness

    @Test
    void aDecisionFromBeforeAnOperatorActed_isStale() {
        enrol();
        var lease = lease(ADA);
        long basis = seen().position();
        var created = (Event.ExperimentCreated) entries().getFirst().event();
        log().commit(List.of(Append.of(new Event.OperatorActed(
                created.settings().with("budget", Setting.map("steps", Setting.number(200))), "more steps"))));

        var verdict = log().commit(List.of(
                        Append.of(lease, basis, Story.decided(lease.member(), 0, basis, new Weights.Fresh(), 50))))
                .getFirst();

        assertThat(verdict).isEqualTo(new Verdict.Stale("an operator acted since"));
    }

    private Append wait(Lease lease, long basis, boolean serial) {
        var until = new Decision.Wait(new Decision.Awaited.Anyone(), 1, Duration.ofDays(1), 0, Because.of("test"));
        return new Append(
                Optional.of(lease), basis, List.of(new Event.WaitBegan(lease.member(), basis, until)), serial);
    }

    @Test
    void whatASerialTunerDecidedFromBeforeAnother_isStale() {
        enrol();
        var one = lease(ADA);
        var other = lease(BOB);
        long basis = seen().position();
        var first = Story.decided(one.member(), 0, basis, new Weights.Fresh(), 50);
        var second = Story.decided(other.member(), 0, basis, new Weights.Fresh(), 50);

        assertThat(log().commit(List.of(
                        new Append(Optional.of(one), basis, List.of(first), true),
                        new Append(Optional.of(other), basis, List.of(second), true),
                        wait(other, basis, true))))
                .satisfiesExactly(
                        v -> assertThat(v).isInstanceOf(Verdict.Accepted.class),
                        v -> assertThat(v).isInstanceOf(Verdict.Stale.class),
                        v -> assertThat(v).isInstanceOf(Verdict.Stale.class));
        assertThat(log().commit(List.of(Append.of(other, basis, second))))
                .hasOnlyElementsOfType(Verdict.Accepted.class);
    }

    /// Else all would wait for each other, and the first would end as stalled though there is more to begin.
    @Test
    void aSecondWaitOfASerialTunerFromOneBasis_isStale() {
        enrol();
        var one = lease(ADA);
        var other = lease(BOB);
        long basis = seen().position();

        assertThat(log().commit(List.of(wait(one, basis, true), wait(other, basis, true))))
                .satisfiesExactly(
                        v -> assertThat(v).isInstanceOf(Verdict.Accepted.class),
                        v -> assertThat(v).isInstanceOf(Verdict.Stale.class));
    }

    @Test
    void aWaitThatTheEndOrAnOperatorOvertook_isStale_andNobodyIsToBlame() {
        enrol();
        var lease = lease(ADA);
        long basis = seen().position();
        log().commit(List.of(
                Append.of(new Event.OperatorActed(Story.created("id-1").settings(), "nothing"))));
        assertThat(log().commit(List.of(wait(lease, basis, false)))).hasOnlyElementsOfType(Verdict.Stale.class);

        basis = seen().position();
        log().commit(List.of(Append.of(new Event.ExperimentEnded("time"))));
        assertThat(log().commit(List.of(wait(lease, basis, false)))).hasOnlyElementsOfType(Verdict.Stale.class);
    }

    @Test
    void aDecisionAboutADonorWhoseCheckpointIsGone_isStale() {
        var donor = begun();
        commit(donor, Story.finished(donor, 1, 50, 1, announced(7)));
        var lease = lease(ADA);
        condemn(Set.of());

        var weights = new Weights.Of(donor.member(), 1, Story.checkpoint(7));
        var verdict = commit(lease, Story.decided(lease.member(), 0, seen().position(), weights, 50));

        assertThat(verdict).isEqualTo(new Verdict.Stale("the donor's checkpoint is gone"));
    }

    @Test
    void anOutcomeThatNamesACheckpointThatIsNotKept_isStale() {
        var lease = begun();

        assertThat(commit(lease, Story.finished(lease, 1, 50, 1, Story.checkpoint(9))))
                .isEqualTo(new Verdict.Stale("the saved checkpoint was collected"));
    }

    // ---- leases

    @Test
    void aMemberWithAWorker_isLeasedToNobodyElse() {
        enrol();
        log().join(BOB, "test", "there");

        assertThat(log().lease(ADA, 5)).hasSize(2);
        assertThat(log().lease(BOB, 5)).isEmpty();
    }

    @Test
    void aReleasedMember_isFreeUnderAHigherTerm() {
        enrol();
        var first = lease(ADA);
        lease(ADA);
        log().release(first);

        assertThat(lease(BOB)).isEqualTo(new Lease(first.member(), first.term() + 1));
    }

    @Test
    void aDeadWorkersMember_isRecovered_andItsOldLeaseIsFenced() {
        var old = begun();
        log().dead(ADA);
        log().join(BOB, "test", "there");
        var leases = log().lease(BOB, 2);
        var taken = leases.stream().filter(l -> l.member().equals(old.member())).findFirst();

        assertThat(taken).hasValue(new Lease(old.member(), old.term() + 1));
        assertThat(entries().stream().map(Entry::event))
                .contains(new Event.MemberRecovered(old.member(), old.term() + 1, BOB));
        assertThat(commit(old, Story.failed(old, 1))).isEqualTo(new Verdict.Fenced());
    }

    @Test
    void aWorkerThatWasThoughtDead_keepsAMemberThatNobodyTook() {
        var lease = begun();
        log().dead(ADA);

        assertThat(commit(lease, Story.failed(lease, 1))).isInstanceOf(Verdict.Accepted.class);
        log().join(BOB, "test", "there");
        assertThat(log().lease(BOB, 2).stream().map(Lease::member)).doesNotContain(lease.member());
    }

    @Test
    void aSeizedMember_fencesTheTrainerThatHangs() {
        var hung = begun();

        var seized = log().seize(hung, ADA).orElseThrow();

        assertThat(seized.term()).isEqualTo(hung.term() + 1);
        assertThat(commit(hung, Story.failed(hung, 1))).isEqualTo(new Verdict.Fenced());
        assertThat(commit(seized, Story.failed(seized, 1))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void threads_neverShareAMember() throws Exception {
        enrol();
        var workers = new ArrayList<Callable<List<Lease>>>();
        for (int i = 0; i < 8; i++) {
            workers.add(() -> log().lease(ADA, 1));
        }

        assertThat(inParallel(workers).stream().flatMap(List::stream).map(Lease::member))
                .containsExactlyInAnyOrder(ZERO, ONE);
    }

    @Test
    void appendsOfManyThreads_areAllThereOnce() throws Exception {
        var appends = new ArrayList<Callable<Verdict>>();
        for (int i = 0; i < 40; i++) {
            var joined = new Event.WorkerJoined(new WorkerId("w" + i), "test", "here");
            appends.add(() -> log().commit(List.of(Append.of(joined))).getFirst());
        }
        var verdicts = inParallel(appends);

        assertThat(verdicts).allSatisfy(v -> assertThat(v).isInstanceOf(Verdict.Accepted.class));
        assertThat(entries().stream().map(Entry::event).distinct())
                .hasSize(entries().size());
        assertThat(verdicts).doesNotHaveDuplicates();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<T>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    // ---- the running clock

    @Test
    void theRunningClock_advancesWithTheStores() {
        advance(Duration.ofSeconds(3));
        enrol();

        assertThat(entries().getLast().elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theRunningClock_standsStillWhileNobodyWorks() {
        advance(Duration.ofDays(9));
        enrol();

        assertThat(entries().getLast().elapsed()).isEqualTo(LEASE);
    }

    @Test
    void theRunningClock_neverGoesBack() {
        advance(Duration.ofSeconds(5));
        log().heartbeat(ADA);
        advance(Duration.ofDays(-1));
        enrol();
        advance(Duration.ofSeconds(2));
        log().heartbeat(ADA);
        var one = Append.of(new Event.WorkerJoined(BOB, "test", "there"));
        log().commit(List.of(one));

        assertThat(entries().getLast().elapsed()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aTimeBudget_endsTheExperimentAtAHeartbeat() {
        opened = store.create(
                "short", Story.created("id-4", Map.of("budget", Setting.map("time", Setting.word("10s")))));
        log().join(ADA, "test", "here");
        advance(Duration.ofSeconds(11));
        log().heartbeat(ADA);

        assertThat(seen().ended()).hasValue("time");
    }

    // ---- waiting

    @Test
    void waiting_endsWhenTheLogGrows() throws Exception {
        long position = seen().position();
        try (var pool = Executors.newSingleThreadExecutor()) {
            var grown = pool.submit(() -> log().await(position, Duration.ofMinutes(1)));
            enrol();

            assertThat(grown.get()).isTrue();
        }
    }

    @Test
    void waiting_endsInTime() throws Exception {
        assertThat(log().await(seen().position(), Duration.ofMillis(20))).isFalse();
    }

    // ---- checkpoints

    private Shelf.Condemned condemn(Set<CheckpointId> roots) {
        return log().condemn(ADA, population -> roots);
    }

    private void keep(int segment, CheckpointId checkpoint, Lease lease) {
        assertThat(commit(lease, Story.finished(lease, segment, 50L * segment, segment, checkpoint)))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aNamedCheckpoint_isPresent_andWhatNoRootReachesIsCondemned() {
        var lease = begun();
        keep(1, announced(7), lease);

        assertThat(opened.shelf().rows()).containsExactly(new Shelf.Row(Story.checkpoint(7), Shelf.State.PRESENT, 10));
        assertThat(condemn(Set.of(Story.checkpoint(7))).isEmpty()).isTrue();
        assertThat(condemn(Set.of())).isEqualTo(new Shelf.Condemned(List.of(Story.checkpoint(7)), List.of("f7")));
    }

    @Test
    void aCheckpointThatIsBeingWritten_isNotCondemned() {
        announced(7);

        assertThat(condemn(Set.of()).isEmpty()).isTrue();
    }

    @Test
    void aFileThatAnotherCheckpointHolds_lives() {
        var lease = begun();
        keep(1, announced(7), lease);
        opened.shelf().announce(ADA, Story.checkpoint(8), List.of(new Shelf.File("f7", 10)));

        assertThat(condemn(Set.of())).isEqualTo(new Shelf.Condemned(List.of(Story.checkpoint(7)), List.of()));
    }

    @Test
    void aSaveOfACondemnedFile_waitsUntilItIsGone() {
        var lease = begun();
        keep(1, announced(7), lease);
        var condemned = condemn(Set.of());
        var same = List.of(new Shelf.File("f7", 10));

        assertThat(opened.shelf().announce(ADA, Story.checkpoint(8), same)).isFalse();
        opened.shelf().forget(condemned);
        assertThat(opened.shelf().announce(ADA, Story.checkpoint(8), same)).isTrue();
        assertThat(condemn(Set.of()).isEmpty()).isTrue();
    }

    @Test
    void whatOneSlotOfAWorkerDeletes_isNotGivenToAnother() {
        var lease = begun();
        keep(1, announced(7), lease);
        var first = condemn(Set.of());
        var second = condemn(Set.of());

        assertThat(first.files()).containsExactly("f7");
        assertThat(second.isEmpty()).isTrue();
        assertThat(opened.shelf().leftovers(ADA).isEmpty()).isTrue();
    }

    @Test
    void aCondemnedCheckpoint_cannotBeAnnouncedUntilItIsGone() {
        var lease = begun();
        keep(1, announced(7), lease);
        var condemned = condemn(Set.of());

        assertThat(opened.shelf().announce(ADA, Story.checkpoint(7), List.of())).isFalse();
        opened.shelf().forget(condemned);
        assertThat(opened.shelf().rows()).isEmpty();
        announced(7);
    }

    // ---- measurements

    @Test
    void measurements_areKeptOnce_whateverTheirValue() {
        var rows = List.of(
                new Row(ZERO, 1, 1, 0, 5, "loss", 0.5),
                new Row(ZERO, 1, 1, 1, 6, "loss", Double.NaN),
                new Row(ZERO, 1, 1, 2, 7, "loss", Double.NEGATIVE_INFINITY),
                new Row(ZERO, 1, 2, 0, 5, "loss", 0.25));
        opened.measurements().keep(rows);
        opened.measurements().keep(rows.subList(0, 1));

        assertThat(opened.measurements().of(ZERO)).isEqualTo(rows);
        assertThat(opened.measurements().of(ONE)).isEmpty();
    }
}
