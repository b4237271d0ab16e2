package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Lineage.Stage;
import dev.clade.population.Member.Paused;
import dev.clade.population.Member.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PopulationTest {

    private static final MemberId ZERO = new MemberId(0);
    private static final MemberId ONE = new MemberId(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Awaited ANYONE = new Awaited.Anyone();

    // ---- the worked sequence

    /// The sequence of `docs/read.md`: each event, and the state after it, as the page has them.
    @Test
    void workedSequence_isThatOfThePage() throws IOException {
        var story = Story.enrolled("budget: {steps: 30}").trains(0, "x=0.2", 10).trains(1, "x=0.9", 10);
        var rows = new ArrayList<String>();
        rows.add(row("1-7", "all enrolled, decided, started", story));
        story.finishes(1, 9);
        rows.add(row("8", "`SegmentFinished` 1, q = 9", story));
        story.finishes(0, 2);
        rows.add(row("9", "`SegmentFinished` 0, q = 2", story));
        story.decides(0, story.train(story.of(1), "x=0.72", 20));
        rows.add(row("10", "`Decided` 0: weights of 1, x = 0.72, to step 20", story));
        story.starts(0);
        rows.add(row("11", "`SegmentStarted` 0", story));
        story.measures(0, 8.5);
        rows.add(row("12", "`Evaluated` 0: the copy, q = 8.5", story));
        story.finishes(0, 16);
        rows.add(row("13", "`SegmentFinished` 0, q = 16", story));

        assertThat(Files.readString(Path.of("../docs/read.md"))).contains(String.join("\n", rows));
        assertThat(Lineage.of(story.now(), story.pair(0)).schedule())
                .containsExactly(
                        new Stage(0, 10, story.values("x=0.9"), ONE), new Stage(10, 20, story.values("x=0.72"), ZERO));
    }

    private static String row(String positions, String event, Story story) {
        return "| " + positions + " | " + event + " | " + cell(story.member(0)) + " | " + cell(story.member(1)) + " | "
                + story.now().best().map(PopulationTest::ranked).orElse("-") + " |";
    }

    private static String cell(Member member) {
        return member.status() + ", " + member.step() + " / " + member.lineageStep() + ", "
                + member.standing().map(PopulationTest::ranked).orElse("-");
    }

    private static String ranked(Pair pair) {
        double score = new Metric("q", Metric.Mode.MAX).score(pair.evaluation());
        return (score == Math.rint(score) ? String.valueOf((long) score) : String.valueOf(score)) + " (`"
                + pair.checkpoint() + "`)";
    }

    @Test
    void prefixes_foldedAtOnceOrOneByOne_areTheSame() {
        var story = twoRanked().copies(0, 1, "x=0.72", 20).measures(0, 8.5).finishes(0, 16);

        assertThat(Population.of(story.entries())).usingRecursiveComparison().isEqualTo(story.now());
    }

    /// Both finished their first segment at step 10: 0 with 2, 1 with 9.
    private static Story twoRanked(String... settings) {
        return Story.enrolled(settings)
                .trains(0, "x=0.2", 10)
                .trains(1, "x=0.9", 10)
                .finishes(0, 2)
                .finishes(1, 9);
    }

    // ---- what is refused

    @Test
    void anEventThatTheStateDoesNotAllow_isRefusedWithTheWholeText() {
        var story = Story.enrolled().trains(0, "x=0.2", 10);

        assertThatThrownBy(() -> story.trains(0, "x=0.3", 20))
                .hasMessage("CLADE-5101 event Decided at position 6 is not possible.  Found: member 0 is RUNNING."
                        + "  Expected: it to be UNDECIDED."
                        + "  Mend: run 'clade verify' on this experiment;"
                        + " a log that says so was not written by Clade alone.");
    }

    @Test
    void aLogThatBeginsOtherwise_isRefusedWithTheWholeText() {
        var entry = new Entry(1, Instant.EPOCH, Duration.ZERO, new Event.ExperimentEnded("budget"));

        assertThatThrownBy(() -> Population.first(entry))
                .hasMessage("CLADE-5101 a log does not begin with ExperimentCreated."
                        + "  Found: ExperimentEnded at position 1.  Expected: ExperimentCreated at position 1."
                        + "  Mend: this is not the log of a Clade experiment; restore it from a copy.");
    }

    @Test
    void aHoleInThePositions_isRefused() {
        var story = Story.of();

        assertThatThrownBy(() -> story.now()
                        .with(new Entry(3, Instant.EPOCH, Duration.ZERO, new Event.MemberEnrolled(ZERO, Group.ALL))))
                .hasMessageStartingWith("CLADE-5101 event MemberEnrolled at position 3 is not possible."
                        + "  Found: position 3.  Expected: position 2.");
    }

    private static Arguments refused(String what, Consumer<Story> happens, String found, String expected) {
        return Arguments.of(what, happens, found, expected);
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        "a second creation",
                        s -> s.happens(s.entries().getFirst().event()),
                        "a second creation.",
                        "one."),
                refused("a member twice", s -> s.enrols(1), "member 1.", "member 2, dense from 0."),
                refused("a member out of order", s -> s.enrols(3), "member 3.", "member 2, dense from 0."),
                refused(
                        "an outcome of nobody",
                        s -> s.happens(new Event.MemberFailed(
                                new MemberId(7), 1, 1, new Failure(Failure.Kind.THREW, "it threw"))),
                        "member 7.",
                        "a member that is enrolled."),
                refused(
                        "a decision of another segment",
                        s -> s.happens(
                                new Event.Decided(ZERO, 3, 9, "test", 1, s.train(new Weights.Own(), "x=0.2", 20))),
                        "a decision for segment 3.",
                        "segment 1."),
                refused(
                        "a decision from the future",
                        s -> s.happens(
                                new Event.Decided(ZERO, 1, 10, "test", 1, s.train(new Weights.Own(), "x=0.2", 20))),
                        "basis 10.",
                        "an earlier position."),
                refused(
                        "a wait as a decision",
                        s -> s.decides(0, new Decision.Wait(ANYONE, 1, MINUTE, 0, Because.of("test"))),
                        "a wait as a decision.",
                        "WaitBegan."),
                refused(
                        "a donor without that pair",
                        s -> s.decides(0, s.train(new Weights.Of(ONE, 2, new CheckpointId("1.2")), "x=0.2", 20)),
                        "donor 1's segment 2.",
                        "one that has a pair."),
                refused(
                        "a donor's other checkpoint",
                        s -> s.decides(0, s.train(new Weights.Of(ONE, 1, new CheckpointId("0.1")), "x=0.2", 20)),
                        "donor 1's segment 1.",
                        "one that has a pair."),
                refused(
                        "own weights that are none",
                        s -> s.operates("population: 3").enrols(2).decides(2, s.train(new Weights.Own(), "x=0.2", 20)),
                        "own weights.",
                        "fresh ones."),
                refused(
                        "a start without a decision",
                        s -> s.starts(0),
                        "segment 1 of a member that is UNDECIDED in 1.",
                        "its decided segment, not running elsewhere."),
                refused(
                        "an outcome without a start",
                        s -> s.decides(0, s.train(new Weights.Own(), "x=0.2", 20))
                                .finishes(0, 3),
                        "member 0 is DECIDED.",
                        "it to be RUNNING."),
                refused(
                        "a step that goes back",
                        s -> s.trains(0, "x=0.2", 20).finishesAt(0, 9, 3),
                        "step 9.",
                        "a step from 10 on and an evaluation."),
                refused(
                        "an outcome under an old term",
                        s -> {
                            s.trains(0, "x=0.2", 20).recovers(0);
                            s.happens(new Event.MemberFailed(ZERO, 2, 1, new Failure(Failure.Kind.THREW, "it threw")));
                        },
                        "segment 2 under term 1.",
                        "segment 2 under term 2."),
                refused(
                        "a recovery under the same term",
                        s -> s.trains(0, "x=0.2", 20)
                                .happens(new Event.MemberRecovered(ZERO, 1, new WorkerId("another"))),
                        "term 1.",
                        "a term above 1."),
                refused(
                        "a measurement of no copy",
                        s -> s.trains(0, "x=0.2", 20).measures(0, 3),
                        "a measurement of no copy.",
                        "a segment that begins with a copy."),
                refused(
                        "a final before the end",
                        s -> s.evaluates(0, 1, Purpose.FINAL, new CheckpointId("0.1"), 3),
                        "a final before the end.",
                        "a running end."),
                refused(
                        "the end of a wait of one who does not wait",
                        s -> s.happens(new Event.WaitEnded(ZERO, "stalled")),
                        "member 0 is UNDECIDED.",
                        "it to be WAITING."),
                refused(
                        "a barrier where there are none",
                        s -> s.happens(new Event.BarrierClosed(1, List.of(ZERO, ONE), "all")),
                        "a barrier of an asynchronous experiment.",
                        "none."),
                refused(
                        "a second retirement",
                        s -> s.retires(0).retires(0),
                        "member 0 is over.",
                        "a member that is not."),
                refused(
                        "a decision after the end",
                        s -> s.happens(new Event.ExperimentEnded("target")).trains(0, "x=0.2", 20),
                        "an experiment that ended (target).",
                        "a running experiment."),
                refused(
                        "a second end",
                        s -> s.happens(new Event.ExperimentEnded("target")).happens(new Event.ExperimentEnded("time")),
                        "an experiment that ended (target).",
                        "a running experiment."),
                refused(
                        "an event after the move",
                        s -> s.happens(new Event.Moved("file:elsewhere")).trains(0, "x=0.2", 20),
                        "an event after the experiment moved.",
                        "nothing."));
    }

    /// After [#twoRanked()].
    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatTheStateDoesNotAllow_isRefused(String what, Consumer<Story> happens, String found, String expected) {
        var story = twoRanked();

        assertThatThrownBy(() -> happens.accept(story)).as(what).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(5101);
            assertThat(fault.found()).isEqualTo(found);
            assertThat(fault.expected()).isEqualTo(expected);
        });
    }

    @Test
    void aRefusedEvent_leavesThePopulationAsItWas() {
        var story = twoRanked();
        var before = story.now();

        assertThatThrownBy(() -> story.enrols(1)).isInstanceOf(Fault.class);
        assertThat(story.now()).isSameAs(before);
        assertThat(before.position()).isEqualTo(9);
    }

    // ---- pairs and copies

    @Test
    void aPair_isAScoreAndTheCheckpointThatEarnedIt() {
        var pair = twoRanked().pair(1);

        assertThat(pair.checkpoint()).isEqualTo(new CheckpointId("1.1"));
        assertThat(pair.step()).isEqualTo(10);
        assertThat(pair.lineageStep()).isEqualTo(10);
        assertThat(pair.window()).containsExactly(9.0);
        assertThat(pair.root()).isEqualTo(new Pair.Root(ONE, 1));
    }

    @Test
    void aCopy_hasNoScoreUntilItIsMeasured() {
        var story = twoRanked().copies(0, 1, "x=0.72", 20);
        assertThat(story.member(0).standing()).isEmpty();
        assertThat(story.member(0).held().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("0.1"));

        story.measures(0, 8, 9);

        assertThat(story.pair(0).checkpoint()).isEqualTo(new CheckpointId("1.1"));
        assertThat(story.pair(0).root()).isEqualTo(story.pair(1).root());
        assertThat(story.pair(0).window()).containsExactly(8.0, 9.0);
        assertThat(story.member(0).held()).isEqualTo(story.member(0).standing());
    }

    @Test
    void aCopy_keepsItsOwnStep_andTakesTheStepsOfTheWeights() {
        var story = twoRanked().trains(1, "x=0.9", 40).finishes(1, 30).copies(0, 1, "x=0.72", 20);
        assertThat(story.member(0).step()).isEqualTo(10);
        assertThat(story.member(0).lineageStep()).isEqualTo(40);

        story.measures(0, 29).finishes(0, 35);

        assertThat(story.member(0).step()).isEqualTo(20);
        assertThat(story.member(0).lineageStep()).isEqualTo(50);
    }

    @Test
    void aMeasuredCopy_canBeCopiedBeforeItHasTrained() {
        var story = twoRanked("population: 3", "control: 0")
                .copies(0, 1, "x=0.72", 20)
                .measures(0, 8.5);
        assertThat(story.now().pair(ZERO, 2, new CheckpointId("1.1"))).hasValue(story.pair(0));

        story.trains(2, "x=0.1", 10).finishes(2, 1).copies(2, 0, "x=0.6", 20);

        assertThat(story.member(2).lineageStep()).isEqualTo(10);
        assertThat(Lineage.of(story.now(), story.measures(2, 8).pair(2)).segments())
                .extracting(Segment::member)
                .containsExactly(ONE);
    }

    @Test
    void samples_areKeptUpToTheWindow_andSinceTheLastCopyOnly() {
        var story = twoRanked("evaluate: {window: 3}")
                .trains(1, "x=0.9", 20)
                .finishes(1, 10, 11)
                .trains(1, "x=0.9", 30)
                .finishes(1, 12);
        assertThat(story.pair(1).window()).containsExactly(10.0, 11.0, 12.0);

        story.copies(0, 1, "x=0.7", 20).measures(0, 7).finishes(0, 8);

        assertThat(story.pair(0).window()).containsExactly(7.0, 8.0);
    }

    @Test
    void anEvaluationLongerThanTheWindow_isKeptWhole() {
        var story =
                Story.enrolled("evaluate: {window: 2}").trains(0, "x=0.2", 10).finishes(0, 1, 2, 3);

        assertThat(story.pair(0).window()).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void theBest_isTheBestEverOfRankedMembers_theFirstOnATie() {
        var story = Story.enrolled("population: 3", "control: 1")
                .trains(0, "x=0.2", 10)
                .trains(1, "x=0.9", 10)
                .trains(2, "x=0.5", 10)
                .finishes(2, 100)
                .finishes(0, 9)
                .finishes(1, 9)
                .trains(0, "x=0.2", 20)
                .finishes(0, 3);

        assertThat(story.now().best().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("0.1"));
    }

    @Test
    void theBest_underMin_isTheLowest() {
        assertThat(twoRanked("mode: min").now().best().orElseThrow().member()).isEqualTo(ZERO);
    }

    // ---- lineage

    @Test
    void lineage_goesThroughCopiesOfCopies_andAroundFailures() {
        var story = twoRanked("population: 3")
                .trains(2, "x=0.5", 10)
                .copies(0, 1, "x=0.72", 20)
                .measures(0, 8)
                .finishes(0, 16)
                .trains(0, "x=0.72", 30)
                .fails(0, Failure.Kind.THREW)
                .trains(0, "x=0.8", 30)
                .finishes(0, 20)
                .finishes(2, 1)
                .copies(2, 0, "x=0.6", 25)
                .measures(2, 19)
                .finishes(2, 25);
        var lineage = Lineage.of(story.now(), story.pair(2));

        assertThat(lineage.segments())
                .extracting(s -> s.member() + "/" + s.index())
                .containsExactly("1/1", "0/2", "0/4", "2/2");
        assertThat(lineage.schedule())
                .containsExactly(
                        new Stage(0, 10, story.values("x=0.9"), ONE),
                        new Stage(10, 20, story.values("x=0.72"), ZERO),
                        new Stage(20, 30, story.values("x=0.8"), ZERO),
                        new Stage(30, 45, story.values("x=0.6"), new MemberId(2)));
    }

    @Test
    void aBlend_hasTheLineageOfWhatItBlends() {
        var story = twoRanked();
        var blend = new Weights.Blend(ONE, 1, new CheckpointId("1.1"), 0.4, 0.1);
        story.decides(0, story.train(blend, "x=0.5", 20)).starts(0).finishes(0, 3);

        assertThat(story.member(0).lineageStep()).isEqualTo(20);
        assertThat(Lineage.of(story.now(), story.pair(0)).segments())
                .extracting(s -> s.member() + "/" + s.index())
                .containsExactly("1/1", "0/2");
    }

    // ---- failures

    @Test
    void aFailure_takesTheScoreAndTheSteps_andLeavesTheWeightsHeldBefore() {
        var story = twoRanked().trains(0, "x=0.2", 20).fails(0, Failure.Kind.DIVERGED);
        var member = story.member(0);

        assertThat(member.status()).isEqualTo(Status.UNDECIDED);
        assertThat(member.standing()).isEmpty();
        assertThat(member.held().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("0.1"));
        assertThat(member.step()).isEqualTo(10);
        assertThat(member.lineageStep()).isEqualTo(10);
        assertThat(member.failure()).hasValue(new Failure(Failure.Kind.DIVERGED, "it DIVERGED"));
        assertThat(member.failures()).isEqualTo(1);
    }

    @Test
    void aFailureOfAnUnmeasuredCopy_goesBackToTheOwnWeights_ofAMeasuredOneToTheCopy() {
        var story = twoRanked()
                .trains(1, "x=0.9", 40)
                .finishes(1, 30)
                .copies(0, 1, "x=0.7", 20)
                .fails(0, Failure.Kind.THREW);
        assertThat(story.member(0).held().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("0.1"));
        assertThat(story.member(0).lineageStep()).isEqualTo(10);

        story.copies(0, 1, "x=0.7", 20).measures(0, 29).fails(0, Failure.Kind.THREW);

        assertThat(story.member(0).held().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("1.2"));
        assertThat(story.member(0).lineageStep()).isEqualTo(40);
    }

    @Test
    void failures_countInARow_untilASegmentFinishesOrACopyBegins() {
        var story = twoRanked()
                .trains(0, "x=0.2", 20)
                .fails(0, Failure.Kind.THREW)
                .trains(0, "x=0.2", 20)
                .fails(0, Failure.Kind.THREW);
        assertThat(story.member(0).failures()).isEqualTo(2);

        assertThat(story.copies(0, 1, "x=0.7", 20).member(0).failures()).isZero();
        story.fails(0, Failure.Kind.THREW);
        assertThat(story.member(0).failures()).isEqualTo(1);
        assertThat(story.trains(0, "x=0.2", 20).finishes(0, 3).member(0).failures())
                .isZero();
    }

    @Test
    void freshes_countWhereTryingAgainHasNotHelped() {
        var story = Story.enrolled("retries: 1");
        for (var kind : List.of(Failure.Kind.THREW, Failure.Kind.THREW, Failure.Kind.DIVERGED)) {
            story.trains(0, "x=0.2", 10).fails(0, kind);
        }
        assertThat(story.member(0).freshes()).isEqualTo(1);

        assertThat(story.trains(0, "x=0.3", 10).member(0).freshes()).isEqualTo(2);
        assertThat(story.member(0).held()).isEmpty();
    }

    @Test
    void aFreshStart_hasNeitherScoreNorWeights() {
        var story = twoRanked().trains(0, "x=0.2", 20).fails(0, Failure.Kind.DIVERGED);
        story.decides(0, story.train(new Weights.Fresh(), "x=0.9", 20));

        assertThat(story.member(0).standing()).isEmpty();
        assertThat(story.member(0).held()).isEmpty();
        assertThat(story.member(0).lineageStep()).isZero();
        assertThat(story.member(0).step()).isEqualTo(10);
    }

    // ---- losses and pauses

    @Test
    void aLoss_isNoFailure_andIsForgottenAtTheNextOutcome() {
        var story = twoRanked().trains(0, "x=0.2", 20).recovers(0).recovers(0);
        var lost = story.member(0);
        assertThat(lost.losses()).isEqualTo(2);
        assertThat(lost.term()).isEqualTo(3);
        assertThat(lost.failures()).isZero();
        assertThat(lost.standing().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("0.1"));

        assertThat(story.starts(0).finishes(0, 3).member(0).losses()).isZero();
    }

    @Test
    void aPause_isNoDecisionPoint_andItsSegmentEndsAsPlanned() {
        var story = twoRanked().trains(0, "x=0.2", 20).recovers(0).pauses(0, 14);
        assertThat(story.member(0).status()).isEqualTo(Status.PAUSED);
        assertThat(story.member(0).paused()).hasValue(new Paused(14, new CheckpointId("0.paused")));
        assertThat(story.member(0).losses()).isZero();
        assertThat(story.member(0).step()).isEqualTo(10);

        story.starts(0).finishes(0, 3);

        assertThat(story.member(0).paused()).isEmpty();
        assertThat(story.member(0).step()).isEqualTo(20);
    }

    // ---- waits

    @Test
    void aWait_isWokenByAsManyOutcomesAsItAskedFor() {
        var story = twoRanked("population: 3").waits(0, ANYONE, 2, MINUTE, 0);
        story.trains(1, "x=0.9", 20).finishes(1, 10);
        assertThat(story.member(0).status()).isEqualTo(Status.WAITING);

        story.trains(1, "x=0.9", 30).fails(1, Failure.Kind.THREW);

        assertThat(story.member(0).status()).isEqualTo(Status.UNDECIDED);
        assertThat(story.member(0).waitEnded()).isEmpty();
    }

    @Test
    void aWait_forCertainMembersOrAGroup_isWokenByThoseOnly() {
        var story = twoRanked("population: 4", "control: 1")
                .waits(0, new Awaited.These(new TreeSet<>(List.of(new MemberId(2)))), 1, MINUTE, 0)
                .waits(1, new Awaited.In("control"), 1, MINUTE, 0)
                .trains(2, "x=0.5", 10)
                .trains(3, "x=0.5", 10);

        story.finishes(2, 1);
        assertThat(List.of(story.member(0).status(), story.member(1).status()))
                .containsExactly(Status.UNDECIDED, Status.WAITING);
        story.finishes(3, 1);
        assertThat(story.member(1).status()).isEqualTo(Status.UNDECIDED);
    }

    @Test
    void aMemberThatWaitsAgain_keepsItsDeadline() {
        var story = twoRanked().waits(0, ANYONE, 1, MINUTE, 0).passes(Duration.ofSeconds(50));
        story.trains(1, "x=0.9", 20).finishes(1, 10).waits(0, ANYONE, 1, MINUTE, 0);

        assertThat(story.member(0).waiting().orElseThrow().deadline()).isEqualTo(MINUTE);
    }

    @Test
    void aWaitThatEndedByItself_isOver_andTheNextHasADeadlineOfItsOwn() {
        var story = twoRanked()
                .waits(0, ANYONE, 1, MINUTE, 0)
                .passes(MINUTE)
                .happens(new Event.WaitEnded(ZERO, "deadline"));
        assertThat(story.member(0).waitEnded()).hasValue("deadline");

        story.waits(0, ANYONE, 1, MINUTE, 0);

        assertThat(story.member(0).waitEnded()).isEmpty();
        assertThat(story.member(0).waiting().orElseThrow().deadline()).isEqualTo(MINUTE.multipliedBy(2));
    }

    // ---- barriers

    private static Story synchronous() {
        return Story.enrolled("synchronous: true", "budget: {steps: 30}")
                .trains(0, "x=0.2", 10)
                .trains(1, "x=0.9", 10);
    }

    @Test
    void aMemberThatIsThereFirst_isHeldUntilTheBarrierCloses() {
        var story = synchronous().finishes(0, 2).follows();
        assertThat(story.now().held(story.member(0))).isTrue();
        assertThat(story.now().generation()).isZero();

        story.finishes(1, 9).follows();

        assertThat(story.now().held(story.member(0))).isFalse();
        assertThat(story.now().generation()).isEqualTo(1);
    }

    @Test
    void everyDecisionOfAGeneration_seesTheBarrier_whateverCameLater() {
        var story = synchronous().finishes(0, 2).finishes(1, 9).follows();
        long barrier = story.now().position();
        story.trains(1, "x=0.9", 20).finishes(1, 30);

        var seen = story.now().seenBy(ZERO);

        assertThat(seen.position()).isEqualTo(barrier);
        assertThat(seen.member(ONE).standing().orElseThrow().checkpoint()).isEqualTo(new CheckpointId("1.1"));
        assertThat(story.now().late(ZERO)).isFalse();
        assertThat(story.now().views()).hasSize(2);
    }

    @Test
    void aBarrierOfWhichAllHaveDecided_isForgottenAtTheNext() {
        var story = synchronous().finishes(0, 2).finishes(1, 9).follows();
        story.trains(0, "x=0.2", 20).trains(1, "x=0.9", 20).finishes(0, 3).finishes(1, 10);

        story.follows();

        assertThat(story.now().generation()).isEqualTo(2);
        assertThat(story.now().views()).extracting(Population::generation).containsExactly(2, 2);
    }

    @Test
    void aMemberThatMissedItsBarrier_isLate_andSeesWhatThereIs() {
        var story = Story.enrolled("synchronous: {quorum: 0.5, deadline: 10s}")
                .trains(0, "x=0.2", 10)
                .trains(1, "x=0.9", 10)
                .finishes(0, 2)
                .passes(Duration.ofSeconds(10))
                .follows()
                .finishes(1, 9);

        assertThat(story.now().generation()).isEqualTo(1);
        assertThat(story.now().late(ONE)).isTrue();
        assertThat(story.now().late(ZERO)).isFalse();
        assertThat(story.now().seenBy(ONE)).isSameAs(story.now());
    }

    @Test
    void aBarrier_thatSkipsAGenerationOrNamesOthers_isRefused() {
        var story = synchronous().finishes(0, 2).finishes(1, 9);

        assertThatThrownBy(() -> story.happens(new Event.BarrierClosed(2, List.of(ZERO, ONE), "all")))
                .hasMessageContaining("Found: generation 2.  Expected: generation 1.");
        assertThatThrownBy(() -> story.happens(new Event.BarrierClosed(1, List.of(ZERO), "all")))
                .hasMessageContaining("Found: members [0] at the barrier.  Expected: [0, 1].");
    }

    // ---- retirement, operators

    @Test
    void aRetiredMember_isOver_andItsLastPairIsStillADonor() {
        var story = twoRanked().retires(1);

        assertThat(story.member(1).ended()).hasValue("retired");
        assertThat(story.now().live()).isEqualTo(1);
        assertThat(story.copies(0, 1, "x=0.7", 20).member(0).lineageStep()).isEqualTo(10);
    }

    @Test
    void anOperatorsAct_isInForceFromItsPosition() {
        var story = twoRanked();
        long before = story.now().actedAt();
        story.operates("retries: 7");

        assertThat(before).isZero();
        assertThat(story.now().actedAt()).isEqualTo(story.now().position());
        assertThat(story.now().specification().retries()).isEqualTo(7);
    }

    private static Story ended() {
        return twoRanked("budget: {steps: 10}", "final: {candidates: 2, repeats: 1}")
                .stops(0, Specification.OVER_BUDGET)
                .stops(1, Specification.OVER_BUDGET)
                .follows();
    }

    @Test
    void aLargerBudget_reopensTheExperiment_andWhoeverEndedForIt() {
        var story = ended();
        assertThat(story.now().ended()).hasValue("budget");

        story.operates("budget: {steps: 20}").follows();

        assertThat(story.now().ended()).isEmpty();
        assertThat(story.now().finals()).isEmpty();
        assertThat(story.now().live()).isEqualTo(2);
        assertThat(story.trains(0, "x=0.2", 20).finishes(0, 3).member(0).step()).isEqualTo(20);
    }

    @Test
    void aLargerBudget_whileOthersStillTrain_reopensWhoeverEndedForIt() {
        var story = twoRanked("budget: {steps: 10}").stops(0, Specification.OVER_BUDGET);

        story.operates("retries: 3");
        assertThat(story.member(0).status()).isEqualTo(Status.ENDED);
        story.operates("budget: {steps: 20}");
        assertThat(story.member(0).status()).isEqualTo(Status.UNDECIDED);
        assertThat(story.now().live()).isEqualTo(2);
    }

    @Test
    void aLargerBudget_bringsNobodyBackWhoWasRetired() {
        var story = twoRanked("budget: {steps: 10}")
                .retires(0)
                .stops(1, Specification.OVER_BUDGET)
                .follows()
                .operates("budget: {steps: 20}");

        assertThat(story.member(0).status()).isEqualTo(Status.ENDED);
        assertThat(story.member(1).status()).isEqualTo(Status.UNDECIDED);
    }

    // ---- the end

    @Test
    void finals_areTheBestSoFarAndTheLastLeaders_eachModelOnce_controlsApart() {
        var story = Story.enrolled(
                        "population: 5", "control: 1", "budget: {steps: 20}", "final: {candidates: 3, repeats: 1}")
                .trains(0, "x=0.1", 10)
                .trains(1, "x=0.2", 10)
                .trains(2, "x=0.3", 10)
                .trains(3, "x=0.4", 10)
                .trains(4, "x=0.5", 10)
                .finishes(0, 9)
                .finishes(1, 5)
                .finishes(2, 7)
                .finishes(3, 1)
                .finishes(4, 8)
                .trains(0, "x=0.1", 20)
                .finishes(0, 6)
                .copies(3, 2, "x=0.3", 20)
                .measures(3, 7.5)
                .happens(new Event.ExperimentEnded("time"));

        assertThat(story.now().finals().orElseThrow().candidates())
                .extracting(p -> p.member() + " " + p.checkpoint())
                .containsExactly("0 0.1", "3 2.1", "0 0.2", "4 4.1");
    }

    @Test
    void theWinner_isKnownWithTheLastFinal_andComesFromFreshMeasurementsAlone() {
        var story = ended();
        story.measuresFinal(1, 3, 4);
        assertThat(story.now().finals().flatMap(f -> f.winner(story.now().specification())))
                .isEmpty();
        assertThat(story.now().complete()).isFalse();

        story.measuresFinal(0, 5, 5);

        var winner = story.now()
                .finals()
                .flatMap(f -> f.winner(story.now().specification()))
                .orElseThrow();
        assertThat(winner.pair().member()).isEqualTo(ZERO);
        assertThat(story.now().complete()).isTrue();
    }

    @Test
    void finalsThatTie_areWonByTheFirstCandidate() {
        var story = ended().measuresFinal(0, 4).measuresFinal(1, 4);

        assertThat(story.now().finals().flatMap(f -> f.winner(story.now().specification())))
                .hasValueSatisfying(w -> assertThat(w.pair().member()).isEqualTo(ONE));
    }

    @Test
    void finalsThatAllDiverged_haveNoWinner_andAreComplete() {
        var story = ended().measuresFinal(0, Double.NaN).measuresFinal(1, Double.POSITIVE_INFINITY);

        assertThat(story.now().finals().flatMap(f -> f.winner(story.now().specification())))
                .isEmpty();
        assertThat(story.now().complete()).isTrue();
    }

    @Test
    void aFinalOfNoCandidate_orTwice_isRefused() {
        var story = ended().measuresFinal(1, 4);

        assertThatThrownBy(() -> story.evaluates(1, 1, Purpose.FINAL, new CheckpointId("1.1"), 4))
                .hasMessage("CLADE-5101 a final of member 1, segment 1 is not possible."
                        + "  Found: a pair that is no candidate, or measured already.  Expected: one of the candidates."
                        + "  Mend: run 'clade verify' on this experiment.");
    }

    @Test
    void aReport_isMeasuredOnceOnTheWinner() {
        var story = twoRanked("budget: {steps: 10}", "report: {metric: q, mode: max}", "final: {candidates: 1}")
                .stops(0, Specification.OVER_BUDGET)
                .stops(1, Specification.OVER_BUDGET)
                .follows();
        assertThatThrownBy(() -> story.evaluates(1, 1, Purpose.REPORT, new CheckpointId("1.1"), 4))
                .hasMessageContaining("Found: a report of member 1.  Expected: one, of the winner.");
        story.measuresFinal(1, 8);
        assertThat(story.now().complete()).isFalse();

        story.measuresFinal(1, 7.5);

        assertThat(story.now().complete()).isTrue();
        assertThatThrownBy(() -> story.evaluates(1, 1, Purpose.REPORT, new CheckpointId("1.1"), 4))
                .hasMessageContaining("Found: a report of member 1.  Expected: one, of the winner.");
    }

    // ---- steps that are promised

    @Test
    void stepsArePromised_whenDecided_andSettledWithTheOutcome() {
        var story = Story.enrolled().trains(0, "x=0.2", 10).trains(1, "x=0.9", 10);
        assertThat(story.now().reserved()).isEqualTo(20);

        assertThat(story.finishesAt(0, 8, 2).now().reserved()).isEqualTo(18);
        assertThat(story.finishesAt(1, 12, 2).now().reserved()).isEqualTo(20);
    }

    @Test
    void aSegmentOfTime_promisesNothing_andCountsWhatItTrained() {
        var story = Story.enrolled();
        var plan = new Plan(new Until.Elapsed(MINUTE), 1, true, 0);
        story.decides(0, new Decision.Train(new Weights.Fresh(), story.values("x=0.2"), plan, Because.of("test")))
                .starts(0);
        assertThat(story.now().reserved()).isZero();

        assertThat(story.finishesAt(0, 37, 2).now().reserved()).isEqualTo(37);
    }

    // ---- sharing

    /// A fold step is O(log N): all members but the one it is about are the same objects.
    @Test
    void aFoldStep_sharesEverythingElse() {
        var story = Story.enrolled("population: 1000");
        var before = story.now();
        story.trains(500, "x=0.5", 10);
        var after = story.now();

        assertThat(before.members().stream().filter(m -> after.member(m.id()) != m))
                .extracting(Member::id)
                .containsExactly(new MemberId(500));
        assertThat(before.member(new MemberId(500)).status()).isEqualTo(Status.UNDECIDED);
        assertThat(after.specification()).isSameAs(before.specification());
    }

    @Test
    void aCopy_isNamedByMemberSegmentAndCheckpoint() {
        var story = twoRanked();

        assertThat(story.now().pair(ONE, 1, new CheckpointId("1.1"))).hasValue(story.pair(1));
        assertThat(story.now().pair(ONE, 1, new CheckpointId("0.1"))).isEmpty();
        assertThat(story.now().pair(new MemberId(9), 1, new CheckpointId("1.1")))
                .isEmpty();
    }
}
