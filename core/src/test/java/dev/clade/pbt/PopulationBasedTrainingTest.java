package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Failure.Kind;
import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Algorithm 1 of the paper, decision by decision.
class PopulationBasedTrainingTest {

    private static final String LOG = "parameters: {x: {loguniform: [1e-6, 1]}}";
    private static final String BRANCHES =
            "parameters: {opt: {choice: [adam, sgd]}, momentum: {uniform: [0, 0.9], when: {opt: sgd}}, lr: {loguniform:"
                    + " [1e-4, 1]}}";
    private static final String STRUCTURE =
            "parameters: {lr: {loguniform: [1e-4, 1]}, width: {ordered: [32, 64, 128], change: never}}";

    private static Train decide(Story story, int who) {
        var tuner = new PbtReader().read(story.now().specification());
        var member = story.member(who);
        var seed = story.now().specification().seed();
        return (Train) tuner.decide(story.now(), member.id(), Randomness.keyed(seed, who, member.decided()));
    }

    private static Randomness random(Story story, int who) {
        return Randomness.keyed(
                story.now().specification().seed(), who, story.member(who).decided());
    }

    private static void goesOn(Story story, int who) {
        var train = decide(story, who);
        assertThat(train.weights()).isEqualTo(new Weights.Own());
        assertThat(train.values())
                .isEqualTo(story.member(who).segment().orElseThrow().values());
    }

    /// Member by member: values, and the score after 10 steps.
    private static Story trained(List<String> settings, List<String> values, double... scores) {
        var all = new ArrayList<>(settings);
        all.add("population: " + scores.length);
        var story = Story.enrolled(all.toArray(String[]::new));
        for (int i = 0; i < scores.length; i++) {
            story.trains(i, values.get(i), 10).finishes(i, scores[i]);
        }
        return story;
    }

    // ---- the beginning

    @Test
    void firstDecisions_takeOneValueFromEachStratumOfThePrior() {
        var story = Story.enrolled("population: 16", "seed: 3", LOG);
        var strata = IntStream.range(0, 16)
                .map(i -> (int) (16 * (1 + Math.log10(decide(story, i).values().real("x")) / 6)))
                .sorted();

        assertThat(strata.toArray()).isEqualTo(IntStream.range(0, 16).toArray());
    }

    @Test
    void firstDecisions_beginWithNewWeights_untilTheFirstReadyPoint() {
        var story = Story.enrolled("ready: {every: 7}");
        var first = decide(story, 1);

        assertThat(first.weights()).isEqualTo(new Weights.Fresh());
        assertThat(first.plan()).isEqualTo(new Plan(new Until.Steps(7), 1, true, 0));
        assertThat(first.because().rule()).isEqualTo("begun");
    }

    @Test
    void firstDecisions_doNotDependOnWhoDecidedBefore() {
        var story = Story.enrolled("population: 4");
        var alone = decide(story, 2);
        story.trains(0, "x=0.9", 10).finishes(0, 7).trains(3, "x=0.1", 10);

        assertThat(decide(story, 2)).isEqualTo(alone);
    }

    @Test
    void independentSampling_drawsEachMemberByItself() {
        var story = Story.enrolled("sampling: independent", LOG);

        assertThat(decide(story, 1).values())
                .isEqualTo(story.now().specification().space().draw(random(story, 1)));
    }

    @Test
    void startValues_goToTheFirstMembers_andTheRestIsDrawn() {
        var given = List.of("start: [{opt: sgd}, {lr: 0.5, opt: adam}]", "population: 4", BRANCHES);
        var story = Story.enrolled(given.toArray(String[]::new));
        var drawn = Story.enrolled("population: 4", BRANCHES);

        assertThat(decide(story, 0).values().text("opt")).isEqualTo("sgd");
        assertThat(decide(story, 0).values().real("momentum")).isBetween(0.0, 0.9);
        assertThat(decide(story, 0).values().find("lr"))
                .isEqualTo(decide(drawn, 0).values().find("lr"));
        assertThat(decide(story, 1).values()).isEqualTo(story.values("lr=0.5 opt=adam"));
        assertThat(decide(story, 2)).isEqualTo(decide(drawn, 2));
    }

