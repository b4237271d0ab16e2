package dev.clade.tuners.halving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Decision;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Wait;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.population.Story;
import dev.clade.tune.Decider;
import dev.clade.tune.Tuner;
import org.junit.jupiter.api.Test;

/// Two members of 90 steps with eta 3 are a bracket of 3 configurations, 30 steps each, of which the best
/// goes on to 90; 180 - 150 steps are left, so that a fourth is begun.
class SuccessiveHalvingTest {

    private static final String[] SETTINGS = {"population: 2", "budget: {steps: 90}", "tuner: {sha: {eta: 3, rungs: 2}}"
    };

    private static Tuner tuner(Story story) {
        return new SuccessiveHalving().read(story.now().specification());
    }

    private static Story story() {
        return Story.of(SETTINGS);
    }

    private static Story enrols(Story story, int member) {
        return story.happens(new Event.MemberEnrolled(new MemberId(member), new Group("bracket 1", true)));
    }

    private static Decision decision(Story story, int member) {
        return switch (new Decider(tuner(story)).decide(story.now(), new MemberId(member))) {
            case Event.Decided decided -> decided.decision();
            case Event.WaitBegan wait -> wait.until();
            default -> throw new AssertionError();
        };
    }

    /// All four have come to the first rung, with these scores; those before the last wait.
    private static Story compared(double a, double b, double c, double d) {
        var story = enrols(enrols(story(), 0), 1);
        var decider = new Decider(tuner(story));
        story.decides(decider, 0).decides(decider, 1);
        story.finishes(0, a).decides(decider, 0);
        enrols(story, 2).decides(decider, 2);
        story.finishes(1, b).decides(decider, 1);
        enrols(story, 3).decides(decider, 3);
        return story.finishes(2, c).decides(decider, 2).finishes(3, d);
    }

    @Test
    void configurations_areBegunAsPlacesAreFree_asManyAsTheBracketHas() {
        var story = story();
        var tuner = tuner(story);
        assertThat(tuner.members(story.now())).isEqualTo(2);
        assertThat(tuner.group(new MemberId(3))).isEqualTo(new Group("bracket 1", true));

        enrols(enrols(story, 0), 1);
        assertThat(tuner.members(story.now())).isEqualTo(2);
        story.decides(new Decider(tuner), 0).decides(new Decider(tuner), 1).finishes(0, 1);
        assertThat(tuner.members(story.now())).isEqualTo(2);
        story.decides(new Decider(tuner), 0);
        assertThat(tuner.members(story.now())).isEqualTo(3);
        assertThat(tuner.members(compared(1, 2, 3, 4).now())).isEqualTo(4);
    }

    @Test
    void aConfiguration_beginsUntilTheFirstRung_andWaitsThereForTheOthers() {
        var story = enrols(enrols(story(), 0), 1);

        assertThat(decision(story, 0)).isInstanceOfSatisfying(Train.class, t -> {
            assertThat(t.weights()).isEqualTo(new Weights.Fresh());
            assertThat(t.plan().until()).isEqualTo(new Until.Steps(30));
        });
        var decider = new Decider(tuner(story));
        story.decides(decider, 0).decides(decider, 1).finishes(0, 5);
        assertThat(decision(story, 0)).isInstanceOfSatisfying(Wait.class, w -> {
            assertThat(w.on()).isEqualTo(new Decision.Awaited.In("bracket 1"));
            assertThat(w.count()).isEqualTo(3);
            assertThat(w.order()).isEqualTo(0);
        });
    }

    @Test
    void atTheRung_theBestGoesOnWithItsWeights_theOthersStop() {
        var story = compared(1, 7, 3, 4);

        assertThat(decision(story, 1)).isInstanceOfSatisfying(Train.class, t -> {
            assertThat(t.weights()).isEqualTo(new Weights.Own());
            assertThat(t.values()).isEqualTo(story.member(1).segment(1).values());
            assertThat(t.plan().until()).isEqualTo(new Until.Steps(90));
            assertThat(t.plan().order()).isEqualTo(-1);
            assertThat(t.because().facts()).containsEntry("rank", "1").containsEntry("kept", "1");
        });
        assertThat(decision(story, 0)).isInstanceOf(Stop.class);
        assertThat(decision(story, 2)).isInstanceOf(Stop.class);
        assertThat(decision(story, 3)).isInstanceOf(Stop.class);
    }

