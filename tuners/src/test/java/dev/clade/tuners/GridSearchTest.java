package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.Ridge.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridSearchTest {

    private static final String H = "h: {uniform: [0, 1]}";

    private static Trial trial(String... lines) {
        return Trial.of(Ridge.factory(Trouble.NOTHING), lines);
    }

    private static List<String> points(String... lines) {
        return ((GridTuner) trial(lines).tuner())
                .grid().points().stream().map(Hyperparameters::toString).toList();
    }

    @Test
    void levels_areEvenOnTheirScale_bothEndsIncluded_theLastParameterFastest() {
        assertThat(points("tuner: {grid: {per: 3}}", "population: 9", "parameters: {" + H + ", x: {uniform: [0, 4]}}"))
                .containsExactly(
                        "h=0.0 x=0.0",
                        "h=0.0 x=2.0",
                        "h=0.0 x=4.0",
                        "h=0.5 x=0.0",
                        "h=0.5 x=2.0",
                        "h=0.5 x=4.0",
                        "h=1.0 x=0.0",
                        "h=1.0 x=2.0",
                        "h=1.0 x=4.0");
    }

    @Test
    void levelsOfRatios_areEvenInTheirLogarithm() {
        assertThat(((GridTuner) trial(
                                        "tuner: {grid: {per: 3}}",
                                        "population: 3",
                                        "parameters: {lr: {loguniform: [0.01, 1]}}")
                                .tuner())
                        .grid()
                        .points())
                .extracting(p -> Math.round(1e9 * p.real("lr")))
                .containsExactly(10_000_000L, 100_000_000L, 1_000_000_000L);
    }

    @Test
    void aSingleLevel_isTheMiddle() {
        assertThat(points(
                        "tuner: {grid: {per: {x: 2}}}",
                        "population: 2",
                        "parameters: {" + H + ", x: {uniform: [0, 4]}}"))
                .containsExactly("h=0.5 x=0.0", "h=0.5 x=4.0");
    }

    @Test
    void wholeNumbers_areTakenOnce_andVectorsMoveTogether() {
        assertThat(points(
                        "tuner: {grid: {per: 5}}",
                        "population: 12",
                        "parameters: {layers: {int: [1, 2]}, drop: {uniform: [0, 1], size: 2}}"))
                .hasSize(10)
                .startsWith("drop=[0.0, 0.0] layers=1", "drop=[0.25, 0.25] layers=1")
                .endsWith("drop=[1.0, 1.0] layers=2");
    }

    @Test
    void aBranch_hasPointsOfItsOwn() {
        assertThat(points(
                        "tuner: {grid: {per: 2}}",
                        "population: 3",
                        "parameters: {momentum: {uniform: [0, 1], when: {opt: sgd}}, opt: {choice: [adam, sgd]}}"))
                .containsExactly("opt=adam", "momentum=0.0 opt=sgd", "momentum=1.0 opt=sgd");
    }

    @Test
    void withoutLevels_theGridIsAsFineAsThePopulationHasRoomFor() {
        assertThat(points("tuner: grid", "population: 11", "parameters: {" + H + ", x: {uniform: [0, 4]}}"))
                .hasSize(9);
    }

    @Test
    void aGridThatIsLargerThanThePopulation_isRefused_withBothSizes() {
        assertThatThrownBy(() -> points(
                        "tuner: {grid: {per: 3}}", "population: 8", "parameters: {" + H + ", x: {uniform: [0, 4]}}"))
                .hasMessage(
                        "CLADE-1342 program the grid is larger than the population.  Found: 9 points, for 8 members."
                                + "  Expected: a population of at least 9."
                                + "  Mend: raise 'population', or lower 'per'.");
        assertThatThrownBy(() -> points("tuner: {grid: {per: 300}}", "population: 4", "control: 2"))
                .hasMessage("CLADE-1342 program the grid is larger than the population.  Found: more than "
                        + "100000 points, for 2 members beside 2 controls."
                        + "  Expected: a smaller grid.  Mend: raise 'population', or lower 'per'.");
    }

    @Test
    void levelsOfWhatIsNoRange_areRefused() {
        assertThatThrownBy(() -> points("tuner: {grid: {per: {opt: 2}}}", "population: 8"))
                .hasMessage("CLADE-1348 program levels are given for 'opt', which is no range.  Found: opt."
                        + "  Expected: one of [lr, layers, momentum]; of a choice all options are taken."
                        + "  Mend: correct the name, or take it out.");
    }

    @Test
    void startValues_areRefused() {
        assertThatThrownBy(() -> points("tuner: grid", "population: 8", "start: [{lr: 0.1}]"))
                .hasMessage("CLADE-1341 program the tuner 'grid' gives members their values itself."
                        + "  Found: start: [{lr: 0.1}].  Expected: no 'start'.  Mend: take 'start' out.");
    }

    @Test
    void members_trainToTheEndUnderTheirPoints_andCopyNobody_beyondTheGridAgain() {
        var trial = trial(
                "tuner: {grid: {per: {lr: 2}}}",
                "population: 5",
                "parameters: {lr: {loguniform: [0.01, 1]}" + ", layers: {int: [1, 8]}}");
        var grid = ((GridTuner) trial.tuner()).grid();

        var end = trial.run(2).population();

        assertThat(end.members()).hasSize(5).allSatisfy(member -> {
            assertThat(member.step()).isEqualTo(64);
            assertThat(member.segments()).hasSize(8).allSatisfy(s -> {
                assertThat(s.values()).isEqualTo(grid.points().get(member.id().index() % 2));
                assertThat(s.source()).isNotInstanceOf(Segment.Source.Copied.class);
            });
        });
    }

    @Test
    void controls_beginElsewhere_besideTheGrid() {
        var end = trial("tuner: {grid: {per: 1}}", "population: 4", "control: [{lr: 0.5}]")
                .run(2)
                .population();

        assertThat(first(end, 3).real("lr")).isEqualTo(0.5);
        assertThat(first(end, 2)).isEqualTo(first(end, 0));
    }

    private static Hyperparameters first(Population end, int member) {
        return end.members().get(member).segment(1).values();
    }

    @Test
    void aPointThatDiverges_isOver_andNothingIsDrawnInItsPlace() {
        var end = Trial.of(Ridge.factory(Trouble.STEEP), "tuner: {grid: {per: {lr: 2}}}", "population: 4")
                .run(2)
                .population();

        assertThat(end.members()).allSatisfy(m -> {
            boolean steep = m.segment(1).values().real("lr") == 1;
            assertThat(m.ended()).contains(steep ? "lost" : "budget");
            assertThat(m.segments()).hasSize(steep ? 1 : 8);
        });
    }
}
