package dev.clade.tuners.frequencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure.Kind;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.random.Randomness;
import dev.clade.tune.Tuner;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rounds of eight members in two sub-populations, worked out by hand: `every 1` has the members of even
/// index, `every 2` those of odd index, and a quarter of each is one.
class MultipleFrequenciesTest {

    private static final List<String> TWO =
            List.of("population: 8", "tuner: {mf-pbt: {frequencies: [1, 2]}}", "ready: 10");

    private static Tuner tuner(Story story) {
        return new MultipleFrequencies().read(story.now().specification());
    }

    private static Train decide(Story story, int who) {
        var member = story.member(who);
        return (Train) tuner(story).decide(story.now(), member.id(), Randomness.keyed(1, who, member.decided()));
    }

    /// Members in their groups, undecided.
    private static Story enrolled(List<String> settings) {
        var story = Story.of(settings.toArray(String[]::new));
        var tuner = tuner(story);
        int population = story.now().specification().population();
        IntStream.range(0, population).forEach(i -> {
            var id = new MemberId(i);
            story.happens(new Event.MemberEnrolled(
                    id, story.now().specification().controlGroup(id).orElse(tuner.group(id))));
        });
        return story;
    }

    /// One segment of each member; `x` of member i is (i + 1) / 10.
    private static Story segment(Story story, double... scores) {
        for (int i = 0; i < scores.length; i++) {
            story.trains(i, "x=" + (i + 1) / 10.0, story.member(i).step() + 10);
        }
        for (int i = 0; i < scores.length; i++) {
            story.finishes(i, scores[i]);
        }
        return story;
    }

    private static void keeps(Story story, int who, String rule) {
        var train = decide(story, who);
        assertThat(train.weights()).isEqualTo(new Weights.Own());
        assertThat(train.values())
                .isEqualTo(story.member(who).segment().orElseThrow().values());
        assertThat(train.because().rule()).isEqualTo(rule);
    }

    @Test
    void aRoundOfTheFast_movesLoserAndOpen() {
        // even ones by rank: 0, 2, 4, 6; odd ones: 7, 5, 3, 1; in all 7 5 0 3 2 1 4 6
        var story = segment(enrolled(TWO), 9, 3, 5, 8, 2, 10, 1, 12);

        keeps(story, 0, "winner");
        keeps(story, 2, "survivor");
        var loser = decide(story, 6);
        assertThat(loser.weights()).isEqualTo(story.of(0));
        assertThat(loser.values().real("x")).isNotEqualTo(0.1).isBetween(0.0, 1.0);
        assertThat(loser.because().facts())
                .containsEntry("donor", "0")
                .containsEntry("score", "1.0")
                .containsEntry("opponent score", "9.0")
                .containsEntry("rank", "4 of 4");
        var open = decide(story, 4);
        assertThat(open.weights()).isEqualTo(story.of(7));
        assertThat(open.values()).as("all of a slower one").isEqualTo(story.values("x=0.8"));
    }

    @Test
    void theSlow_haveNoRoundBeforeTheirTime() {
        var story = segment(enrolled(TWO), 9, 3, 5, 8, 2, 10, 1, 12);

        keeps(story, 1, "between rounds");
        assertThat(decide(story, 1).because().facts()).containsEntry("segments to go", "1");
    }

    @Test
    void theSlow_takeWeightsOfTheFast_underTheirOwnBestOnesValues() {
        var story = segment(enrolled(TWO), 9, 3, 5, 8, 2, 10, 1, 12);
        // odd ones by rank: 7, 5, 3, 1
        segment(story, 20, 3, 5, 8, 2, 10, 1, 12);

        var open = decide(story, 3);
        assertThat(open.weights()).isEqualTo(story.of(0));
        assertThat(open.values()).as("those of 7").isEqualTo(story.values("x=0.8"));
        assertThat(open.because().facts()).containsEntry("values of", "7").containsEntry("round", "1");
        assertThat(decide(story, 1).weights()).isEqualTo(story.of(7));
        keeps(story, 5, "survivor");
        keeps(story, 7, "winner");
    }

    @Test
    void equallyFast_keepTheirOwnValues() {
        var settings = List.of("population: 8", "tuner: {mf-pbt: {frequencies: [1, 1]}}", "ready: 10");
        var story = segment(enrolled(settings), 9, 3, 5, 8, 2, 10, 1, 12);

        var open = decide(story, 4);
        assertThat(open.weights()).isEqualTo(story.of(7));
        assertThat(open.values()).isEqualTo(story.values("x=0.5"));
    }

    @Test
    void anOutsiderThatIsNoBetter_isNotTaken() {
        var story = segment(enrolled(TWO), 9, 1, 8, 2, 7, 3, 6, 7);

        keeps(story, 4, "open");
    }

    /// Two sub-populations of eight: a quarter is two, and open are ranks 4 and 5.
    private static Story sixteen() {
        var settings = List.of("population: 16", "tuner: {mf-pbt: {frequencies: [1, 2]}}", "ready: 10");
        var scores = new double[16];
        for (int i = 0; i < 8; i++) {
            scores[2 * i] = 50 - i;
            scores[2 * i + 1] = 45.5 + i;
        }
        // even by rank: 0 (50) 2 4 6 | 8 (46) 10 (45) | 12 14; odd: 15 (52.5) 13 (51.5) 11 ...
        return segmentOf(enrolled(settings), scores);
    }