    @Test
    void controlValues_goToTheLastMembers() {
        var story = Story.enrolled("population: 4", "control: [{x: 0.25}, {x: 0.75}]", "start: [{x: 0.5}]");

        assertThat(List.of(0, 2, 3).stream().map(i -> decide(story, i).values()))
                .containsExactly(story.values("x=0.5"), story.values("x=0.25"), story.values("x=0.75"));
    }

    // ---- ready

    @Test
    void burnIn_isTheFirstReadyPoint_andThenEverySoManyOfTheOwnSteps() {
        var story = Story.enrolled("ready: {every: 10, burn_in: 35}", "budget: {steps: 500}");
        assertThat(decide(story, 0).plan().until()).isEqualTo(new Until.Steps(35));

        story.trains(0, "x=0.2", 35).finishes(0, 1);
        assertThat(decide(story, 0).plan().until()).isEqualTo(new Until.Steps(45));
    }

    @Test
    void readyInSeconds_isATimeOfTraining() {
        assertThat(decide(Story.enrolled("ready: {seconds: 90s}"), 0).plan().until())
                .isEqualTo(new Until.Elapsed(Duration.ofSeconds(90)));
    }

    @Test
    void readyPoints_whereNoneAreGiven_areAFiftiethOfTheBudget() {
        assertThat(decide(Story.enrolled("budget: {steps: 20k}"), 0).plan().until())
                .isEqualTo(new Until.Steps(400));
    }

    // ---- exploit, explore

    @Test
    void whoIsInTheBottomShare_copiesWeightsAndHyperparametersOfTheTop_explored() {
        var story = Story.ranked(List.of(LOG), 1, 2, 3, 4, 9);
        var copy = decide(story, 0);
        double x = copy.values().real("x");

        assertThat(copy.weights()).isEqualTo(story.of(4));
        assertThat(x).isIn(0.5 * 0.8, 0.5 * 1.25);
        assertThat(copy.plan().evaluateFirst()).isTrue();
        assertThat(copy.because().rule()).isEqualTo("truncation");
        assertThat(copy.because().facts())
                .containsEntry("rank", "5 of 5")
                .containsEntry("share", "1")
                .containsEntry("donor", "4")
                .containsEntry("score", "1.0")
                .containsEntry("opponent score", "9.0");
    }

    @Test
    void whoIsNotInTheBottomShare_goesOnAsItWas() {
        var story = Story.ranked(List.of(LOG), 1, 2, 3, 4, 9);

        IntStream.rangeClosed(1, 4).forEach(who -> goesOn(story, who));
    }

    @Test
    void underMin_theHighestAreReplaced() {
        var story = Story.ranked(List.of("mode: min"), 1, 2, 3, 4, 9);

        assertThat(decide(story, 4).weights()).isEqualTo(story.of(0));
        goesOn(story, 0);
    }

    @Test
    void aDecision_isAFunctionOfThePopulationAndTheKeyAlone() {
        var story = Story.ranked(List.of("seed: 5"), 1, 2, 3, 4, 9);
        var again = Story.ranked(List.of("seed: 5"), 1, 2, 3, 4, 9);

        assertThat(decide(story, 0)).isEqualTo(decide(story, 0)).isEqualTo(decide(again, 0));
    }

    @Test
    void exploreNone_takesTheDonorsValuesAsTheyAre() {
        assertThat(decide(Story.ranked(List.of("explore: none"), 1, 2), 0)
                        .values()
                        .real("x"))
                .isEqualTo(0.2);
    }

    @Test
    void chance_ofNothing_movesNothing() {
        var settings = List.of("explore: {perturb: [0.5, 2], chance: 0}", LOG);

        assertThat(decide(Story.ranked(settings, 1, 2), 0).values().real("x")).isEqualTo(0.2);
    }

