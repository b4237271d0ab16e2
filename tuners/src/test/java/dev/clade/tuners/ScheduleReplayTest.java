package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Member;
import dev.clade.tuners.Ridge.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleReplayTest {

    private static final String PARAMETERS = "parameters: {lr: {loguniform: [0.0001, 1]}, layers: {int: [1, 9]},"
            + " opt: {choice: [adam, sgd], change: never}, momentum: {uniform: [0, 0.99], when: {opt: sgd}}}";

    private static Trial trial(String points, String more, String... lines) {
        var all = new java.util.ArrayList<>(List.of(lines));
        all.add(0, PARAMETERS);
        all.add("tuner: {schedule: {at: [" + points + "]" + more + "}}");
        return Trial.of(Ridge.factory(Trouble.NOTHING), all.toArray(String[]::new));
    }

    private static String point(long step, double lr, int layers) {
        return "{step: " + step + ", values: {lr: " + lr + ", layers: " + layers + ", opt: adam}}";
    }

    private static List<String> stretches(Member member) {
        return member.segments().stream()
                .map(s -> s.startStep() + "-" + s.pair().orElseThrow().step() + " " + s.values())
                .toList();
    }

    @Test
    void valuesHold_untilTheNextAreGiven_segmentsEndAtBoth() {
        var end = trial(point(0, 0.1, 1) + ", " + point(20, 0.01, 3), "", "population: 2", "ready: {every: 24}")
                .run(2)
                .population();

        assertThat(end.members())
                .allSatisfy(m -> assertThat(stretches(m))
                        .containsExactly(
                                "0-20 layers=1 lr=0.1 opt=adam",
                                "20-44 layers=3 lr=0.01 opt=adam",
                                "44-64 layers=3 lr=0.01 opt=adam"));
    }

    @Test
    void linear_numbersGoOnTheirScale_eachStretchHasItsMiddle_whatIsLastHolds() {
        var end = trial(
                        point(0, 0.1, 1) + ", " + point(40, 0.001, 9),
                        ", interpolate: linear",
                        "population: 1",
                        "ready: {every: 20}")
                .run(1)
                .population();

        // the middles are at 1/4 and 3/4 of the way: lr 10^-1.5 and 10^-2.5, layers 3 and 7
        assertThat(end.members().getFirst().segments())
                .extracting(s -> s.values().whole("layers"))
                .containsExactly(3L, 7L, 9L, 9L);
        assertThat(end.members().getFirst().segments())
                .extracting(s -> StrictMath.log10(s.values().real("lr")))
                .allSatisfy(x -> assertThat(x).isBetween(-3.0001, -1.4999));
        assertThat(StrictMath.log10(end.members().getFirst().segment(1).values().real("lr")))
                .isCloseTo(-1.5, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void members_differInTheirSeedsOnly_andTheSeedOfTheExperiment() {
        var trial = trial(point(0, 0.1, 1), "", "population: 2");

        var end = trial.run(2).population();
        var other = trial.with("seed", 9).run(2).population();

        assertThat(stretches(end.members().getFirst()))
                .isEqualTo(stretches(end.members().getLast()))
                .isEqualTo(stretches(other.members().getFirst()));
        assertThat(end.members())
                .extracting(m -> m.standing().orElseThrow().evaluation())
                .doesNotHaveDuplicates();
    }

    @Test
    void valuesThatAreNoPointOfTheSpace_areRefused_withTheirStep() {
        assertThatThrownBy(() -> trial(point(0, 0.1, 1) + ", {step: 300, values: {lr: 0.1, opt: sgd}}", "")
                        .tuner())
                .hasMessage("CLADE-1350 program the schedule's values at step 300 are not a point of the space."
                        + "  Found: layers is missing; momentum is missing."
                        + "  Expected: a value for each active parameter, and no other."
                        + "  Mend: correct the values there.");
        assertThatThrownBy(() -> trial(point(0, 7, 1), "").tuner())
                .hasMessage("CLADE-1108 program the value given for 'lr' is outside its domain."
                        + "  Found: 7.0.  Expected: a value in loguniform [1.0E-4, 1.0]."
                        + "  Mend: correct the value or the domain.");
    }

    @Test
    void stepsThatDoNotGrowFromZero_areRefused() {
        assertThatThrownBy(() -> trial(point(5, 0.1, 1), "").tuner())
                .hasMessage("CLADE-1351 program the steps of a schedule begin at 0 and grow."
                        + "  Found: step 5 as the first.  Expected: step 0.  Mend: put the schedule in order.");
        assertThatThrownBy(() -> trial(point(0, 0.1, 1) + ", " + point(9, 0.1, 1) + ", " + point(9, 0.1, 1), "")
                        .tuner())
                .hasMessage("CLADE-1351 program the steps of a schedule begin at 0 and grow."
                        + "  Found: step 9 after 9.  Expected: a step of at least 10."
                        + "  Mend: put the schedule in order.");
    }

    @Test
    void structureThatChanges_isRefused() {
        assertThatThrownBy(() -> trial(
                                point(0, 0.1, 1) + ", {step: 8, values: {lr: 1, layers: 1, opt: sgd, momentum: 0}}", "")
                        .tuner())
                .hasMessage("CLADE-1352 program the schedule changes 'opt' at step 8."
                        + "  Found: sgd, after adam."
                        + "  Expected: one value throughout: it says 'change: never'."
                        + "  Mend: correct it there, or train one schedule for each value.");
    }

    @Test
    void readyByTheClock_isRefused() {
        assertThatThrownBy(
                        () -> trial(point(0, 0.1, 1), "", "ready: {seconds: 5}").tuner())
                .hasMessage("CLADE-1353 program a schedule is of steps.  Found: a 'ready' by the clock."
                        + "  Expected: 'ready: {every: N}', in steps.  Mend: count steps.");
    }

    @Test
    void aParentThatPassesItsThreshold_keepsTheBranch() {
        var trial = Trial.of(
                Ridge.factory(Trouble.NOTHING),
                "parameters: {lr: {uniform: [0, 1]}, layers: {int: [1, 8]},"
                        + " momentum: {uniform: [0, 0.9], when: {layers: {at_least: 4}}}}",
                "tuner: {schedule: {at: [{step: 0, values: {lr: 0, layers: 8, momentum: 0.5}}, {step: 64, values: {lr:"
                        + " 1, layers: 1}}], interpolate: linear}}",
                "ready: {every: 32}",
                "population: 1");

        // at 3/4 of the way there would be 3 layers, and no momentum
        assertThat(stretches(trial.run(1).population().members().getFirst()))
                .containsExactly("0-32 layers=6 lr=0.25 momentum=0.5", "32-64 layers=8 lr=0.0 momentum=0.5");
    }
}
