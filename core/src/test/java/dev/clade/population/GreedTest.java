package dev.clade.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.pbt.PbtReader;
import dev.clade.tune.Decider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GreedTest {

    @Test
    void founders_areAncestries_notMembers() {
        var story = Story.ranked(List.of(), 1, 2, 3);
        assertThat(Greed.of(story.now()).founders()).isEqualTo(3);

        story.copies(0, 2, "x=0.5", 20).measures(0, 3).finishes(0, 4);
        assertThat(Greed.of(story.now()).founders()).isEqualTo(2);

        story.copies(2, 0, "x=0.5", 20).measures(2, 4).finishes(2, 5);
        story.copies(1, 2, "x=0.5", 20).measures(1, 5).finishes(1, 5);
        assertThat(Greed.of(story.now()).founders()).isEqualTo(1);
        assertThat(story.pair(1).founder()).isEqualTo(new Pair.Root(new MemberId(2), 1));
    }

    @Test
    void controlsAndStoppedMembers_doNotCount() {
        var story = Story.ranked(List.of("control: 1"), 1, 2, 3, 4);
        assertThat(Greed.of(story.now()).members()).isEqualTo(3);

        story.stops(0, "lost");
        assertThat(Greed.of(story.now()).members()).isEqualTo(2);

        story.stops(1, Specification.OVER_BUDGET);
        assertThat(Greed.of(story.now()).members()).isEqualTo(2);
    }

    /// Quantiles 0.1, 0.2, 0.3 of [0, 1]: deviation 0.1, the prior's 1 / sqrt(12).
    @Test
    void spread_ofNumbers_isTheDeviationOverThePriors() {
        var greed = Greed.of(Story.ranked(List.of(), 1, 2, 3).now());
        assertThat(greed.spread().get("x")).isCloseTo(0.1 * Math.sqrt(12), within(1e-12));
        assertThat(greed.width()).isCloseTo(0.1 * Math.sqrt(12), within(1e-12));
    }

    /// a, a, b: of the three pairs two differ; of the prior's half do.
    @Test
    void spread_ofChoices_isTheChanceToDifferOverThePriors() {
        var story = Story.enrolled("population: 3", "parameters: {kind: {choice: [a, b]}}");
        story.trains(0, "kind=a", 10).trains(1, "kind=a", 10).trains(2, "kind=b", 10);
        story.finishes(0, 1).finishes(1, 2).finishes(2, 3);
        assertThat(Greed.of(story.now()).spread().get("kind")).isCloseTo(2.0 / 3 / 0.5, within(1e-12));
    }

    @Test
    void stale_countsDecisionsSinceTheBestWasBettered() {
        var story = Story.ranked(List.of(), 1, 2);
        assertThat(Greed.of(story.now()).stale()).isZero();

        story.trains(0, "x=0.1", 20).trains(1, "x=0.2", 20).finishes(0, 1.5);
        assertThat(Greed.of(story.now()).stale()).isEqualTo(2);

        story.finishes(1, 2.5);
        assertThat(Greed.of(story.now()).stale()).isZero();
    }

    @Test
    void nobodyWithWeights_isNoGreedAtAll() {
        var greed = Greed.of(Story.enrolled().now());
        assertThat(greed).isEqualTo(new Greed(0, 0, 0, new TreeMap<>()));
        assertThat(greed.width()).isEqualTo(1);
    }

    @Test
    void theFirstMembersDecisions_tellIt_onceARound() {
        var story = Story.ranked(List.of(), 1, 2, 3);
        var decider = new Decider(new PbtReader().read(story.now().specification()));
        assertThat(facts(decider, story, 0))
                .containsEntry("founders alive", "3 of 3")
                .containsEntry("decisions since the best", "0")
                .containsEntry("spread", "x 0.346");
        assertThat(facts(decider, story, 1)).doesNotContainKey("founders alive");
    }

    private static Map<String, String> facts(Decider decider, Story story, int who) {
        var decided = (Event.Decided) decider.decide(story.now(), new MemberId(who));
        return decided.decision().because().facts();
    }
}