    @Test
    void equalScores_goInTheOrderOfMembers() {
        var story = compared(2, 7, 7, 7);

        assertThat(decision(story, 1)).isInstanceOf(Train.class);
        assertThat(decision(story, 2)).isInstanceOf(Stop.class);
        assertThat(decision(story, 3)).isInstanceOf(Stop.class);
    }

    @Test
    void whoHasFailedForGood_isNotWaitedFor() {
        var story = enrols(enrols(story(), 0), 1);
        var decider = new Decider(tuner(story));
        story.decides(decider, 0).decides(decider, 1).finishes(0, 1).decides(decider, 0);
        enrols(story, 2).decides(decider, 2).finishes(2, 2).decides(decider, 2);
        enrols(story, 3).decides(decider, 3).finishes(3, 3).decides(decider, 3);
        story.fails(1, Failure.Kind.DIVERGED);

        assertThat(decision(story, 1))
                .isInstanceOfSatisfying(
                        Stop.class, s -> assertThat(s.because().rule()).isEqualTo("lost"));
        assertThat(decision(story, 3))
                .isInstanceOfSatisfying(
                        Train.class, t -> assertThat(t.plan().until()).isEqualTo(new Until.Steps(90)));
        assertThat(decision(story, 2)).isInstanceOf(Stop.class);
    }

    @Test
    void aBudgetOrPopulation_thatBringsNobodyToTheEnd_isRefused_withTheLeast() {
        assertThatThrownBy(() -> read("population: 2", "budget: {steps: 81}", "tuner: {sha: {eta: 3, rungs: 5}}"))
                .hasMessage("CLADE-1344 program a population of 2 is too small for 'sha' with eta 3 and 5 rungs."
                        + "  Found: 162 steps in all."
                        + "  Expected: 297 steps in all, to bring one configuration to the end: a population of at"
                        + " least 4."
                        + "  Mend: raise 'population', or lower 'eta' or 'rungs' of the tuner.");
        assertThatThrownBy(() -> read("population: 9", "budget: {steps: 50}", "tuner: {sha: {eta: 3, rungs: 5}}"))
                .hasMessage("CLADE-1345 program a budget of 50 steps is too short for so many rungs."
                        + "  Found: 5 rungs with eta 3."
                        + "  Expected: at most 4 rungs: the first has at least one step."
                        + "  Mend: lower 'rungs', 'least' or 'eta' of the tuner, or raise the budget.");
        assertThatThrownBy(() -> read("tuner: {sha: {rungs: 3, least: 5}}"))
                .hasMessage("CLADE-1346 program the rungs are given twice."
                        + "  Found: rungs: 3 and least: 5.  Expected: one of them.  Mend: keep one of them.");
        assertThatThrownBy(() -> read("budget: {steps: 100}", "tuner: {sha: {eta: 4, least: 26}}"))
                .hasMessage("CLADE-1001 program is not what it should be."
                        + "  Found: 26  Expected: at most 1/4 of the budget, 25 steps.  Mend: correct it there.");
    }

    @Test
    void theRungs_areAsManyAsThePopulationCanPay_orAsTheLeastAllows() {
        // of 81 steps with eta 3, two rungs cost 135, three 189, four 243 and five 297
        assertThat(rungs("population: 2", "tuner: {sha: {eta: 3}}")).containsExactly(27L, 81L);
        assertThat(rungs("population: 3", "tuner: {sha: {eta: 3}}")).containsExactly(3L, 9L, 27L, 81L);
        assertThat(rungs("population: 4", "tuner: {sha: {eta: 3}}")).containsExactly(1L, 3L, 9L, 27L, 81L);
        assertThat(rungs("population: 4", "tuner: {sha: {eta: 3, least: 5}}")).containsExactly(9L, 27L, 81L);
    }

    private static java.util.List<Long> rungs(String population, String tuner) {
        return ((BracketTuner) read(population, "budget: {steps: 81}", tuner))
                .brackets()
                .all()
                .getFirst()
                .rungs()
                .steps();
    }

    private static Tuner read(String... settings) {
        Specification specification = Story.of(settings).now().specification();
        return new SuccessiveHalving().read(specification);
    }
}
