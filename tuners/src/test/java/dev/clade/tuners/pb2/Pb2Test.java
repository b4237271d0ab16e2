package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.testkit.Property;
import dev.clade.tune.Decider;
import dev.clade.tune.Tuners;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Pb2Test {

    private static final String[] RICH = {
        "population: 4",
        "ready: {every: 10}",
        "budget: {steps: 10000}",
        "parameters: {x: {uniform: [0, 1]}, rate: {loguniform: [0.001, 1]}, units: {int: [1, 9]},"
                + " beta: {loguniform: [0.9, 0.999], of: 1-x}, size: {ordered: [1, 2, 4]}, kind: {choice: [a, b, c]},"
                + " layers: {int: [1, 5], change: never}, slope: {uniform: [0, 1], when: {kind: b}},"
                + " drop: {uniform: [0, 1], size: 2}, deep: {uniform: [2, 3], when: {units: {at_least: 5}}}}"
    };

    private static Decider decider(Story story, Tuners word) {
        return new Decider(word.read(story.now().specification()));
    }

    private static Event.Decided decided(Decider decider, Story story, int who) {
        return (Event.Decided) decider.decide(story.now(), new MemberId(who));
    }

    private static Train train(Decider decider, Story story, int who) {
        return (Train) decided(decider, story, who).decision();
    }

    /// Four members on one number, of which the gain is highest at 0.7: after so many rounds.
    private static Story rounds(int count) {
        var story = Story.ranked(List.of("ready: {every: 10}"), 0.4, 0.3, 0.2, 0.1);
        double[] scores = {0.4, 0.3, 0.2, 0.1};
        for (int round = 1; round <= count; round++) {
            for (int who = 0; who < 4; who++) {
                double x = (who + 1) * 0.25 - 0.05 * (round % 3);
                story.trains(who, "x=" + x, 10 + round * 10);
                scores[who] += 0.1 * (1 - (x - 0.7) * (x - 0.7));
                story.finishes(who, scores[who]);
            }
        }
        return story;
    }

    @Test
    void explore_withoutRows_perturbsAsPbt_andSaysSo() {
        var story = rounds(0);
        var train = train(decider(story, new Pb2Reader()), story, 3);
        assertThat(train.weights()).isEqualTo(story.of(0));
        assertThat(train.because().facts())
                .containsEntry("model", "no rows yet")
                .containsEntry("donor", "0");
        assertThat(Math.abs(train.values().real("x") - 0.1)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void explore_withRows_goesWhereMembersGained() {
        var story = rounds(5);
        var train = train(decider(story, new Pb2Reader()), story, 3);
        assertThat(train.because().rule()).isEqualTo("truncation");
        assertThat(train.because().facts()).containsEntry("rows", "20").containsKeys("beta", "expected gain");
        assertThat(train.values().real("x")).isBetween(0.55, 0.85);
    }

    @Test
    void goOn_isNotExplored() {
        var story = rounds(5);
        var train = train(decider(story, new Pb2Reader()), story, 0);
        assertThat(train.weights()).isEqualTo(new Weights.Own());
        assertThat(train.values()).isEqualTo(story.pair(0).values());
    }

    @Test
    void twoOfOneMoment_tryDifferentValues() {
        for (int count : new int[] {1, 5}) {
            var story = rounds(count).operates("exploit: {truncation: 0.5}");
            var decider = decider(story, new Pb2Reader());
            story.decides(decider, 2).decides(decider, 3);
            double one = story.member(2).segment().orElseThrow().values().real("x");
            double other = story.member(3).segment().orElseThrow().values().real("x");
            assertThat(Math.abs(one - other)).isGreaterThan(1e-4);
        }
    }

    @Test
    void decide_again_isTheSame_andAnotherTuneIsTheSame() {
        var story = rounds(3);
        var first = decided(decider(story, new Pb2Reader()), story, 3);
        assertThat(decided(decider(story, new Pb2Reader()), story, 3)).isEqualTo(first);
        var decider = decider(story, new Pb2Reader());
        assertThat(decider.tuner().learns()).isFalse();
        assertThat(decider.again(story.now(), new MemberId(3), false)).isEqualTo(first);
    }

    @Test
    void diverged_getsADonorAndTheModelsValues() {
        var story = rounds(3);
        story.trains(1, "x=0.9", 60).fails(1, Failure.Kind.DIVERGED);
        var train = train(decider(story, new Pb2Reader()), story, 1);
        assertThat(train.weights()).isEqualTo(story.of(0));
        assertThat(train.because().facts()).containsEntry("rows", "13");
    }

    @Test
    void control_goesOnAsItIs() {
        var story = rounds(3).operates("control: 1");
        var train = train(decider(story, new Pb2Reader()), story, 3);
        assertThat(train.because().rule()).isEqualTo("control");
        assertThat(train.values()).isEqualTo(story.pair(3).values());
    }

    @Test
    void hyperparametersAlone_areModelledForTheOwnWeights() {
        var story = rounds(4).operates("inherit: [hyperparameters]");
        var train = train(decider(story, new Pb2Reader()), story, 3);
        assertThat(train.weights()).isEqualTo(new Weights.Own());
        assertThat(train.values().real("x")).isBetween(0.5, 0.9);
    }

    /// Populations of 1 to 4 in a space of every kind of parameter, through failures.
    @Test
    void values_areAlwaysComplete_insideAndOfTheDonorsStructure() {
        for (Tuners word : List.of(new Pb2Reader(), new Pb2MixReader())) {
            Property.holds(5, 12, random -> random, random -> run(word, random));
        }
    }

    private static void run(Tuners word, RandomGenerator random) {
        var story = Story.of(RICH).operates("population: " + (1 + random.nextInt(4)));
        int members = story.now().specification().population();
        for (int who = 0; who < members; who++) {
            story.enrols(who);
        }
        var space = story.now().specification().space();
        var decider = decider(story, word);
        for (int turn = 0; turn < 30; turn++) {
            int who = random.nextInt(members);
            if (story.member(who).status() == Member.Status.RUNNING) {
                if (random.nextInt(10) == 0) {
                    story.fails(who, random.nextBoolean() ? Failure.Kind.DIVERGED : Failure.Kind.THREW);
                } else {
                    story.finishes(who, random.nextInt(8) == 0 ? Double.NaN : random.nextDouble());
                }
            } else {
                story.decides(decider, who);
                var segment = story.member(who).segment().orElseThrow();
                assertThat(space.flaws(segment.values())).isEmpty();
                segment.source()
                        .from()
                        .ifPresent(pair -> assertThat(segment.values().find("layers"))
                                .isEqualTo(pair.values().find("layers")));
            }
        }
    }

    @Test
    void pb2_leavesCategoriesAsInherited() {
        var story = Story.enrolled(RICH);
        var decider = decider(story, new Pb2Reader());
        for (int step = 1; step <= 3; step++) {
            for (int who = 0; who < 4; who++) {
                story.decides(decider, who);
            }
            for (int who = 0; who < 4; who++) {
                story.finishes(who, who + step);
            }
        }
        var train = train(decider, story, 0);
        assertThat(train.weights()).isEqualTo(story.of(3));
        assertThat(train.values().find("kind")).isEqualTo(story.pair(3).values().find("kind"));
    }
}
