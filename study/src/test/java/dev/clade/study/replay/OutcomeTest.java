package dev.clade.study.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.MemberId;
import dev.clade.study.replay.Outcome.Verdict;
import dev.clade.study.statistics.Estimate.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static Scores scores(double... all) {
        var bySeed = new TreeMap<MemberId, Double>();
        for (int i = 0; i < all.length; i++) {
            if (!Double.isNaN(all[i])) {
                bySeed.put(new MemberId(i), all[i]);
            }
        }
        return new Scores(bySeed, all.length);
    }

    private static Outcome outcome(double winner, Scores schedule, Scores last, Scores first) {
        return new Outcome(
                winner,
                true,
                new EnumMap<>(Map.of(Arm.SCHEDULE, schedule, Arm.KNOTS, schedule, Arm.FINAL, last, Arm.INITIAL, first)),
                1);
    }

    private static final Scores HIGH = scores(0.91, 0.90, 0.92, 0.89, 0.90);
    private static final Scores MIDDLE = scores(0.71, 0.70, 0.72, 0.69, 0.70);
    private static final Scores LOW = scores(0.51, 0.50, 0.52, 0.49, 0.50);
    private static final Scores WIDE = scores(0.9, 0.1, 0.8, 0.2, 0.95);

    @Test
    void aScheduleThatReachesTheWinnerAndBeatsBothConstantsCarriesTheGain() {
        var outcome = outcome(0.9, HIGH, LOW, MIDDLE);
        assertThat(outcome.verdict()).isEqualTo(Verdict.CARRIES);
        assertThat(outcome.constant()).isEqualTo(Arm.INITIAL);
        assertThat(outcome.share().orElseThrow()).isCloseTo(1.02, within(0.05));
    }

    @Test
    void oneThatFallsShortCarriesAPart() {
        var outcome = outcome(0.9, MIDDLE, LOW, LOW);
        assertThat(outcome.verdict()).isEqualTo(Verdict.CARRIES_PART);
        assertThat(outcome.share().orElseThrow()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void oneThatIsNoBetterThanAConstantDoesNot() {
        assertThat(outcome(0.9, LOW, LOW, LOW).verdict()).isEqualTo(Verdict.DOES_NOT);
        assertThat(outcome(0.9, LOW, MIDDLE, LOW).verdict()).isEqualTo(Verdict.DOES_NOT);
    }

    @Test
    void constantsThatReachTheWinnerLeaveNoGain() {
        assertThat(outcome(0.88, HIGH, HIGH, LOW).verdict()).isEqualTo(Verdict.NO_GAIN);
    }

    /// On average `HIGH` is above 0.9, and by chance could be below.
    @Test
    void aConstantThatMayReachTheWinnerOrNotLeavesItOpenWhetherThereIsAGain() {
        assertThat(outcome(0.9, HIGH, HIGH, LOW).verdict()).isEqualTo(Verdict.TOO_FEW);
        assertThat(outcome(0.9, LOW, HIGH, LOW).verdict()).isEqualTo(Verdict.TOO_FEW);
        assertThat(outcome(0.9, LOW, WIDE, LOW).verdict()).isEqualTo(Verdict.TOO_FEW);
    }

    /// Seed by seed the schedule is exactly 0.16 better, and half of the mean gain is 0.17: but the constants
    /// scatter, so that the half is not known to be more.
    @Test
    void halfOfTheGainIsAsUncertainAsTheConstantThatItIsCountedFrom() {
        var constant = scores(0.40, 0.48, 0.56, 0.64, 0.72);
        var schedule = scores(0.56, 0.64, 0.72, 0.80, 0.88);
        var initial = scores(0.1, 0.1, 0.5, 0.9, 0.9);
        assertThat(outcome(0.9, schedule, constant, initial).verdict()).isEqualTo(Verdict.TOO_FEW);
        assertThat(outcome(1.5, schedule, constant, initial).verdict()).isEqualTo(Verdict.DOES_NOT);
    }

    @Test
    void whatScattersSaysNothing() {
        assertThat(outcome(0.9, WIDE, LOW, LOW).verdict()).isEqualTo(Verdict.TOO_FEW);
        assertThat(outcome(0.9, scores(0.9), scores(0.5), scores(0.5)).verdict())
                .isEqualTo(Verdict.TOO_FEW);
    }

    @Test
    void anArmWithoutAScoreLeavesItOpen() {
        assertThat(outcome(0.9, HIGH, Scores.none(5), LOW).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(outcome(0.9, Scores.none(5), LOW, LOW).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aConstantIsNoSchedule() {
        var arms = Map.of(Arm.SCHEDULE, HIGH, Arm.KNOTS, HIGH, Arm.FINAL, HIGH, Arm.INITIAL, HIGH);
        assertThat(new Outcome(0.9, false, arms, 1).verdict()).isEqualTo(Verdict.NO_SCHEDULE);
    }

    @Test
    void armsAreComparedSeedBySeed() {
        var one = scores(1, 10, Double.NaN, 30, 40, 50);
        var other = scores(0, 9, 5, 29, Double.NaN, 49);
        var better =
                outcome(60, one, other, other).better(Arm.SCHEDULE, Arm.FINAL).orElseThrow();
        assertThat(better.value()).isEqualTo(1);
        assertThat(better.samples()).isEqualTo(4);
        assertThat(better.by()).isEqualTo(Method.STUDENT);
        assertThat(outcome(60, one, other, other)
                        .mean(Arm.SCHEDULE)
                        .orElseThrow()
                        .by())
                .isEqualTo(Method.BOOTSTRAP);
        assertThat(outcome(60, one, other, other)
                        .shortfall(Arm.FINAL)
                        .orElseThrow()
                        .value())
                .isCloseTo(60 - 18.4, within(1e-12));
        assertThat(List.of(one.seeds(), one.all().size())).containsExactly(6, 5);
    }
}