    /// Of 3000 copies under chance 0.33, 990 are expected to move, with a deviation of 26: five of them are allowed.
    @Test
    void chance_isThatOfEachParameterToMove() {
        long moved = IntStream.range(0, 3000)
                .filter(seed -> decide(
                                        Story.ranked(
                                                List.of("explore: {perturb: [0.5, 2], chance: 0.33}", "seed: " + seed),
                                                1,
                                                2),
                                        0)
                                .values()
                                .real("x")
                        != 0.2)
                .count();

        assertThat(moved).isBetween(990L - 130, 990L + 130);
    }

    @Test
    void resample_isANewDrawFromThePrior() {
        for (var explore : List.of("explore: {perturb: [0.5, 2], resample: 1}", "explore: resample")) {
            var story = Story.ranked(List.of(explore, LOG), 1, 2);
            var domain =
                    story.now().specification().space().find("x").orElseThrow().domain();

            assertThat(decide(story, 0).values().find("x"))
                    .hasValue(domain.draw(random(story, 0).of("resample/explore/x")));
        }
    }

    @Test
    void gaussian_addsKeyedNoiseToTheLogarithm() {
        var story = Story.ranked(List.of("explore: {gaussian: 0.1}", LOG), 1, 2);
        double noise = 0.1 * random(story, 0).of("move/explore/x").nextGaussian();

        assertThat(decide(story, 0).values().real("x"))
                .isEqualTo(StrictMath.exp(StrictMath.log(0.2) + noise))
                .isNotEqualTo(0.2);
    }

    @Test
    void anotherParameter_changesNoOtherMove() {
        var more = "parameters: {a: {uniform: [0, 1]}, x: {loguniform: [1e-6, 1]}}";
        var values = List.of("a=0.5 x=0.1", "a=0.5 x=0.2");

        assertThat(decide(trained(List.of(more), values, 1, 2), 0).values().find("x"))
                .isEqualTo(decide(Story.ranked(List.of(LOG), 1, 2), 0).values().find("x"));
    }

    @Test
    void exploreAlways_movesThoseWhoCopyNobody_butNoControl() {
        var story = Story.ranked(
                List.of("explore: {perturb: [0.5, 2], when: always}", "exploit: none", "control: 1"), 1, 2, 3);

        assertThat(decide(story, 0).weights()).isEqualTo(new Weights.Own());
        assertThat(decide(story, 0).values().real("x")).isNotEqualTo(0.1);
        goesOn(story, 2);
    }

    // ---- inherit

    @Test
    void inheritWeights_exploresTheOwnValues() {
        var story = Story.ranked(List.of("inherit: [weights]", LOG), 1, 2);

        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
        assertThat(decide(story, 0).values().real("x")).isIn(0.1 * 0.8, 0.1 * 1.25);
    }

