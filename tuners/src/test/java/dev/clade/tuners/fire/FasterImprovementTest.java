package dev.clade.tuners.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure.Kind;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// FIRE PBT decision by decision. Members 0 and 1 are P1, 2 and 3 are P2, the others evaluate; a curve has a
/// point each step, and everybody is ready each 8, where the settings do not say otherwise.
class FasterImprovementTest {

    private static final String FIRE = "tuner: {fire: {subpopulations: [2, 2], points: 8, quantile: 0.5}}";

    private static Tuner tuner(Story story) {
        return new FasterImprovement().read(story.now().specification());
    }

    private static Train decide(Story story, int who) {
        var member = story.member(who);
        return (Train) tuner(story).decide(story.now(), member.id(), Randomness.keyed(1, who, member.decided()));
    }

    private static Story enrolled(int population, String... settings) {
        var all = new java.util.ArrayList<>(List.of("population: " + population, "ready: 8", FIRE));
        all.addAll(List.of(settings));
        var story = Story.of(all.toArray(String[]::new));
        var tuner = tuner(story);
        IntStream.range(0, population).forEach(i -> {
            var id = new MemberId(i);
            story.happens(new Event.MemberEnrolled(
                    id, story.now().specification().controlGroup(id).orElse(tuner.group(id))));
        });
        return story;
    }

    /// So many segments of one step under one value, the score rising evenly.
    private static void climbs(Story story, int who, double x, int steps, double from, double by) {
        for (int i = 1; i <= steps; i++) {
            story.trains(who, "x=" + x, story.member(who).step() + 1).finishes(who, from + i * by);
        }
    }

    /// What the tuner decides, until the measurement of the copy that it must be.
    private static void takes(Story story, int who, double score) {
        story.decides(who, decide(story, who)).starts(who).measures(who, score);
    }

    /// The segment that goes on ends, and others of one step follow.
    private static void goesOn(Story story, int who, int steps, double from, double by) {
        var x = story.member(who).segment().orElseThrow().values().real("x");
        story.finishes(who, from + by);
        climbs(story, who, x, steps - 1, from + by, by);
    }

    /// An interval of all: P1 at 8 and 16 with x = 0.1 and 0.2, P2 at 4 and 2 with 0.7 and 0.8.
    private static Story interval(int population, String... settings) {
        var story = enrolled(population, settings);
        climbs(story, 0, 0.1, 8, 0, 1);
        climbs(story, 1, 0.2, 8, 0, 2);
        climbs(story, 2, 0.7, 8, 0, 0.5);
        climbs(story, 3, 0.8, 8, 0, 0.25);
        IntStream.range(4, population).forEach(i -> climbs(story, i, 0.5, 8, 0, 0.1));
        return story;
    }

    private static String rule(Story story, int who) {
        return decide(story, who).because().facts().getOrDefault("trial", "");
    }

    // ---- groups and segments

    @Test
    void twentyTwo_areEightEightAndSix_byDefault() {
        var tuner = new FasterImprovement()
                .read(Story.of("population: 22", "ready: 20").now().specification());

        assertThat(IntStream.range(0, 22)
                        .mapToObj(i -> tuner.group(new MemberId(i)))
                        .toList())
                .startsWith(new Group("P1", true))
                .endsWith(new Group("evaluators of P2", false))
                .satisfies(groups -> assertThat(
                                groups.stream().filter(g -> g.name().equals("P1")))
                        .hasSize(8))
                .satisfies(groups -> assertThat(
                                groups.stream().filter(g -> g.name().equals("P2")))
                        .hasSize(8));
    }

    @Test
    void threeSubPopulations_haveEvaluatorsInTurn() {
        var tuner = new FasterImprovement()
                .read(Story.of(
                                "population: 10",
                                "ready: 20",
                                "tuner: {fire: {subpopulations: [2, 2, 2], evaluators: 4}}")
                        .now()
                        .specification());

        assertThat(IntStream.range(6, 10)
                        .mapToObj(i -> tuner.group(new MemberId(i)).name()))
                .containsExactly("evaluators of P2", "evaluators of P3", "evaluators of P2", "evaluators of P3");
    }

    @Test
    void segmentsEnd_atThePointsOfTheCurve() {
        var story = Story.enrolled("population: 5", "ready: 10", "tuner: {fire: {points: 4}}");
        assertThat(decide(story, 0).plan()).isEqualTo(new Plan(new Until.Steps(2), 1, true, 0));
        for (long point : new long[] {2, 5, 7, 10, 12}) {
            assertThat(decide(story, 0).plan().until()).isEqualTo(new Until.Steps(point));
            story.trains(0, "x=0.1", point).finishes(0, 1);
        }
    }

