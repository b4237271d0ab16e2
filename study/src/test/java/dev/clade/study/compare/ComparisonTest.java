package dev.clade.study.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.Member;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Comparison.Line;
import dev.clade.study.compare.Versus.Claim;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Curve;
import dev.clade.study.statistics.Curve.Point;
import dev.clade.trainer.Evaluation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Specification HIGHER = Specification.read(Settings.file());
    private static final Specification LOWER =
            Specification.read(Settings.file().with("mode", Setting.word("min")));

    private static final Arm PBT = new Arm.Tuned("pbt", Setting.word("pbt"));
    private static final Arm RANDOM = new Arm.Tuned("random", Setting.word("random"));

    private static Outcome outcome(double score, double steps) {
        return new Outcome.Complete(
                Evaluation.of("score", score).and("test", -score),
                Optional.of(Evaluation.of("test", -score)),
                new Spent(steps, 400, 40, 3, Duration.ofSeconds(8), Duration.ofSeconds(1), 1, 2, 0, new TreeSet<>()),
                new Curve(List.of(new Point(0, 0), new Point(100, score))),
                new Curve(List.of(new Point(0, 0), new Point(8, score))),
                List.of());
    }

    private static Comparison comparison(Specification specification, double[] pbt, double[] random) {
        var plan = new Plan("study", List.of(PBT, RANDOM), Plan.seeds(1, pbt.length));
        var outcomes = new HashMap<Plan.Entry, Outcome>();
        for (int i = 0; i < pbt.length; i++) {
            outcomes.put(new Plan.Entry(PBT, i + 1), outcome(pbt[i], 400));
            outcomes.put(
                    new Plan.Entry(RANDOM, i + 1),
                    Double.isNaN(random[i]) ? new Outcome.Failed("out of luck") : outcome(random[i], 300));
        }
        return Comparison.of(plan, specification, outcomes, Centre.MEAN);
    }

    private static Line line(Comparison comparison, Arm arm) {
        return comparison.lines().stream()
                .filter(l -> l.arm().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> verdict(Comparison comparison) {
        return comparison.verdict(x -> Double.toString(Math.rint(x * 100) / 100));
    }

    @Test
    void armsAreRankedByTheirCentre_differencesAreOfEqualSeeds() {
        var comparison = comparison(HIGHER, new double[] {1, 10, 100, 5, 6}, new double[] {2, 11, 101, 6, 7});
        assertThat(comparison.lines().stream().map(Line::arm)).containsExactly(RANDOM, PBT);
        var versus = line(comparison, RANDOM).versus().orElseThrow();
        assertThat(versus.difference().value()).isEqualTo(1);
        assertThat(versus.won()).isEqualTo(5);
        assertThat(versus.claim()).isEqualTo(Claim.BETTER);
        assertThat(versus.better().value()).isEqualTo(1);
        assertThat(versus.unpaired().value()).isCloseTo(15.5 / 25, within(1e-12));
        assertThat(line(comparison, PBT).versus()).isEmpty();
    }

    @Test
    void theSentenceSaysByHowMuchAndHowSure() {
        assertThat(verdict(comparison(HIGHER, new double[] {1, 10, 100, 5, 6}, new double[] {2, 11, 101, 6, 7})))
                .containsExactly(
                        "random is better than pbt: over 5 seeds the difference in score is +1.0, 95 % interval +1.0"
                                + " to +1.0; random ended better in 5 of 5.",
                        "random trained 75 % of the budget: 10 members ended early: weights to take over had trained"
                                + " to the end (synchronous: true avoids it); 5 segments failed.");
    }

    @Test
    void whereLowerIsBetter_aNegativeDifferenceIsBetter() {
        var comparison = comparison(LOWER, new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 4, 6, 6});
        assertThat(comparison.lines().stream().map(Line::arm)).containsExactly(PBT, RANDOM);
        var versus = line(comparison, RANDOM).versus().orElseThrow();
        assertThat(versus.claim()).isEqualTo(Claim.WORSE);
        assertThat(versus.won()).isZero();
        assertThat(versus.better().value()).isZero();
        var band = line(comparison, PBT).bySteps().places().getLast();
        assertThat(band.value()).as("curves are turned back").isEqualTo(-3);
        assertThat(band.interval().orElseThrow().holds(-3)).isTrue();
    }

    @Test
    void whereTheIntervalHoldsZero_nothingIsClaimed() {
        assertThat(verdict(comparison(HIGHER, new double[] {1, 2, 3}, new double[] {2, 1, 4})))
                .startsWith(
                        "random and pbt are not told apart: over 3 seeds the difference is +0.33, and its interval,"
                                + " -2.54 to +3.2, holds 0.",
                        "Not told apart is not equal: more seeds might tell them apart.",
                        "Intervals of 3 seeds are Student's t: right if differences are near normal, which so few"
                                + " cannot show. Five seeds or more need no such assumption.");
    }

    @Test
    void withOneSeed_nothingCanBeSaid() {
        assertThat(verdict(comparison(HIGHER, new double[] {1}, new double[] {2})))
                .startsWith("With 1 seed nothing can be said of random and pbt: a difference of +1.0 has no interval.");
    }

    @Test
    void aSeedThatFailed_isLeftOutOfThePairs_andToldWithItsReason() {
        var comparison = comparison(HIGHER, new double[] {1, 2, 3}, new double[] {2, Double.NaN, 3});
        assertThat(comparison.failed()).isTrue();
        assertThat(line(comparison, RANDOM).failures()).isEqualTo(Map.of(2L, "out of luck"));
        assertThat(line(comparison, RANDOM).versus().orElseThrow().pairs()).isEqualTo(2);
        assertThat(comparison.rank(line(comparison, RANDOM))).contains(1);
    }

    @Test
    void anArmWithoutAScore_isLast_andNothingIsSaidOfIt() {
        var comparison = comparison(HIGHER, new double[] {1, 2}, new double[] {Double.NaN, Double.NaN});
        assertThat(comparison.lines().getLast().arm()).isEqualTo(RANDOM);
        assertThat(comparison.rank(comparison.lines().getLast())).isEmpty();
        assertThat(comparison.lines().getLast().bySteps().places()).isEmpty();
        assertThat(verdict(comparison))
                .containsExactly("Nothing can be said of random and pbt: no seed is complete in both.");
    }

    @Test
    void whatIsReported_isTheScore() {
        var reported = Specification.read(Settings.file().with("report", Setting.word("test")));
        var comparison = comparison(reported, new double[] {1, 2}, new double[] {3, 5});
        assertThat(comparison.score().name()).isEqualTo("test");
        assertThat(comparison.lines().stream().map(Line::arm)).containsExactly(PBT, RANDOM);
        assertThat(line(comparison, RANDOM).estimate().orElseThrow().value()).isEqualTo(-4);
        assertThat(line(comparison, RANDOM).selected().orElseThrow().value()).isEqualTo(4);
    }

    @Test
    void severalComparisons_areWarnedOf() {
        var frozen = new Arm.Ablated(Ablation.FROZEN);
        var plan = new Plan("study", List.of(PBT, RANDOM, frozen), Plan.seeds(1, 2));
        var outcomes = new HashMap<Plan.Entry, Outcome>();
        plan.entries().forEach(e -> outcomes.put(e, outcome(e.seed(), 400)));
        assertThat(verdict(Comparison.of(plan, HIGHER, outcomes, Centre.MEAN)))
                .contains(
                        "Each of these 2 comparisons is wrong by chance in 5 of 100; one or more of them in up to 10.");
    }

    // ---- real experiments

    @Test
    void armsOfASeed_beginWithTheSameDraws_andSpendTheSameSteps() {
        var pbt = Settings.run(Settings.recipe().of(PBT, 7).settings());
        var random = Settings.run(Settings.recipe().of(RANDOM, 7).settings());
        assertThat(first(random.population().members()))
                .isEqualTo(first(pbt.population().members()));
        var one = (Outcome.Complete) Outcome.of(pbt.entries());
        var other = (Outcome.Complete) Outcome.of(random.entries());
        assertThat(one.spent().steps()).isEqualTo(400).isEqualTo(other.spent().steps());
        assertThat(one.spent().share()).contains(1.0);
        assertThat(one.spent().shortfall()).isEmpty();
        assertThat(other.spent().evaluations()).isEqualTo(40);
        assertThat(other.spent().copies()).isZero();
        assertThat(one.spent().copies()).isPositive();
        assertThat(one.spent().evaluations()).isEqualTo(40 + one.spent().copies());
        assertThat(one.spent().training()).isEqualTo(Duration.ofSeconds(200));
    }

    private static List<Object> first(List<Member> members) {
        return members.stream().map(m -> (Object) m.segment(1).values()).toList();
    }

    @Test
    void curves_growToTheEnd_andTheWinnerIsMeasuredAfresh() {
        var run = Settings.run(Settings.recipe().of(PBT, 7).settings());
        var outcome = (Outcome.Complete) Outcome.of(run.entries());
        var points = outcome.bySteps().points();
        assertThat(points).hasSizeGreaterThan(5);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).value())
                    .isGreaterThanOrEqualTo(points.get(i - 1).value());
        }
        assertThat(points.getLast().at()).isEqualTo(100);
        assertThat(outcome.byTime().end()).isEqualTo(200);
        var winner = run.population()
                .finals()
                .orElseThrow()
                .winner(run.population().specification())
                .orElseThrow();
        assertThat(outcome.measured()).isEqualTo(winner.measured());
        assertThat(outcome.schedule().getLast().to()).isEqualTo(winner.pair().lineageStep());
    }

    /// Asynchronous members that are behind take over who is ahead, and have no steps left.
    @Test
    void whoSpendsLessThanTheBudget_isTold() {
        var settings = Settings.recipe().of(PBT, 3).settings().without("synchronous");
        var outcome = (Outcome.Complete) Outcome.of(Settings.run(settings).entries());
        assertThat(outcome.spent().steps()).isLessThan(380);
        assertThat(outcome.spent().shortfall().orElseThrow()).contains(" ended early: weights to take over had");
    }

    @Test
    void anExperimentWithoutAWinner_hasFailed_forTheReasonOfItsFirstFailure() {
        var settings = Settings.recipe()
                .of(RANDOM, 1)
                .settings()
                .with("trainer", Setting.map("toy", Setting.word("sleeper")))
                .with("retries", Setting.word("0"));
        assertThat(Outcome.of(Settings.run(settings).entries()))
                .isEqualTo(new Outcome.Failed("no member has a model that could be measured at the end; the first"
                        + " failure: java.lang.IllegalArgumentException: no hyperparameter 'gain' is active; active"
                        + " are [h]"));
    }
}