    @Test
    void inheritHyperparameters_keepsTheOwnWeights() {
        var story = Story.ranked(List.of("inherit: [hyperparameters]", LOG), 1, 2);

        assertThat(decide(story, 0).weights()).isEqualTo(new Weights.Own());
        assertThat(decide(story, 0).values().real("x")).isIn(0.2 * 0.8, 0.2 * 1.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[weights, hyperparameters]", "[weights]"})
    void structure_travelsWithTheWeights_andIsNotExplored(String inherit) {
        for (int seed = 0; seed < 20; seed++) {
            var story = trained(
                    List.of("inherit: " + inherit, STRUCTURE, "explore: resample", "seed: " + seed),
                    List.of("lr=0.1 width=32", "lr=0.2 width=128"),
                    1,
                    2);

            assertThat(decide(story, 0).values().find("width"))
                    .isEqualTo(story.pair(1).values().find("width"));
        }
    }

    @Test
    void structure_staysWithTheOwnWeights_soThatOnlyDonorsOfEqualStructureQualify() {
        var settings = List.of("inherit: [hyperparameters]", STRUCTURE, "exploit: {truncation: 0.5}", "explore: none");
        var values = List.of("lr=0.1 width=32", "lr=0.2 width=64", "lr=0.3 width=32", "lr=0.4 width=128");
        var story = trained(settings, values, 1, 2, 3, 4);

        assertThat(decide(story, 0).values()).isEqualTo(story.values("lr=0.3 width=32"));
        goesOn(story, 1);
        assertThat(decide(story, 1).because().facts()).containsEntry("donor", "nobody qualifies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary_tournament", "t_test", "{margin: 0.1}", "{truncation: 0.5}"})
    void structure_thatDiffers_isNoOpponentEither(String exploit) {
        var settings = List.of("inherit: [hyperparameters]", STRUCTURE, "exploit: " + exploit);

        goesOn(trained(settings, List.of("lr=0.1 width=32", "lr=0.2 width=64"), 1, 2), 0);
    }

    // ---- conditional parameters

    @Test
    void aCopy_holdsExactlyTheDonorsActiveValues() {
        var story = trained(
                List.of(BRANCHES, "explore: none"), List.of("opt=sgd momentum=0.5 lr=0.1", "opt=adam lr=0.2"), 1, 2);

        assertThat(decide(story, 0).values()).isEqualTo(story.values("opt=adam lr=0.2"));
        assertThat(decide(story.trains(1, "opt=adam lr=0.2", 20).finishes(1, 0), 1)
                        .values())
                .isEqualTo(story.values("opt=sgd momentum=0.5 lr=0.1"));
    }

    @Test
    void weightsAlone_leaveTheRecipientItsOwnBranch() {
        var story = trained(
                List.of(BRANCHES, "explore: none", "inherit: [weights]"),
                List.of("opt=sgd momentum=0.5 lr=0.1", "opt=adam lr=0.2"),
                1,
                2);

        assertThat(decide(story, 0).values()).isEqualTo(story.values("opt=sgd momentum=0.5 lr=0.1"));
    }

    @Test
    void explore_goesParentsFirst_aBranchThatOpensIsDrawn_oneThatClosesIsGone() {
        int opened = 0;
        for (int seed = 0; seed < 40; seed++) {
            var story = trained(
                    List.of(BRANCHES, "explore: resample", "seed: " + seed),
                    List.of("opt=sgd momentum=0.5 lr=0.1", "opt=adam lr=0.2"),
                    1,
                    2);
            var space = story.now().specification().space();
            var values = decide(story, 0).values();

            assertThat(space.flaws(values)).isEmpty();
            if (values.find("opt").equals(Optional.of(new Value.Text("sgd")))) {
                opened++;
                assertThat(values.find("momentum"))
                        .hasValue(space.fresh(space.find("momentum").orElseThrow(), random(story, 0)));
            }
        }
        assertThat(opened).isBetween(8, 32);
    }

    // ---- scores

    /// 0 is at step 10 with 5; 1 had 4 at step 10 and has 9 at 30; 2 had 6 at 10 and has 7 at 20.
    private static Story atSteps(String scores) {
        return Story.ranked(List.of("scores: " + scores, "exploit: {truncation: 0.34}", "explore: none"), 5, 4, 6)
                .trains(1, "x=0.2", 20)
                .finishes(1, 8)
                .trains(1, "x=0.2", 30)
                .finishes(1, 9)
                .trains(2, "x=0.3", 20)
                .finishes(2, 7);
    }

    @Test
    void scoresLatest_compareWhatEachHasNow_whateverItsStep() {
        var story = atSteps("latest");

        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
    }

    @Test
    void scoresSameStep_keepEveryPairThatSomebodyMayStillChoose() {
        var story = Story.ranked(List.of("scores: same-step"), 1, 2)
                .trains(0, "x=0.1", 15)
                .finishes(0, 1);
        story.trains(1, "x=0.2", 20).finishes(1, 3).trains(1, "x=0.2", 31).finishes(1, 4);

        assertThat(new PbtReader().read(story.now().specification()).keeps(story.now()))
                .extracting(CheckpointId::digest)
                .contains("1.1", "1.2", "1.3");
    }

    @Test
    void scoresSameStep_compareWhatOthersHadAtMyStep_andCopyThatPair() {
        goesOn(atSteps("same-step"), 0);

        var behind = atSteps("same-step").trains(2, "x=0.3", 25).finishes(2, 1);
        var copy = decide(behind, 2);
        assertThat(copy.weights())
                .isEqualTo(new Weights.Of(
                        new MemberId(1),
                        2,
                        behind.member(1).segment(2).pair().orElseThrow().checkpoint()));
    }

    @Test
    void scoresWithin_leaveOutWhoeverIsFartherAway() {
        goesOn(atSteps("{within: 5}"), 0);

        var near = decide(atSteps("{within: 10}"), 0);
        assertThat(near.weights()).isEqualTo(atSteps("{within: 10}").of(2));
        assertThat(near.because().facts()).containsEntry("rank", "2 of 2");
    }

    // ---- who takes part

    @Test
    void ties_neverCopy() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}"), 3, 3);

        goesOn(story, 0);
        goesOn(story, 1);
        assertThat(decide(story, 1).because().facts()).containsEntry("tied", "yes");
    }

