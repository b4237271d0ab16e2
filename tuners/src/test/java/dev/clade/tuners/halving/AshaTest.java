package dev.clade.tuners.halving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Decision;
import dev.clade.population.Decision.Stop;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Wait;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Story;
import dev.clade.tune.Decider;
import dev.clade.tune.Tuner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rungs of 10, 30 and 90 steps with eta 3, three members at once: 270 steps in all.
class AshaTest {

    private final Story story = Story.of("population: 3", "budget: {steps: 90}", "tuner: {asha: {eta: 3, rungs: 3}}");
    private final Tuner tuner = new Asha().read(story.now().specification());

    private void enrols(int... members) {
        IntStream.of(members).forEach(m -> story.happens(new Event.MemberEnrolled(new MemberId(m), Group.ALL)));
    }

    private Decision decision(int member) {
        return switch (new Decider(tuner).decide(story.now(), new MemberId(member))) {
            case Event.Decided decided -> decided.decision();
            case Event.WaitBegan wait -> wait.until();
            default -> throw new AssertionError();
        };
    }

    private void decides(int... members) {
        IntStream.of(members).forEach(m -> story.decides(new Decider(tuner), m));
    }

    /// A configuration comes to the first rung; whatever it decides then is written down.
    private void comes(int member, double score) {
        enrols(member);
        decides(member);
        story.finishes(member, score);
        decides(member);
    }

    private void waits(int member, int count, long order) {
        assertThat(decision(member)).isInstanceOfSatisfying(Wait.class, w -> {
            assertThat(w.on()).isEqualTo(new Decision.Awaited.Anyone());
            assertThat(w.count()).isEqualTo(count);
            assertThat(w.order()).isEqualTo(order);
        });
    }

    private void goesOn(int member, long until, long order) {
        assertThat(decision(member)).isInstanceOfSatisfying(Train.class, t -> {
            assertThat(t.weights()).isEqualTo(new Weights.Own());
            assertThat(t.plan().until()).isEqualTo(new Until.Steps(until));
            assertThat(t.plan().order()).isEqualTo(order);
        });
    }

    @Test
    void theBestOfAThird_isPromoted_asSoonAsItIsThat_theOthersWaitForAsManyAsItTakes() {
        enrols(0, 1, 2);
        decides(0, 1, 2);
        story.finishes(0, 5);
        waits(0, 2, 0); // first of 1: there must be 3
        decides(0);
        story.finishes(1, 4);
        waits(1, 4, 0); // second of 2: there must be 6
        decides(1);
        story.finishes(2, 3);

        waits(2, 6, 0); // third of 3: there must be 9
        assertThat(story.member(0).status()).isEqualTo(dev.clade.population.Member.Status.UNDECIDED);
        goesOn(0, 30, -1);
    }

    @Test
    void aLaterConfiguration_thatIsBetter_isPromotedFirst() {
        enrols(0, 1, 2);
        decides(0, 1, 2);
        story.finishes(0, 5);
        decides(0);
        story.finishes(1, 4);
        decides(1);
        story.finishes(2, 6);

        goesOn(2, 30, -1);
        waits(0, 3, 0); // second of 3: there must be 6
    }

    /// Nine come to the first rung, in the order 9, 1, 8, 2, 7, 3, 6, 4, 5 of their scores. After the third
    /// the best goes on, after the sixth the second best, after the ninth the third. The best of those
    /// three goes on to the end.
    @Test
    void rungsFillUp_andOneGoesToTheEnd() {
        double[] scores = {9, 1, 8, 2, 7, 3, 6, 4, 5};
        for (int i = 0; i < 3; i++) {
            comes(i, scores[i]);
        }
        goesOn(0, 30, -1);
        decides(0);
        story.finishes(0, 19);
        waits(0, 2, -1);
        decides(0);
        for (int i = 3; i < 6; i++) {
            comes(i, scores[i]);
        }
        goesOn(2, 30, -1);
        decides(2);
        story.finishes(2, 20);
        decides(2);
        for (int i = 6; i < 9; i++) {
            comes(i, scores[i]);
        }
        goesOn(4, 30, -1);
        decides(4);
        story.finishes(4, 18);

        waits(4, 6, -1);
        goesOn(2, 90, -2); // 20 is the best of 20, 19, 18
    }

    @Test
    void whoHasFailedForGood_countsAtTheRung_belowAllOthers() {
        enrols(0, 1, 2);
        decides(0, 1, 2);
        story.fails(0, Failure.Kind.DIVERGED).fails(1, Failure.Kind.DIVERGED).finishes(2, 1);

        assertThat(decision(0)).isInstanceOf(Stop.class);
        goesOn(2, 30, -1);
    }

    @Test
    void noMoreThanThePopulation_trainAtOnce() {
        for (int i = 0; i < 3; i++) {
            comes(i, i);
        }
        enrols(3, 4, 5);
        decides(3, 4, 5);

        waits(2, 1, 0); // it may go on, but three are at work
        assertThat(tuner.members(story.now())).isEqualTo(6);
    }

    /// 27 first rungs are all that 270 steps allow; failed ones count, so that it ends where all fail.
    @Test
    void configurations_areBegunAsLongAsTheBudgetLasts() {
        assertThat(tuner.members(story.now())).isEqualTo(3);
        for (int i = 0; i < 26; i++) {
            enrols(i);
            decides(i);
            story.fails(i, Failure.Kind.DIVERGED);
            decides(i);
        }
        assertThat(tuner.members(story.now())).isEqualTo(27);
        enrols(26);
        decides(26);
        assertThat(tuner.members(story.now())).isEqualTo(27);
    }

    /// When all wait, the best of the highest rung gets what is left; the others stop.
    @Test
    void whenAllWait_theBestGoesOn_theOthersStop() {
        comes(0, 1);
        comes(1, 2);
        story.follows(); // 0 is woken first: equal orders go by member
        assertThat(decision(0)).isInstanceOf(Stop.class);
        decides(0);
        story.follows();
        goesOn(1, 30, -1);
    }
}
