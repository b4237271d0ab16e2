package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Segment;
import dev.clade.tuners.Ridge.Trouble;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneticAlgorithmTest {

    private static Trial trial(Trouble trouble, String... lines) {
        return Trial.of(Ridge.factory(trouble), lines);
    }

    @Test
    void generations_shareOutTheTrainings_theFirstGetWhatIsLeft() {
        assertThat(((GeneticTuner) trial(Trouble.NOTHING, "tuner: ga", "population: 18")
                                .tuner())
                        .sizes())
                .containsExactly(5, 5, 4, 4);
        assertThat(((GeneticTuner) trial(Trouble.NOTHING, "tuner: {ga: {generations: 4, steps: 16}}", "population: 6")
                                .tuner())
                        .sizes())
                .containsExactly(6, 6, 6, 6);
    }

    @Test
    void everyTraining_isFromNewWeights_andAsLongAsItShall_generationsFollowEachOther() {
        var result = trial(Trouble.NOTHING, "tuner: {ga: {generations: 4, steps: 16}}", "population: 6")
                .run(6);

        assertThat(result.population().members()).hasSize(24).allSatisfy(m -> {
            assertThat(m.step()).isEqualTo(16);
            assertThat(m.segments())
                    .singleElement()
                    .satisfies(s -> assertThat(s.source()).isInstanceOf(Segment.Source.Fresh.class));
        });
        assertThat(result.elapsed()).isEqualTo(Duration.ofSeconds(4 * 16));
    }

    /// Full trainings one generation after the other take four times as long as the budget's steps.
    @Test
    void fullTrainings_takeAsManyTimesAsLong_asThereAreGenerations() {
        assertThat(trial(Trouble.NOTHING, "tuner: ga", "population: 16").run(16).elapsed())
                .isEqualTo(Duration.ofSeconds(4 * 64));
    }

    @Test
    void parents_areTheBestSoFar() {
        var result = trial(Trouble.NOTHING, "tuner: {ga: {generations: 4, steps: 16}}", "population: 6")
                .run(6);
        var end = result.population();
        var metric = end.specification().metric();

        for (int generation = 1; generation < 4; generation++) {
            var best = end.members().subList(0, 6 * generation).stream()
                    .sorted(Comparator.comparingDouble((Member m) ->
                            -metric.score(m.standing().orElseThrow().evaluation())))
                    .limit(6)
                    .map(Member::id)
                    .toList();
            assertThat(parents(result.entries().stream().map(e -> e.event()).toList(), generation))
                    .hasSize(12)
                    .isSubsetOf(best);
        }
    }

    private static List<MemberId> parents(List<Event> events, int generation) {
        return events.stream()
                .flatMap(e -> e instanceof Event.Decided d
                                && d.segment() == 0
                                && d.member().index() / 6 == generation
                        ? d.decision().because().over().stream()
                        : java.util.stream.Stream.of())
                .toList();
    }

    @Test
    void withoutMutation_everyValueIsAParents() {
        var end = trial(Trouble.NOTHING, "tuner: {ga: {generations: 4, steps: 16}}", "explore: none", "population: 6")
                .run(6)
                .population();
        var first = end.members().subList(0, 6);

        assertThat(end.members().subList(6, 24))
                .allSatisfy(m -> m.segment(1)
                        .values()
                        .active()
                        .forEach((name, value) -> assertThat(first)
                                .anyMatch(f -> f.segment(1).values().find(name).stream()
                                        .anyMatch(value::equals))));
    }

    @Test
    void whoHasFailed_isNoParent_andAGenerationWithoutParentsIsDrawn() {
        var steep = trial(Trouble.STEEP, "tuner: {ga: {generations: 4, steps: 16}}", "population: 6")
                .run(6);
        var lost = steep.population().members().stream()
                .filter(m -> m.ended().filter("lost"::equals).isPresent())
                .map(Member::id)
                .toList();

        assertThat(lost).isNotEmpty();
        assertThat(IntStream.range(1, 4)
                        .boxed()
                        .flatMap(g -> parents(
                                steep.entries().stream().map(e -> e.event()).toList(), g)
                                .stream()))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(lost);
        assertThat(trial(Trouble.HOPELESS, "tuner: {ga: {generations: 4, steps: 16}}", "population: 6")
                        .run(6)
                        .population()
                        .members())
                .hasSize(24);
    }

    @Test
    void tooSmallAPopulation_isRefused_withTheLeast() {
        assertThatThrownBy(() ->
                        trial(Trouble.NOTHING, "tuner: ga", "population: 7").tuner())
                .hasMessage("CLADE-1347 program a population of 7 is too small for 4 generations."
                        + "  Found: 7 trainings of 64 steps in all."
                        + "  Expected: a population of at least 8: two individuals a generation."
                        + "  Mend: raise 'population', or lower 'generations' or 'steps' of the tuner.");
        assertThatThrownBy(() -> trial(Trouble.NOTHING, "tuner: {ga: {generations: 2, steps: 16}}", "population: 8")
                        .tuner())
                .hasMessage("CLADE-1349 program generations would be larger than the population."
                        + "  Found: 32 trainings of 16 steps, in 2 generations."
                        + "  Expected: at least 4 generations."
                        + "  Mend: raise 'generations' or 'steps' of the tuner.");
    }

    @Test
    void whatItCannotHonour_isRefused() {
        assertThatThrownBy(() -> trial(Trouble.NOTHING, "tuner: ga", "population: 8", "control: 1")
                        .tuner())
                .hasMessage("CLADE-1340 program the tuner 'ga' has no controls.  Found: 1 of them."
                        + "  Expected: no 'control': configurations come and go, and share out the budget among them."
                        + "  Mend: take 'control' out; to compare, run 'tuner: random' beside it.");
        assertThatThrownBy(() -> trial(Trouble.NOTHING, "tuner: ga", "population: 8", "budget: {time: 1h}")
                        .tuner())
                .hasMessage("CLADE-1343 program the tuner 'ga' shares out 'population' times 'steps'."
                        + "  Found: a budget of 3600 s."
                        + "  Expected: 'steps', the most that one configuration trains, and no 'total_steps'."
                        + "  Mend: write, say, 'budget: {steps: 20k}'.");
    }
}
