package dev.clade.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Awaited;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure.Kind;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderTest {

    /// Says the same whoever asks.
    private record Fixed(Decision decision) implements Tuner {
        @Override
        public String word() {
            return "fixed";
        }

        @Override
        public int revision() {
            return 9;
        }

        @Override
        public Decision decide(Population seen, MemberId who, Randomness random) {
            return decision;
        }
    }

    private static Decider saying(Decision decision) {
        return new Decider(new Fixed(decision));
    }

    private static Decider pbt(Story story) {
        return new Decider(new PbtReader().read(story.now().specification()));
    }

    private static Decision decision(Decider decider, Story story, int who) {
        return ((Event.Decided) decider.decide(story.now(), new MemberId(who))).decision();
    }

    private static Train train(Decider decider, Story story, int who) {
        return (Train) decision(decider, story, who);
    }

    private static long until(Decider decider, Story story, int who) {
        return ((Until.Steps) train(decider, story, who).plan().until()).step();
    }

    // ---- events

    @Test
    void aDecision_namesItsBasisSegmentTunerAndRevision() {
        var story = Story.ranked(List.of(), 1, 2);
        var stop = new Stop(Because.of("enough"));

        assertThat(saying(stop).decide(story.now(), new MemberId(1)))
                .isEqualTo(new Event.Decided(new MemberId(1), 1, 9, "fixed", 9, stop));
    }

    @Test
    void aWait_isNoDecisionYet() {
        var story = Story.ranked(List.of(), 1, 2);
        var wait = new Decision.Wait(new Awaited.Anyone(), 1, Duration.ofSeconds(5), 0, Because.of("later"));

        assertThat(saying(wait).decide(story.now(), new MemberId(1)))
                .isEqualTo(new Event.WaitBegan(new MemberId(1), 9, wait));
    }

    @Test
    void again_fromItsBasis_isTheSame() {
        var story = Story.ranked(List.of(), 1, 2);
        var decider = pbt(story);
        var decided = decider.decide(story.now(), new MemberId(0));
        var later = story.trains(1, "x=0.9", 20).finishes(1, 100).now();

        assertThat(decider.again(Population.of(story.entries().subList(0, 9)), new MemberId(0), false))
                .isEqualTo(decided);
        assertThat(later.position()).isGreaterThan(9);
    }

    // ---- the end of the budget

    @Test
    void budget_cutsTheLastSegment() {
        var story = Story.ranked(List.of("budget: {steps: 15}"), 1, 2);

        assertThat(until(saying(story.train(new Weights.Own(), "x=0.5", 20)), story, 0))
                .isEqualTo(15);
        assertThat(until(saying(story.train(new Weights.Own(), "x=0.5", 12)), story, 0))
                .isEqualTo(12);
    }

    @Test
    void budget_thatIsSpent_stops_andNobodyIsAsked() {
        var story = Story.ranked(List.of("budget: {steps: 10}"), 1, 2);

        assertThat(decision(saying(story.train(story.of(1), "x=0.5", 20)), story, 0))
                .isEqualTo(new Stop(Because.of(Specification.OVER_BUDGET)));
    }

    /// Complaint 12: the stop limit is passed because the counter comes with the copy.
    @Test
    void budget_countsWhatTheWeightsHaveSeen_afterACopyToo() {
        var story = Story.ranked(List.of("budget: {steps: 50}"), 1, 2)
                .trains(1, "x=0.2", 42)
                .finishes(1, 5);

        assertThat(until(saying(story.train(story.of(1), "x=0.5", 20)), story, 0))
                .isEqualTo(18);
        assertThat(until(saying(story.train(new Weights.Own(), "x=0.5", 20)), story, 0))
                .isEqualTo(20);
    }

    @Test
    void budget_ofAFinishedDonor_leavesNothingToTrain() {
        var story = Story.ranked(List.of("budget: {steps: 50}"), 1, 2)
                .trains(1, "x=0.2", 50)
                .finishes(1, 5)
                .stops(1, Specification.OVER_BUDGET);

        assertThat(decision(saying(story.train(story.of(1), "x=0.5", 20)), story, 0))
                .isEqualTo(new Stop(Because.of(Specification.OVER_BUDGET)));
    }

    @Test
    void budget_ofFreshWeights_isWhatTheMemberHasLeft() {
        var story = Story.ranked(List.of("budget: {steps: 15}"), 1, 2);

        assertThat(until(saying(story.train(new Weights.Fresh(), "x=0.5", 40)), story, 0))
                .isEqualTo(15);
    }

    @Test
    void totalSteps_areGrantedToWhoeverComesFirst_untilNoneAreLeft() {
        var story = Story.ranked(List.of("budget: {total_steps: 45}"), 1, 2);
        var decider = saying(story.train(new Weights.Own(), "x=0.5", 30));
        assertThat(until(decider, story, 0)).isEqualTo(30);
        story.decides(decider, 0);

        assertThat(until(decider, story, 1)).isEqualTo(15);
        story.decides(decider, 1).finishes(1, 3);

        assertThat(decision(decider, story, 1)).isEqualTo(new Stop(Because.of(Specification.OVER_BUDGET)));
    }

    @Test
    void totalSteps_ofTheFirstGeneration_areSharedByAll_whoeverIsFirst() {
        var story = Story.enrolled("population: 3", "synchronous: true", "budget: {total_steps: 20}");
        var decider = saying(story.train(new Weights.Fresh(), "x=0.5", 100));
        story.decides(decider, 2);

        assertThat(List.of(until(decider, story, 0), until(decider, story, 1))).containsExactly(7L, 7L);
        assertThat(story.member(2).segment().orElseThrow().plan().until()).isEqualTo(new Until.Steps(6));
    }

    @Test
    void totalSteps_atABarrier_areSharedByTheLiving_theRemainderInMemberOrder() {
        var story = Story.ranked(List.of("synchronous: true", "budget: {total_steps: 50}"), 1, 2, 3, 4)
                .follows()
                .retires(1);
        var decider = saying(story.train(new Weights.Own(), "x=0.5", 100));

        // The barrier saw 10 steps left and four alive: 3, 3, 2, 2.
        assertThat(List.of(until(decider, story, 0), until(decider, story, 2), until(decider, story, 3)))
                .containsExactly(13L, 12L, 12L);
        story.decides(decider, 3);
        assertThat(until(decider, story, 0)).isEqualTo(13);
    }

    @Test
    void totalSteps_fewerThanMembers_stopTheLast() {
        var story = Story.ranked(List.of("synchronous: true", "budget: {total_steps: 41}"), 1, 2, 3, 4)
                .follows();
        var decider = saying(story.train(new Weights.Own(), "x=0.5", 100));

        assertThat(until(decider, story, 0)).isEqualTo(11);
        assertThat(decision(decider, story, 1)).isEqualTo(new Stop(Because.of(Specification.OVER_BUDGET)));
    }

    // ---- healing

    @Test
    void aProgramFailure_isTriedAgainFromTheOwnLastPair_underTheSameValuesAndPlan() {
        var story = Story.ranked(List.of("ready: {every: 7}"), 1, 2).trains(0, "x=0.9", 17);
        var failed = story.member(0).segment().orElseThrow();
        story.fails(0, Kind.THREW);

        assertThat(decision(pbt(story), story, 0))
                .isEqualTo(new Train(
                        new Weights.Own(),
                        failed.values(),
                        failed.plan(),
                        Because.of("retried")
                                .and("failure", "it THREW")
                                .and("kind", Kind.THREW)
                                .and("failures", 1)));
    }

    @Test
    void aCopyThatFailedBeforeItWasMeasured_isTriedAgainOnTheOwnWeights_withTheStructureTheyHave() {
        var parameters = "parameters: {x: {uniform: [0, 1]}, width: {ordered: [32, 64, 128], change: never}}";
        var story = Story.enrolled(parameters)
                .trains(0, "x=0.1 width=32", 10)
                .finishes(0, 1)
                .trains(1, "x=0.2 width=128", 10)
                .finishes(1, 2)
                .copies(0, 1, "x=0.25 width=128", 20)
                .fails(0, Kind.THREW);
        var again = train(pbt(story), story, 0);

        assertThat(again.because().rule()).isEqualTo("retried");
        assertThat(again.weights()).isEqualTo(new Weights.Own());
        assertThat(again.values()).isEqualTo(story.values("x=0.25 width=32"));
    }

    @Test
    void divergence_underInheritedHyperparametersAlone_goesOnWithTheOwnWeightsAndAnothersValues_thenBeginsAnew() {
        var story = Story.ranked(
                List.of("inherit: [hyperparameters]", "explore: none", "exploit: {truncation: 0.34}", "retries: 2"),
                1,
                2,
                3);
        for (int i = 0; i < 2; i++) {
            story.trains(0, "x=0.9", 20).fails(0, Kind.DIVERGED);
            var healed = train(pbt(story), story, 0);
            assertThat(healed.weights()).isEqualTo(new Weights.Own());
            assertThat(healed.values()).isEqualTo(story.values("x=0.3"));
        }
        story.trains(0, "x=0.9", 20).fails(0, Kind.DIVERGED);

        assertThat(train(pbt(story), story, 0).because().rule()).isEqualTo("begun anew");
    }

    @Test
    void aFailureOfTheFirstSegment_isTriedAgainFromNewWeights() {
        var story = Story.enrolled().trains(0, "x=0.2", 10).fails(0, Kind.HUNG);
        var again = train(pbt(story), story, 0);

        assertThat(again.weights()).isEqualTo(new Weights.Fresh());
        assertThat(again.values()).isEqualTo(story.values("x=0.2"));
        assertThat(again.because().rule()).isEqualTo("retried");
    }

    @Test
    void failures_moreThanTheRetries_copyAHealthyDonor() {
        var story = Story.ranked(List.of("retries: 2", "exploit: {truncation: 0.34}"), 1, 2, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(i == 0 || train(pbt(story), story, 1).because().rule().equals("retried"))
                    .isTrue();
            story.trains(1, "x=0.5", 20).fails(1, Kind.THREW);
        }
        var healed = train(pbt(story), story, 1);

        assertThat(healed.weights()).isEqualTo(story.of(2));
        assertThat(healed.because().facts()).containsEntry("failure", "it THREW");
    }

    @Test
    void divergence_isNotTriedAgain_whereADonorCanBeHad() {
        var story = Story.ranked(List.of("exploit: {truncation: 0}"), 1, 2, 3)
                .trains(1, "x=0.5", 20)
                .fails(1, Kind.DIVERGED);

        assertThat(train(pbt(story), story, 1).weights()).isEqualTo(story.of(2));
    }

    @Test
    void withNoHealthyDonor_aMemberBeginsAnew_asOftenAsItMayRetry_andThenStops() {
        var story = Story.enrolled("retries: 2", "population: 2").trains(1, "x=0.3", 10);
        story.trains(0, "x=0.2", 10).fails(0, Kind.DIVERGED);
        var first = train(pbt(story), story, 0);
        assertThat(first.weights()).isEqualTo(new Weights.Fresh());
        assertThat(first.because().rule()).isEqualTo("begun anew");
        assertThat(first.values()).isNotEqualTo(story.values("x=0.2"));

        var second = train(pbt(story.decides(pbt(story), 0).fails(0, Kind.DIVERGED)), story, 0);
        assertThat(second.because().rule()).isEqualTo("begun anew");
        assertThat(second.values()).isNotEqualTo(first.values());

        story.decides(pbt(story), 0).fails(0, Kind.DIVERGED);
        assertThat(decision(pbt(story), story, 0))
                .isEqualTo(new Stop(Because.of("failed")
                        .and("failure", "it DIVERGED")
                        .and("kind", Kind.DIVERGED)
                        .and("failures", 3)));
    }

    @Test
    void withNoRetries_aDivergedMemberWithoutADonor_stopsAtOnce() {
        var story = Story.enrolled("retries: 0").trains(0, "x=0.2", 10).fails(0, Kind.DIVERGED);

        assertThat(decision(pbt(story), story, 0)).isInstanceOf(Stop.class);
    }

    @Test
    void aTunerThatCopiesNobody_hasRetriesAndFreshStartsOnly() {
        var story = Story.ranked(List.of("exploit: none", "retries: 1"), 1, 2);
        story.trains(0, "x=0.5", 20).fails(0, Kind.THREW);
        assertThat(train(pbt(story), story, 0).because().rule()).isEqualTo("retried");

        story.decides(pbt(story), 0).fails(0, Kind.THREW);
        assertThat(train(pbt(story), story, 0).because().rule()).isEqualTo("begun anew");

        story.decides(pbt(story), 0).fails(0, Kind.THREW);
        assertThat(decision(pbt(story), story, 0).because().rule()).isEqualTo("failed");
    }

    @Test
    void aControlThatDiverges_stops_thatIsItsResult() {
        var story =
                Story.ranked(List.of("control: 1"), 1, 2).trains(1, "x=0.5", 20).fails(1, Kind.DIVERGED);

        assertThat(decision(pbt(story), story, 1))
                .isEqualTo(new Stop(Because.of("diverged").and("failure", "it DIVERGED")));
    }

    @Test
    void aControlThatFailsOtherwise_isTriedAgain_andNeverCopies() {
        var story = Story.ranked(List.of("control: 1", "retries: 1"), 1, 2);
        story.trains(1, "x=0.5", 20).fails(1, Kind.THREW);
        assertThat(train(pbt(story), story, 1).because().rule()).isEqualTo("retried");

        story.decides(pbt(story), 1).fails(1, Kind.THREW);
        assertThat(decision(pbt(story), story, 1))
                .isEqualTo(new Stop(Because.of("failed")
                        .and("failure", "it THREW")
                        .and("kind", Kind.THREW)
                        .and("failures", 2)));
    }

    @Test
    void aHealingSegment_isCutToTheBudgetToo() {
        var story = Story.ranked(List.of("budget: {steps: 50}", "ready: {every: 20}"), 1, 2)
                .trains(1, "x=0.2", 46)
                .finishes(1, 5)
                .trains(0, "x=0.5", 40)
                .fails(0, Kind.DIVERGED);

        assertThat(until(pbt(story), story, 0)).isEqualTo(14);
        assertThat(train(pbt(story), story, 0).weights()).isEqualTo(story.of(1));
    }

    // ---- lateness

    @Test
    void aLateMember_goesOnWithItsOwn_forAsLongAsItsTunerSays() {
        var story = Story.enrolled("synchronous: {quorum: 0.5, deadline: 10s}", "ready: {every: 7}")
                .trains(0, "x=0.2", 10)
                .trains(1, "x=0.9", 10)
                .finishes(0, 9)
                .passes(Duration.ofSeconds(10))
                .follows()
                .finishes(1, 2);
        var decider = pbt(story);
        var event = (Event.Decided) decider.decide(story.now(), new MemberId(1));

        assertThat(event.decision())
                .isEqualTo(new Train(
                        new Weights.Own(),
                        story.values("x=0.9"),
                        new Plan(new Until.Steps(17), 1, true, 0),
                        Because.of("late")));
        assertThat(decider.again(story.now(), new MemberId(1), true)).isEqualTo(event);
    }

    /// The donor has gone on; what the blend mixed is kept until the blend has been tried again.
    @Test
    void aBlendThatFailed_isTriedAgain_fromTheSameWeights() {
        var story = Story.ranked(List.of(), 1, 2);
        var given = story.pair(1);
        var blend = new Decision.Weights.Blend(given.member(), given.segment(), given.checkpoint(), 0.2, 0.1);
        story.decides(0, story.train(blend, "x=0.7", 20)).starts(0);
        story.trains(1, "x=0.2", 20).finishes(1, 3).fails(0, dev.clade.population.Failure.Kind.THREW);

        var decider = new Decider(new dev.clade.pbt.PbtReader().read(story.now().specification()));
        var again = (Decision.Train)
                ((Event.Decided) decider.decide(story.now(), story.member(0).id())).decision();
        assertThat(again.weights()).isEqualTo(blend);
        assertThat(again.values()).isEqualTo(story.values("x=0.7"));
        assertThat(Roots.of(story.now(), decider.tuner())).contains(given.checkpoint());
    }

    /// A program that refuses every load would take over others' weights for ever.
    @Test
    void whoFailsUnderOthersWeightsToo_isOver() {
        var story = Story.ranked(List.of(), 1, 2);
        var decider = pbt(story);
        int failures = 0;
        while (!(decision(decider, story, 0) instanceof Decision.Stop)) {
            var train = train(decider, story, 0);
            story.decides(0, train).starts(0).fails(0, dev.clade.population.Failure.Kind.RECEIPT);
            assertThat(++failures).isLessThan(20);
        }
        assertThat(decision(decider, story, 0).because().rule()).isEqualTo("failed");
        assertThat(failures).isEqualTo(15);
    }

    @Test
    void whoWantsToEnd_isOver() {
        var story = Story.ranked(List.of(), 1, 2);
        story.trains(0, "x=0.2", 20).fails(0, dev.clade.population.Failure.Kind.QUIT);
        assertThat(decision(pbt(story), story, 0))
                .isEqualTo(new Decision.Stop(Because.of("quit").and("failure", "it QUIT")));
    }
}
