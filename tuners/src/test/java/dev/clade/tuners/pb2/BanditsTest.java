package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.Explore.Moved;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BanditsTest {

    private static final String[] SETTINGS = {
        "population: 3",
        "ready: {every: 10}",
        "parameters: {x: {uniform: [0, 1]}, kind: {choice: [a, b, c]}, shape: {choice: [p, q], change: never}}"
    };

    /// Each member has a kind, and `b` gains the most in every round.
    private static Story rounds(int count, int... order) {
        var story = Story.enrolled(SETTINGS);
        var kinds = List.of("a", "b", "c");
        for (int round = 1; round <= count; round++) {
            for (int who : order) {
                story.trains(who, "x=0.5 shape=p kind=" + kinds.get(who), 10 * round);
            }
            for (int who : order) {
                story.finishes(who, round * (who == 1 ? 0.5 : 0.1));
            }
        }
        return story;
    }

    private static Moved chosen(Story story, int key) {
        return new Bandits(20)
                .chosen(story.pair(0).values(), new MemberId(0), story.now(), Randomness.keyed(key, 0, 0));
    }

    private static long timesB(Story story) {
        return IntStream.range(0, 400)
                .filter(key -> chosen(story, key).values().text("kind").equals("b"))
                .count();
    }

    @Test
    void kindThatGains_isDrawnMoreOften() {
        assertThat(timesB(rounds(1, 0, 1, 2))).isBetween(90L, 180L);
        assertThat(timesB(rounds(15, 0, 1, 2))).isGreaterThan(250);
    }

    @Test
    void chosen_saysTheChance_andLeavesNumbersAndStructure() {
        var moved = chosen(rounds(3, 0, 1, 2), 1);
        assertThat(moved.facts()).containsOnlyKeys("chance/kind");
        assertThat(Double.parseDouble(moved.facts().getOrDefault("chance/kind", "")))
                .isBetween(0.05, 0.9);
        assertThat(moved.values().real("x")).isEqualTo(0.5);
        assertThat(moved.values().text("shape")).isEqualTo("p");
    }

    @Test
    void chosen_isTheSame_whateverOrderOutcomesArriveIn() {
        for (int key = 0; key < 20; key++) {
            assertThat(chosen(rounds(4, 2, 0, 1), key)).isEqualTo(chosen(rounds(4, 0, 1, 2), key));
        }
    }

    @Test
    void chosen_branchThatOpens_isComplete() {
        var story = Story.enrolled(
                "population: 2",
                "parameters: {kind: {choice: [a, b]}, sub: {choice: [u, v], when: {kind: b}},"
                        + " y: {uniform: [0, 1], when: {sub: v}}}");
        story.trains(0, "kind=a", 10).finishes(0, 0.5);
        var space = story.now().specification().space();
        for (int key = 0; key < 40; key++) {
            assertThat(space.flaws(chosen(story, key).values())).isEmpty();
        }
    }
}