    @Test
    void twins_neverCopy() {
        var story = Story.ranked(List.of(), 1, 2).copies(0, 1, "x=0.3", 20).measures(0, 5);
        // 0 begins with the weights of 1 and was measured higher: the same model, twice.
        goesOn(story, 1);
        assertThat(decide(story, 1).because().facts()).containsEntry("twin", "the same weights");
    }

    @Test
    void aCopyThatIsNotYetMeasured_isInNoRanking() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}"), 1, 2, 9).copies(0, 2, "x=0.3", 20);

        assertThat(decide(story, 1).because().facts()).containsEntry("rank", "2 of 2");
    }

    @Test
    void aFinishedMember_staysInTheRanking_andGives() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}", "explore: none"), 1, 2)
                .stops(1, Specification.OVER_BUDGET);

        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
    }

    @Test
    void controls_neitherGiveNorTake_andCountForNobody() {
        var story = Story.ranked(List.of("control: 2", "exploit: {truncation: 0.5}"), 2, 3, 1, 9);

        goesOn(story, 2);
        goesOn(story, 3);
        assertThat(decide(story, 2).because().rule()).isEqualTo("control");
        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
        assertThat(decide(story, 0).because().facts()).containsEntry("rank", "2 of 2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whoDiverged_isWorst_underBothModes_andNeverADonor(double score) {
        for (var mode : List.of("mode: max", "mode: min")) {
            var story = Story.ranked(List.of(mode, "exploit: {truncation: 0}"), score, 2, 3);

            assertThat(decide(story, 0).weights()).isEqualTo(mode.endsWith("max") ? story.of(2) : story.of(1));
            goesOn(story, 1);
            goesOn(story, 2);
        }
    }

    @Test
    void everybodyElseDiverged_nobodyGives() {
        var story = Story.ranked(List.of("exploit: {truncation: 0.5}"), 1, 2)
                .trains(1, "x=0.2", 20)
                .fails(1, Kind.DIVERGED);

        goesOn(story, 0);
        assertThat(decide(story, 1).weights()).isEqualTo(story.of(0));
    }

    // ---- t-test

    @Test
    void tTest_copiesAClearLead_andNotANarrowOne() {
        var settings = List.of("exploit: {t_test: {p: 0.05}}", "explore: none");
        var clear = samples(settings, new double[] {1, 2, 3}, new double[] {4, 5, 6});
        var narrow = samples(settings, new double[] {0, 2}, new double[] {4, 6});

        assertThat(decide(clear, 0).weights()).isEqualTo(clear.of(1));
        assertThat(decide(clear, 0).because().rule()).isEqualTo("t_test");
        goesOn(clear, 1);
        goesOn(narrow, 0); // p = 0.0528
        assertThat(decide(narrow, 0).because().facts().get("p")).startsWith("0.05278640");
    }

    @Test
    void tTest_underMin_looksTheOtherWay() {
        var story = samples(
                List.of("exploit: {t_test: {p: 0.05}}", "mode: min"), new double[] {4, 5, 6}, new double[] {1, 2, 3});

        assertThat(decide(story, 0).weights()).isEqualTo(story.of(1));
        goesOn(story, 1);
    }

    @Test
    void tTest_ofSingleSamples_goesOnAndSaysWhy() {
        var story = samples(List.of("exploit: t_test"), new double[] {1}, new double[] {9, 10});

        goesOn(story, 0);
        assertThat(decide(story, 0).because().facts()).containsEntry("p", "needs two samples on each side");
    }

    @Test
    void tTest_readsTheWindow_sinceTheLastCopyOnly() {
        var story = samples(List.of("exploit: t_test", "evaluate: {window: 4}"), new double[] {1, 2, 3}, new double[] {
                    4, 5, 6
                })
                .copies(0, 1, "x=0.3", 20)
                .measures(0, 4.4)
                .finishes(0, 4.6);

        assertThat(story.pair(0).window()).containsExactly(4.4, 4.6);
        goesOn(story, 0);
    }

    private static Story samples(List<String> settings, double[]... samples) {
        var all = new ArrayList<>(settings);
        all.add("population: " + samples.length);
        var story = Story.enrolled(all.toArray(String[]::new));
        IntStream.range(0, samples.length)
                .forEach(i -> story.trains(i, "x=" + (i + 1) / 10.0, 10).finishes(i, samples[i]));
        return story;
    }

    // ---- the other parts

    @Test
    void binaryTournament_copiesADrawnOtherThatIsBetter() {
        var settings = List.of("exploit: binary_tournament", "explore: none");
        var story = Story.ranked(settings, 1, 2, 3);
        var donors = new TreeSet<Integer>();
        for (int seed = 0; seed < 20; seed++) {
            var other = Story.ranked(List.of(settings.get(0), settings.get(1), "seed: " + seed), 1, 2, 3);
            donors.add(((Weights.Of) decide(other, 0).weights()).donor().index());
        }

        goesOn(story, 2);
        assertThat(donors).containsExactly(1, 2);
    }

    @Test
    void margin_copiesOnlyWhoIsBetterByMore() {
        var exact = Story.ranked(List.of("exploit: {margin: 1}"), 1, 2);
        var more = Story.ranked(List.of("exploit: {margin: 0.9}"), 1, 2);

        goesOn(exact, 0);
        assertThat(decide(more, 0).weights()).isEqualTo(more.of(1));
    }

    @Test
    void exploitNone_isRandomSearchWithTheSameBudget() {
        var story = Story.ranked(List.of("exploit: none"), 1, 2, 3);

        IntStream.range(0, 3).forEach(who -> goesOn(story, who));
    }

    @Test
    void everyValue_isInsideItsDomain_atTheWalls() {
        var wall = List.of("explore: {perturb: [0.01, 100]}", "exploit: {truncation: 0.5}");
        for (var x : List.of("1e-6", "1")) {
            var story = trained(List.of(wall.get(0), wall.get(1), LOG), List.of("x=0.1", "x=" + x), 1, 2);

            assertThat(story.now()
                            .specification()
                            .space()
                            .flaws(decide(story, 0).values()))
                    .isEmpty();
        }
    }

    /// 1e-6 as float32 is below 1e-6.
    @Test
    void aDonorWhoseReceiptIsRounded_givesValuesInsideTheirDomain() {
        var story = Story.enrolled("explore: none", LOG)
                .trains(0, "x=0.1", 10)
                .trains(1, "x=1e-6", 10)
                .finishes(0, 1);
        var rounded = new Hyperparameters(new TreeMap<>(Map.of("x", new Value.Real((float) 1e-6))));
        story.finishes(1, rounded, 2);

        assertThat(story.now().specification().space().contains(rounded)).isFalse();
        assertThat(decide(story, 0).values()).isEqualTo(story.values("x=1e-6"));
    }
}