    private static Story segmentOf(Story story, double... scores) {
        for (int i = 0; i < scores.length; i++) {
            story.trains(i, "x=" + (i + 1) / 20.0, 10).finishes(i, scores[i]);
        }
        return story;
    }

    @Test
    void opens_areServedInTurn_andLosersByRank() {
        var story = sixteen();

        assertThat(decide(story, 8).weights()).isEqualTo(story.of(15));
        assertThat(decide(story, 10).weights()).isEqualTo(story.of(13));
        assertThat(decide(story, 12).weights()).isEqualTo(story.of(0));
        assertThat(decide(story, 14).weights()).isEqualTo(story.of(2));
    }

    @Test
    void anOutsiderThatWasTakenInThisRound_isUsed() {
        var story = sixteen();
        story.decides(10, decide(story, 10)).starts(10);
        // 10 has taken 13 and has no place: even by rank 0 2 4 6 8 12 14, a quarter is one, open is rank 2
        assertThat(decide(story, 4).weights()).isEqualTo(story.of(15));

        story.measures(10, 51.4);
        // 10 stands first; open are ranks 4 and 5: 6 (47) and 8 (46); 13 is used
        assertThat(decide(story, 6).weights()).isEqualTo(story.of(15));
        assertThat(decide(story, 8).weights()).isEqualTo(story.of(11));
    }

    @Test
    void whoDiverged_clonesTheBestOfItsSubPopulation_atAnyTime() {
        var story = enrolled(TWO);
        for (int i = 0; i < 8; i++) {
            story.trains(i, "x=" + (i + 1) / 10.0, 10);
        }
        story.fails(1, Kind.DIVERGED);
        assertThat(decide(story, 1).weights()).as("nobody has a score").isEqualTo(new Weights.Fresh());
        for (int i = 2; i < 8; i++) {
            story.finishes(i, i);
        }

        assertThat(decide(story, 1).weights()).isEqualTo(story.of(7));
        assertThat(decide(story, 1).because().rule()).isEqualTo("healed");
    }

    @Test
    void whereAllOfItsSubPopulationDiverged_anOutsiderHeals() {
        var story = enrolled(TWO);
        for (int i = 0; i < 8; i++) {
            story.trains(i, "x=" + (i + 1) / 10.0, 10);
        }
        for (int i = 0; i < 8; i++) {
            if (i % 2 == 1) {
                story.fails(i, Kind.DIVERGED);
            } else {
                story.finishes(i, i);
            }
        }

        assertThat(decide(story, 1).weights()).isEqualTo(story.of(6));
    }

    @Test
    void controls_goOn_andGiveNothing() {
        var settings = List.of("population: 9", "control: 1", "tuner: {mf-pbt: {frequencies: [1, 2]}}", "ready: 10");
        var story = segment(enrolled(settings), 9, 3, 5, 8, 2, 10, 1, 12, 99);

        keeps(story, 8, "control");
        assertThat(decide(story, 4).weights()).isEqualTo(story.of(7));
    }

    @Test
    void exploreNone_selectsModelsAlone() {
        var settings = List.of("population: 8", "tuner: {mf-pbt: {frequencies: [1, 2]}}", "explore: none");
        var story = segment(enrolled(settings), 9, 3, 5, 8, 2, 10, 1, 12);

        assertThat(decide(story, 6).values()).isEqualTo(story.values("x=0.1"));
    }

    @Test
    void defaultFrequencies_areAsManyAsThePopulationHasFoursFor() {
        assertThat(frequencies("population: 8")).containsExactly(1, 10);
        assertThat(frequencies("population: 15")).containsExactly(1, 10, 25);
        assertThat(frequencies("population: 40")).containsExactly(1, 10, 25, 50);
    }

    private static List<Integer> frequencies(String settings) {
        var tuner = (FrequencyTuner)
                new MultipleFrequencies().read(Story.of(settings).now().specification());
        return tuner.frequencies().every();
    }

    @Test
    void equalFrequencies_areGroupsOfTheirOwn() {
        var frequencies = new Frequencies(List.of(5, 1, 5));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> frequencies.group(new MemberId(i)).name()))
                .containsExactly("every 5", "every 1", "every 5 (2)", "every 5");
    }

    @Test
    void tooSmall_isRefused_byTheLeast() {
        assertThatThrownBy(() -> frequencies("population: 3"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("CLADE-1360")
                .hasMessageContaining("the population is too small for mf-pbt.")
                .hasMessageContaining("3 members that evolve, in 2 sub-populations.")
                .hasMessageContaining("at least 4 in each: a population of at least 8.")
                .hasMessageContaining("write 'population: 8'.");
        assertThatThrownBy(() -> new MultipleFrequencies()
                        .read(Story.of("population: 13", "control: 2", "tuner: {mf-pbt: {frequencies: [1, 5, 25]}}")
                                .now()
                                .specification()))
                .hasMessageContaining("at least 4 in each: a population of at least 14.");
    }
}
