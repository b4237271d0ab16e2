package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemedyTest {

    private static Train decide(Story story, int who) {
        var seen = story.now();
        var id = new MemberId(who);
        var random = Randomness.keyed(
                seen.specification().seed(), who, seen.member(id).decided());
        return (Train) new PbtReader().read(seen.specification()).decide(seen, id, random);
    }

    /// Three members at x = 0.1, 0.2, 0.3: a spread of 0.35 of the prior's.
    private static Story ranked(String greed) {
        return Story.ranked(List.of("ready: {every: 10}", "exploit: {truncation: 0.34}", greed), 1, 2, 3);
    }

    @Test
    void aPopulationThatIsWideEnough_isLeftAlone() {
        var asked = decide(ranked("greed: {width: 0.3}"), 0);
        var plain = decide(ranked("retries: 2"), 0);
        assertThat(asked.values()).isEqualTo(plain.values());
        assertThat(asked.plan()).isEqualTo(plain.plan());
    }

    @Test
    void aNarrowPopulation_trainsLonger_andSaysWhy() {
        var train = decide(ranked("greed: {width: 0.4, longer: 3}"), 0);
        assertThat(train.plan().until()).isEqualTo(new Until.Steps(40));
        assertThat(train.because().facts().get("greed")).startsWith("a spread of 0.34");
    }

    @Test
    void aPopulationThatDescendsFromFew_isRemedied_too() {
        var story = ranked("greed: {width: 0, founders: 0.7}");
        assertThat(decide(story, 1).because().facts()).doesNotContainKey("greed");

        story.copies(1, 2, "x=0.5", 20).measures(1, 3).finishes(1, 4);
        assertThat(decide(story, 0).because().facts().get("greed")).startsWith("2 of 3 ancestries alive");
    }

    @Test
    void migrants_takeADonorsWeights_underValuesFromOutside() {
        var remedied = decide(ranked("greed: {width: 0.4, migrants: 1}"), 0);
        var perturbed = decide(ranked("greed: {width: 0.4, migrants: 0, resample: 0}"), 0);
        assertThat(remedied.weights()).isEqualTo(perturbed.weights());
        assertThat(remedied.values()).isNotEqualTo(perturbed.values());
        assertThat(remedied.because().facts().get("greed")).endsWith("a migrant");
    }

    @Test
    void noNewBestForLong_isReasonEnough() {
        var story = ranked("greed: {width: 0, stale: 1}");
        for (int i = 0; i < 3; i++) {
            story.trains(i, "x=0.5", 20);
        }
        story.finishes(1, 1).finishes(2, 1).trains(1, "x=0.5", 30).finishes(0, 0.5);
        assertThat(decide(story, 0).because().facts().get("greed")).isEqualTo("no new best for 4 decisions");
    }

    @Test
    void wrongSettings_areRefused() {
        assertThatThrownBy(() -> decide(ranked("greed: please"), 0))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("remedy, or {width: 0.25, resample: 0.25, ...}");
        assertThatThrownBy(() -> decide(ranked("greed: {widht: 0.25}"), 0))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("'width'");
    }
}
