package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Failure;
import dev.clade.population.MemberId;
import dev.clade.population.Segment;
import dev.clade.population.Story;
import dev.clade.space.Hyperparameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static List<Row> rows(Story story) {
        return History.rows(story.now(), 100);
    }

    private static Row row(Story story, int member, int segment, double time, double before, String x, double gain) {
        return new Row(new MemberId(member), segment, time, before, story.values(x), gain);
    }

    @Test
    void rows_ofFreshWeights_areNone() {
        var story = Story.ranked(List.of(), 0.5, 0.2);
        assertThat(rows(story)).isEmpty();
    }

    @Test
    void rows_ofOwnWeights_beginWithThePairBefore() {
        var story = Story.ranked(List.of(), 0.5, 0.2).trains(0, "x=0.3", 30).finishes(0, 0.9);
        assertThat(rows(story)).containsExactly(row(story, 0, 2, 10, 0.5, "x=0.3", (0.9 - 0.5) / 20));
    }

    @Test
    void rows_whereLessIsBetter_gainByFalling() {
        var story = Story.ranked(List.of("mode: min"), 0.5, 0.75)
                .trains(0, "x=0.3", 30)
                .finishes(0, 0.25);
        assertThat(rows(story)).containsExactly(row(story, 0, 2, 10, -0.5, "x=0.3", 0.25 / 20));
    }

    @Test
    void rows_afterACopy_beginWithItsMeasurement_andAtItsDonorsSteps() {
        var story = Story.ranked(List.of(), 0.5, 0.25)
                .trains(0, "x=0.3", 30)
                .finishes(0, 1)
                .copies(1, 0, "x=0.7", 20)
                .measures(1, 0.875)
                .finishes(1, 1.125);
        assertThat(rows(story))
                .containsExactly(
                        row(story, 0, 2, 10, 0.5, "x=0.3", 0.5 / 20), row(story, 1, 2, 30, 0.875, "x=0.7", 0.25 / 10));
    }

    @Test
    void rows_afterACopyThatIsNotMeasured_beginWithTheDonorsScore() {
        var story = Story.ranked(List.of(), 0.5, 0.25).copies(1, 0, "x=0.7", 20).finishes(1, 0.75);
        assertThat(rows(story)).containsExactly(row(story, 1, 2, 10, 0.5, "x=0.7", 0.25 / 10));
    }

    @Test
    void rows_ofWhatDiverged_areAsBadAsCanBe() {
        var story = Story.ranked(List.of(), 0.5, 0.25).copies(1, 0, "x=0.7", 20).fails(1, Failure.Kind.DIVERGED);
        assertThat(rows(story)).containsExactly(row(story, 1, 2, 10, 0.5, "x=0.7", Double.NEGATIVE_INFINITY));
    }

    @Test
    void rows_ofWhatFailedOtherwise_areNone() {
        var story = Story.ranked(List.of(), 0.5, 0.25).copies(1, 0, "x=0.7", 20).fails(1, Failure.Kind.THREW);
        assertThat(rows(story)).isEmpty();
    }

    @Test
    void rows_ofControls_areNone() {
        var story = Story.ranked(List.of("control: 1"), 0.5, 0.25)
                .trains(1, "x=0.2", 20)
                .finishes(1, 0.75);
        assertThat(rows(story)).isEmpty();
    }

    @Test
    void rows_beyondTheWindow_areTheOldest() {
        var story = Story.ranked(List.of(), 0.5, 0.25)
                .trains(0, "x=0.3", 20)
                .finishes(0, 0.6)
                .trains(1, "x=0.3", 40)
                .finishes(1, 0.6)
                .trains(0, "x=0.4", 30)
                .finishes(0, 0.7);
        assertThat(History.rows(story.now(), 2))
                .extracting(r -> r.member().index() + "." + r.segment())
                .containsExactly("1.2", "0.3");
    }

    @Test
    void pending_isWhatOthersExploreWithoutAnOutcome() {
        var story = Story.ranked(List.of(), 0.5, 0.25, 0.125, 0.1)
                .copies(1, 0, "x=0.7", 20)
                .copies(2, 0, "x=0.8", 20)
                .copies(3, 0, "x=0.9", 20)
                .finishes(3, 0.6)
                .trains(0, "x=0.1", 20);
        assertThat(pending(story, 2)).containsExactly(story.values("x=0.7"));
        assertThat(pending(story, 3)).containsExactly(story.values("x=0.7"), story.values("x=0.8"));
    }

    @Test
    void pending_ofOwnWeightsUnderNewValues_counts() {
        var story = Story.ranked(List.of(), 0.5, 0.25).trains(0, "x=0.6", 20);
        assertThat(pending(story, 1)).containsExactly(story.values("x=0.6"));
    }

    private static List<Hyperparameters> pending(Story story, int who) {
        return History.pending(story.now(), new MemberId(who)).stream()
                .map(Segment::values)
                .toList();
    }

    @Test
    void rounds_areTheSegmentsOfOneNumber_byMember() {
        var story = Story.ranked(List.of(), 0.5, 0.25)
                .trains(1, "x=0.3", 20)
                .finishes(1, 0.6)
                .trains(1, "x=0.3", 30)
                .finishes(1, 0.65)
                .trains(0, "x=0.4", 30)
                .finishes(0, 0.7);
        assertThat(History.rounds(story.now())
                        .map(round -> round.stream()
                                .map(r -> r.member().index() + "." + r.segment())
                                .toList()))
                .containsExactly(List.of("0.2", "1.2"), List.of("1.3"));
    }
}