    @Test
    void betweenReadyPoints_nothingIsDecided() {
        var story = enrolled(5);
        IntStream.range(0, 5).forEach(i -> climbs(story, i, 0.1 * i + 0.1, 7, 0, i));

        assertThat(IntStream.range(0, 5)
                        .mapToObj(i -> decide(story, i).because().rule()))
                .containsOnly("between ready points");
        assertThat(decide(story, 0).weights()).isEqualTo(new Weights.Own());
    }

    @Test
    void pOne_isPbtByTheMetric() {
        var story = interval(5);

        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
        assertThat(decide(story, 0).values().real("x")).isNotEqualTo(0.2);
        assertThat(decide(story, 1).weights()).isEqualTo(new Weights.Own());
    }

    // ---- evaluators

    @Test
    void anIdleEvaluator_takesAParentsWeights_andTheBestChildsValues() {
        var story = interval(5);

        var train = decide(story, 4);
        assertThat(train.weights()).isEqualTo(story.of(2));
        assertThat(train.values()).isEqualTo(story.values("x=0.2"));
        assertThat(train.because().facts())
                .containsEntry("parent", "2")
                .containsEntry("child", "1")
                .containsEntry("steps untried", "8");
    }

    @Test
    void evaluatorsThatAreIdleTogether_takeDifferentParents() {
        var story = interval(6);

        assertThat(decide(story, 4).weights()).isEqualTo(story.of(2));
        assertThat(decide(story, 5).weights()).isEqualTo(story.of(3));
        takes(story, 4, 4);
        assertThat(decide(story, 5).weights()).isEqualTo(story.of(3));
    }

    @Test
    void theLongestUntried_isTheNext_andWhoWasReplacedIsLast() {
        var story = interval(5);
        takes(story, 4, 4);
        climbs(story, 2, 0.7, 8, 4, 0.5);
        climbs(story, 3, 0.8, 4, 2, 0.25);
        story.decides(3, story.train(story.of(2), "x=0.6", 13))
                .starts(3)
                .measures(3, 8)
                .finishes(3, 8);
        climbs(story, 3, 0.6, 3, 8, 0.5);
        // 2 was tried 8 steps ago, 3 replaced 4 steps ago; no level in common, and t_max has come
        goesOn(story, 4, 24, 0, 0);

        assertThat(rule(story, 4)).isEqualTo("too far below");
        assertThat(decide(story, 4).weights()).isEqualTo(story.of(2));
        assertThat(decide(story, 4).because().facts()).containsEntry("steps untried", "8");
    }

    /// Evaluator 4 tries 2's weights under 1's values: from a first measurement, so much a step, for an
    /// interval. 1 went 2 4 6 8 10 12 14 16.
    private static Story tried(double from, double by) {
        var story = interval(5);
        takes(story, 4, from);
        goesOn(story, 4, 8, from, by);
        return story;
    }

    @Test
    void anEvaluatorThatMayBeBetter_goesOn() {
        // 4.5 8.5 12.5 16.5 20.5 24.5 against 6 8 10 12 14 16: 5 of 6, p = 7/64 < 0.01 + 1 - 8/24
        var story = tried(4.5, 4);

        assertThat(rule(story, 4)).isEqualTo("goes on");
        assertThat(decide(story, 1).because().rule()).isEqualTo("truncation");
    }

    @Test
    void anEvaluatorThatLeadsFromALevelOn_succeeds_andItsChildTakesItsWeights() {
        // it reaches 2 with 5.5: 5.5 9.5 ... 33.5 against 2 4 ... 16: 8 of 8, p = 1/256
        var story = tried(1.5, 4);

        assertThat(rule(story, 4)).isEqualTo("succeeds");
        assertThat(decide(story, 4).weights()).isEqualTo(new Weights.Own());
        var taken = decide(story, 1);
        assertThat(taken.weights()).isEqualTo(story.of(4));
        assertThat(taken.values()).isEqualTo(story.values("x=0.2"));
        assertThat(taken.because().rule()).isEqualTo("taken from an evaluator");
        assertThat(Double.parseDouble(taken.because().facts().getOrDefault("opponent score", "")))
                .isCloseTo(33.5 - 16, within(0.1));
        assertThat(decide(story, 0).because().rule()).as("not its child").isEqualTo("truncation");
    }

    @Test
    void whenItsChildHasItsWeights_anEvaluatorIsIdle_andTheirCurveGoesOn() {
        var story = tried(1.5, 4);
        takes(story, 1, 33.5);
        goesOn(story, 1, 8, 33.5, 4);
        climbs(story, 3, 0.8, 8, 2, 0.25);

        assertThat(rule(story, 4)).isEqualTo("taken");
        assertThat(decide(story, 4).weights()).isEqualTo(story.of(3));
        var curve = Stretch.of(story.member(1)).orElseThrow().curve(story.now()).orElseThrow();
        assertThat(curve.length())
                .as("measured, 8 by the evaluator, 8 by itself")
                .isEqualTo(17);
    }

