package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.pbt.PbtReader;
import dev.clade.trainer.Evaluation;
import dev.clade.tune.Decider;
import dev.clade.tune.Roots;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accuracy `a`, the higher the better, against size `b`, the lower the better.
class FrontTest {

    private static final String METRICS = "metrics: [{metric: a, mode: max}, {metric: b, mode: min}]";

    private static Evaluation read(double a, double b) {
        return Evaluation.of("a", a).and("b", b);
    }

    /// Every member's segments, in turn.
    private static Story told(String[] settings, double[]... readings) {
        var story = Story.of(settings);
        story.enrols(java.util.stream.IntStream.range(0, readings.length).toArray());
        for (int i = 0; i < readings.length; i++) {
            for (int j = 0; j < readings[i].length; j += 2) {
                story.trains(i, "x=0.5", 10 * (j / 2 + 1)).finishes(i, read(readings[i][j], readings[i][j + 1]));
            }
        }
        return story;
    }

    private static Story told(double[]... readings) {
        return told(new String[] {METRICS, "population: " + readings.length}, readings);
    }

    private static List<String> front(Story story) {
        return story.now().front().pairs().stream()
                .map(p -> p.checkpoint().digest())
                .toList();
    }

    private static double[] readings(double... readings) {
        return readings;
    }

    @Test
    void front_isWhatNobodyDominates_overTheWholeHistory() {
        assertThat(front(told(readings(0.8, 5, 0.7, 4, 0.6, 6), readings(0.9, 7, 0.5, 3))))
                .containsExactly("0.1", "0.2", "1.1", "1.2");
    }

    @Test
    void pair_thatDominates_takesThePlaceOfThoseItDoes() {
        assertThat(front(told(readings(0.8, 5, 0.7, 4), readings(0.8, 4)))).containsExactly("1.1");
    }

    @Test
    void pair_thatMeasuresTheSame_staysOut() {
        assertThat(front(told(readings(0.8, 5), readings(0.8, 5)))).containsExactly("0.1");
    }

    @Test
    void pair_thatDivergedUnderOneObjective_staysOut() {
        assertThat(front(told(readings(0.8, Double.NaN), readings(0.1, 9)))).containsExactly("1.1");
    }

    @Test
    void controls_stayOut() {
        var settings = new String[] {METRICS, "population: 2", "control: 1"};
        assertThat(front(told(settings, readings(0.5, 5), readings(0.9, 1)))).containsExactly("0.1");
    }

    @Test
    void oneObjective_hasNoFront() {
        assertThat(Story.ranked(List.of(), 1, 2).now().front().pairs()).isEmpty();
    }

    @Test
    void front_isKept_thoughNobodyHoldsIt() {
        var story = told(readings(0.8, 5, 0.7, 4, 0.6, 6), readings(0.9, 7));

        var roots = Roots.of(story.now(), new PbtReader().read(story.now().specification()));
        assertThat(roots).contains(new CheckpointId("0.1"), new CheckpointId("0.2"));
    }

    /// The best and the leaders by `a`, as ever; then of the front as many, the best by `a` first and far apart: 1.1,
    /// which is there already, and 0.3, the other end. 0.2 is between them.
    @Test
    void finals_measureTheFrontToo() {
        var settings = new String[] {METRICS, "population: 2", "final: {candidates: 2, repeats: 1}"};
        var story = told(settings, readings(0.8, 8, 0.7, 6, 0.1, 1), readings(0.9, 9))
                .happens(new Event.ExperimentEnded("budget"));

        assertThat(story.now().finals().orElseThrow().candidates())
                .extracting(p -> p.checkpoint().digest())
                .containsExactly("1.1", "0.3");
    }

    @Test
    void finals_withRoomForMore_takeTheMiddleOfTheFront() {
        var settings = new String[] {METRICS, "population: 2", "final: {candidates: 3, repeats: 1}"};
        var story = told(settings, readings(0.8, 8, 0.5, 5, 0.1, 1), readings(0.9, 9))
                .happens(new Event.ExperimentEnded("budget"));

        assertThat(story.now().finals().orElseThrow().candidates())
                .extracting(p -> p.checkpoint().digest())
                .containsExactly("1.1", "0.3", "0.2");
    }

    // ---- PBT over a front

    /// 0 and 1 are the ends of the front, 2 is between them, 3 is behind 2. Truncation at a quarter replaces 3 alone,
    /// by 0, the best under the first objective.
    @Test
    void truncation_underTwoObjectives_replacesWhoIsBehind() {
        var story = told(
                new String[] {METRICS, "population: 4", "exploit: {truncation: 0.25}"},
                readings(0.9, 9),
                readings(0.1, 1),
                readings(0.5, 5),
                readings(0.4, 6));

        assertThat(List.of(0, 1, 2, 3))
                .filteredOn(who -> decided(story, who) instanceof Decision.Train train
                        && train.weights() instanceof Decision.Weights.Of of
                        && of.donor().index() == 0)
                .containsExactly(3);
        assertThat(decided(story, 2).because().facts()).containsEntry("rank", "3 of 4");
    }

    @Test
    void truncation_ofWhoDivergedUnderTheSecondObjective_replacesIt() {
        var story = told(
                new String[] {METRICS, "population: 3", "exploit: {truncation: 0.3}"},
                readings(0.9, Double.NaN),
                readings(0.1, 1),
                readings(0.05, 2));

        assertThat(decided(story, 0))
                .isInstanceOfSatisfying(
                        Decision.Train.class,
                        train -> assertThat(train.weights()).isInstanceOf(Decision.Weights.Of.class));
        assertThat(decided(story, 0).because().facts()).containsEntry("rank", "3 of 3");
    }

    @Test
    void membersThatMeasureTheSame_tie() {
        var story = told(
                new String[] {METRICS, "population: 2", "exploit: binary_tournament"},
                readings(0.5, 5),
                readings(0.5, 5));

        assertThat(decided(story, 1).because().facts()).containsEntry("tied", "yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t_test", "{t_test: {p: 0.1}}", "{margin: 1}"})
    void exploitThatComparesValues_ofSeveralMetrics_isRefused(String exploit) {
        var story = told(new String[] {METRICS, "population: 1", "exploit: " + exploit}, readings(1, 1));

        assertThatThrownBy(() -> new PbtReader().read(story.now().specification()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(1380))
                .hasMessageContaining("compares values of one metric");
    }

    private static Decision decided(Story story, int who) {
        var decider = new Decider(new PbtReader().read(story.now().specification()));
        return ((Event.Decided) decider.decide(story.now(), new MemberId(who))).decision();
    }
}
