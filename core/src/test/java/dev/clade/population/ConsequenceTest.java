package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Decision.Awaited;
import dev.clade.population.Event.Evaluated.Purpose;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsequenceTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Awaited ANYONE = new Awaited.Anyone();

    private static void nothingFollows(Story story, Duration now) {
        assertThat(Consequence.of(story.now(), now)).isEmpty();
    }

    private static void follows(Story story, Duration now, Event event) {
        assertThat(Consequence.of(story.now(), now)).hasValue(event);
    }

    private static Event barrier(int generation, String reason, int... present) {
        return new Event.BarrierClosed(
                generation, Arrays.stream(present).mapToObj(MemberId::new).toList(), reason);
    }

    private static Event waitEnded(int who, String reason) {
        return new Event.WaitEnded(new MemberId(who), reason);
    }

    private static Story training(String... settings) {
        var story = Story.enrolled(settings);
        story.now().members().forEach(m -> story.trains(m.id().index(), "x=0.5", 10));
        return story;
    }

    // ---- barriers

    @Test
    void barrier_inAsynchronousMode_isNone() {
        nothingFollows(training().finishes(0, 1).finishes(1, 1), MINUTE);
    }

    @Test
    void barrier_closesWhenEveryLiveMemberIsThere() {
        var story = training("synchronous: true", "population: 3").finishes(0, 1);
        nothingFollows(story, MINUTE);
        story.finishes(2, 1);
        nothingFollows(story, MINUTE);

        story.finishes(1, 1);

        follows(story, Duration.ZERO, barrier(1, "all", 0, 1, 2));
    }

    @Test
    void barrier_countsAFailureAsAnOutcome() {
        follows(
                training("synchronous: true").finishes(0, 1).fails(1, Failure.Kind.THREW),
                Duration.ZERO,
                barrier(1, "all", 0, 1));
    }

    @Test
    void barrier_waitsForNobodyWhoIsOver() {
        follows(
                training("synchronous: true", "population: 3")
                        .finishes(0, 1)
                        .finishes(1, 1)
                        .retires(2),
                Duration.ZERO,
                barrier(1, "all", 0, 1));
    }

    @Test
    void barrier_waitsForWhoeverIsNotYetEnrolled() {
        var story =
                Story.of("synchronous: true").enrols(0).trains(0, "x=0.5", 10).finishes(0, 1);

        nothingFollows(story, MINUTE);
    }

    @Test
    void barrier_withoutADeadline_waitsForAsLongAsItTakes() {
        nothingFollows(training("synchronous: true").finishes(0, 1), Duration.ofDays(1000));
    }

    @Test
    void barrier_withAQuorum_goesOnWithoutTheRest_aDeadlineAfterItIsThere() {
        var story = training("synchronous: {quorum: 0.5, deadline: 10s}", "population: 4")
                .finishes(3, 1)
                .passes(MINUTE)
                .finishes(1, 1);
        nothingFollows(story, MINUTE.plus(TEN).minusNanos(1));

        follows(story, MINUTE.plus(TEN), barrier(1, "deadline", 1, 3));
    }

    @Test
    void barrier_thatAllReachWithinTheDeadline_isNotLate() {
        follows(
                training("synchronous: {quorum: 0.5, deadline: 10s}")
                        .finishes(0, 1)
                        .finishes(1, 1),
                MINUTE,
                barrier(1, "all", 0, 1));
    }

    @Test
    void barrier_withoutItsQuorum_waits() {
        nothingFollows(
                training("synchronous: {quorum: 0.8, deadline: 10s}", "population: 4")
                        .finishes(0, 1)
                        .finishes(1, 1)
                        .finishes(2, 1),
                Duration.ofDays(1));
    }

    /// 2 of 4 are no 60 %, 2 of 3 are: the time runs from the retirement.
    @Test
    void barrier_whoseQuorumIsThereSinceSomebodyRetired_countsFromThen() {
        var story = training("synchronous: {quorum: 0.6, deadline: 10s}", "population: 4")
                .finishes(0, 1)
                .finishes(1, 1)
                .passes(MINUTE)
                .retires(3);
        nothingFollows(story, MINUTE);

        follows(story, MINUTE.plus(TEN), barrier(1, "deadline", 0, 1));
    }

    @Test
    void barrier_ofTheNextGeneration_hasADeadlineOfItsOwn() {
        var story = training("synchronous: {quorum: 0.5, deadline: 10s}")
                .finishes(0, 1)
                .passes(TEN)
                .follows()
                .trains(0, "x=0.5", 20)
                .passes(MINUTE)
                .finishes(0, 2);
        nothingFollows(story, MINUTE.plus(TEN));

        follows(story, MINUTE.plus(TEN.multipliedBy(2)), barrier(2, "deadline", 0));
    }

    // ---- waits

    @Test
    void wait_endsAtItsDeadline() {
        var story = training().finishes(0, 1).passes(TEN).waits(0, ANYONE, 1, MINUTE, 0);
        nothingFollows(story, MINUTE);

        follows(story, TEN.plus(MINUTE), waitEnded(0, "deadline"));
    }

    @Test
    void waitsOfAllLiveMembers_stallAndTheLowestOrderEnds() {
        var story = training("population: 3")
                .finishes(0, 1)
                .finishes(1, 1)
                .finishes(2, 1)
                .waits(0, ANYONE, 1, MINUTE, 5)
                .waits(1, ANYONE, 1, MINUTE, -3);
        nothingFollows(story, Duration.ZERO);

        story.waits(2, ANYONE, 1, MINUTE, 0);

        follows(story, Duration.ZERO, waitEnded(1, "stalled"));
    }

    @Test
    void waitsOfEqualOrder_stallAndTheFirstMemberEnds_oneOnly() {
        var story = training()
                .finishes(0, 1)
                .finishes(1, 1)
                .waits(1, ANYONE, 1, MINUTE, 2)
                .waits(0, ANYONE, 1, MINUTE, 2)
                .follows();

        assertThat(story.entries().getLast().event()).isEqualTo(waitEnded(0, "stalled"));
        assertThat(story.member(0).status()).isEqualTo(Member.Status.UNDECIDED);
        assertThat(story.member(1).status()).isEqualTo(Member.Status.WAITING);
    }

    @Test
    void waits_stallWhenTheLastWhoDoesNotWaitIsOver() {
        var story = training().finishes(0, 1).waits(0, ANYONE, 1, MINUTE, 0);
        nothingFollows(story, Duration.ZERO);

        follows(story.retires(1), Duration.ZERO, waitEnded(0, "stalled"));
    }

    // ---- the end

    private static Event ended(String reason) {
        return new Event.ExperimentEnded(reason);
    }

    @Test
    void end_whenEverybodyHasReachedTheBudget() {
        var story = training().finishes(0, 1).finishes(1, 1).stops(0, Specification.OVER_BUDGET);
        nothingFollows(story, MINUTE);

        follows(story.stops(1, Specification.OVER_BUDGET), MINUTE, ended("budget"));
    }

    @Test
    void end_whenEverybodyHasStopped_andNobodyForTheBudget_isNobodyLeft() {
        follows(training().finishes(0, 1).stops(0, "failed").retires(1), Duration.ZERO, ended("nobody left"));
    }

    @Test
    void end_waitsForWhoeverIsNotYetEnrolled() {
        nothingFollows(Story.of().enrols(0).retires(0), MINUTE);
        nothingFollows(Story.of(), MINUTE);
    }

    @Test
    void end_byTime_isWhenTheRunningClockSaysSo_whoeverTrains() {
        var story = training("budget: {time: 60s}");
        nothingFollows(story, MINUTE.minusNanos(1));

        follows(story, MINUTE, ended("time"));
    }

    private static Story aiming(String mode) {
        return training("budget: {steps: 100, target: 7.5}", "mode: " + mode).finishes(0, 7.5);
    }

    private static Story confirming(String mode, double value) {
        return aiming(mode).evaluates(0, 1, Purpose.TARGET, new CheckpointId("0.1"), value);
    }

    @Test
    void end_byTarget_isWhenAFreshEvaluationConfirmsIt() {
        nothingFollows(aiming("max"), MINUTE);
        nothingFollows(confirming("max", 7.4), MINUTE);
        follows(confirming("max", 7.5), MINUTE, ended("target"));
    }

    @Test
    void end_byTargetUnderMin_isAtOrBelowIt() {
        nothingFollows(confirming("min", 7.6), MINUTE);
        nothingFollows(confirming("min", Double.NaN), MINUTE);
        follows(confirming("min", 7.5), MINUTE, ended("target"));
    }

    @Test
    void end_goesBeforeBarriersAndWaits() {
        var story = training("synchronous: true", "budget: {steps: 100, time: 60s}")
                .finishes(0, 1)
                .finishes(1, 1);

        follows(story, MINUTE, ended("time"));
    }

    @Test
    void nothingFollows_afterTheEndOrAMove() {
        var story = training("budget: {time: 60s}");
        nothingFollows(story.happens(ended("time")), Duration.ofDays(1));
        nothingFollows(training("budget: {time: 60s}").happens(new Event.Moved("file:elsewhere")), Duration.ofDays(1));
    }

    @Test
    void whatFollows_isFoldable_untilNothingDoes() {
        var story = training("synchronous: true", "budget: {steps: 10}")
                .finishes(0, 1)
                .finishes(1, 1)
                .follows()
                .stops(0, Specification.OVER_BUDGET)
                .stops(1, Specification.OVER_BUDGET)
                .follows();

        assertThat(story.entries().stream().map(Entry::event))
                .endsWith(ended("budget"))
                .containsAll(List.of(barrier(1, "all", 0, 1)));
    }
}