    @Test
    void anEvaluatorThatIsNoBetter_stops() {
        // 4.5 5.5 6.5 ... against 6 8 10 ...: 0 of 6, p = 1 > 0.01 + 1 - 8/24
        assertThat(rule(tried(4.5, 1), 4)).isEqualTo("no better");
    }

    @Test
    void anEvaluatorBelow_hasThreeIntervals() {
        var story = interval(5, "budget: {steps: 500}");
        takes(story, 4, 0.5);
        goesOn(story, 4, 16, 0.5, 0);
        assertThat(rule(story, 4)).isEqualTo("goes on");

        climbs(story, 4, 0.2, 8, 0.5, 0);
        assertThat(rule(story, 4)).isEqualTo("too far below");
    }

    @Test
    void aTrialIsOver_whenItsParentIsReplaced() {
        var story = tried(4.5, 4);
        story.copies(2, 3, "x=0.9", 9).measures(2, 2).finishes(2, 2);

        assertThat(rule(story, 4)).isEqualTo("parent replaced");
    }

    @Test
    void aTrialIsOver_whenNobodyHasTheValuesThatItTries() {
        var story = tried(4.5, 4);
        story.copies(1, 0, "x=0.3", 9).measures(1, 8).finishes(1, 8);

        assertThat(rule(story, 4)).isEqualTo("child replaced");
    }

    @Test
    void anEvaluatorThatDiverged_takesTheNextParent() {
        var story = interval(5);
        takes(story, 4, 4);
        story.fails(4, Kind.DIVERGED);

        assertThat(decide(story, 4).weights()).isEqualTo(story.of(3));
    }

    // ---- P2

    @Test
    void pTwo_isPbtByTheRateOfImprovement() {
        // 2 scores more than 3, but 3 improves faster under the child's values
        var story = interval(6);
        takes(story, 4, 4);
        takes(story, 5, 2.5);
        goesOn(story, 4, 7, 4, 1);
        goesOn(story, 5, 7, 2.5, 2);
        // 5 reaches 4 at its second point: 4.5 6.5 ... 16.5 against 4 5 ... 10
        var standing = new Trials(story.now(), new Divisions(List.of(2, 2), 2), 24, 8).byImprovement(2);
        assertThat(standing.best().getFirst().member()).isEqualTo(new MemberId(3));
        assertThat(standing.best().getFirst().score()).isCloseTo(6.5, within(0.05));
        assertThat(standing.best().getLast().score()).isCloseTo(-6.5, within(0.05));

        assertThat(decide(story, 2).weights()).isEqualTo(story.of(3));
        assertThat(decide(story, 2).because().facts())
                .containsEntry("by", "improvement")
                .containsEntry("donor", "3");
        assertThat(decide(story, 3).weights()).isEqualTo(new Weights.Own());
    }

    @Test
    void whoIsUnderNoTrial_hasNoRateOfImprovement() {
        var story = interval(5);

        assertThat(decide(story, 3).weights()).isEqualTo(new Weights.Own());
        assertThat(decide(story, 3).because().facts()).containsEntry("rank", "none");
    }

    @Test
    void whoDiverged_copiesTheBestOfItsSubPopulation_atAnyTime() {
        var story = interval(5);
        story.trains(3, "x=0.8", 9).fails(3, Kind.DIVERGED);

        assertThat(decide(story, 3).weights()).isEqualTo(story.of(2));
    }

    @Test
    void controls_goOn() {
        var story = interval(6, "control: 1");

        assertThat(decide(story, 5).because().rule()).isEqualTo("control");
        assertThat(decide(story, 5).weights()).isEqualTo(new Weights.Own());
    }

    // ---- what is refused

    private static void refused(String message, String... settings) {
        assertThatThrownBy(() ->
                        new FasterImprovement().read(Story.of(settings).now().specification()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(message);
    }

    @Test
    void tooSmall_isRefused_byTheLeast() {
        refused("write 'population: 5'.", "population: 4", "ready: 10");
        refused(
                "a population of at least 9.",
                "population: 5",
                "control: 1",
                "ready: 10",
                "tuner: {fire: {subpopulations: [2, 2, 2]}}");
    }

    @Test
    void groupsThatAreNotThePopulation_areRefused() {
        refused(
                "sub-populations of [8, 8] and 7 evaluators, for 22 members that evolve.",
                "population: 22",
                "ready: 10",
                "tuner: {fire: {subpopulations: [8, 8], evaluators: 7}}");
        refused("CLADE-1362", "population: 6", "ready: 10", "tuner: {fire: {evaluators: 5}}");
    }

    @Test
    void readyInTime_isRefused() {
        refused("fire compares curves, and needs 'ready' in steps.", "population: 22", "ready: {seconds: 5}");
    }

    @Test
    void morePointsThanSteps_areRefused() {
        refused("a whole number from 1 to 10", "population: 22", "ready: 10", "tuner: {fire: {points: 11}}");
    }
}
