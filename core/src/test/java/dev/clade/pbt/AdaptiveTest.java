package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Until;
import dev.clade.population.MemberId;
import dev.clade.population.Specification;
import dev.clade.population.Timings;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// All numbers are worked out by hand.
class AdaptiveTest {

    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final double ROOT = Math.sqrt(2);

    private static Adaptive from(double start) {
        return Adaptive.from(start, start / 4, 5 * start);
    }

    /// Gains 1, 3 and 2, 0: bends of 2 and -2.
    private static Telling noisy(Telling telling) {
        return telling.ends(0, 10, 0.0)
                .ends(1, 10, 0.0)
                .ends(0, 10, 1.0)
                .ends(1, 10, 2.0)
                .ends(0, 10, 4.0)
                .ends(1, 10, 2.0);
    }

    @Test
    void noise_oneSampleEach_isTheMeanSquareOfTheBendOverSix() {
        var ready = noisy(Telling.of(from(10), 2)).ready();
        assertThat(ready.signal().noise(3, 8).orElseThrow()).isCloseTo((4 / 6.0 + 4 / 6.0) / 2, EXACTLY);
    }

    @Test
    void noise_ofTheLastOnes_forgetsEarlier() {
        var ready =
                noisy(Telling.of(from(10), 2)).ends(0, 10, 7.0).ends(1, 10, 2.0).ready();
        assertThat(ready.signal().noise(4, 2).orElseThrow()).isEqualTo(0);
        assertThat(ready.signal().noise(4, 3).orElseThrow()).isCloseTo(4 / 18.0, EXACTLY);
    }

    @Test
    void noise_severalSamples_isTheirVarianceOverTheirNumber() {
        var ready = Telling.of(from(10), 2)
                .ends(0, 10, 1.0, 3.0)
                .ends(1, 10, 5.0, 5.0, 8.0)
                .ready();
        assertThat(ready.signal().noise(1, 8).orElseThrow()).isCloseTo((2 / 2.0 + 3 / 3.0) / 2, EXACTLY);
    }

    @Test
    void noise_unequalIntervals_saysNothing() {
        var ready = Telling.of(from(10), 1)
                .ends(0, 10, 0.0)
                .ends(0, 10, 1.0)
                .ends(0, 7, 4.0)
                .ready();
        assertThat(ready.signal().noise(3, 8)).isEmpty();
    }

    @Test
    void differences_ofGains_areTheirVarianceLessTwiceTheNoise() {
        var ready = noisy(Telling.of(from(10), 2)).ready();
        assertThat(ready.signal().differences(0, 3, 10, 4, 2 / 3.0).orElseThrow())
                .isCloseTo(5 / 3.0 - 4 / 3.0, EXACTLY);
        assertThat(ready.signal().differences(0, 3, 10, 4, 1)).contains(0.0);
        assertThat(ready.signal().differences(1, 3, 10, 3, 0)).isEmpty();
        assertThat(ready.signal().differences(2, 3, 10, 4, 0)).isEmpty();
        assertThat(ready.signal().differences(0, 3, 11, 4, 0)).isEmpty();
    }

    @Test
    void signal_acrossACopy_isCut() {
        var telling = noisy(Telling.of(from(10), 2)).copies(1, 0, 3, 4.5, 10, 6.0);
        var told = telling.ready().signal().told().get(new Signal.At(4, new MemberId(1)));
        assertThat(told).isEqualTo(new Signal.Told(10, Optional.of(1.5), Optional.empty(), 0, 0));
        var after = telling.ends(1, 10, 9.5).ready().signal().told().get(new Signal.At(5, new MemberId(1)));
        assertThat(after).isEqualTo(new Signal.Told(10, Optional.of(3.5), Optional.of(4 / 6.0), 0, 0));
    }

    @Test
    void signal_freshAndAfterAFailure_hasNoGain() {
        var telling = Telling.of(from(10), 1).fails(0, 10).ends(0, 10, 3.0);
        assertThat(telling.ready().signal().told().values())
                .containsExactly(new Signal.Told(10, Optional.empty(), Optional.empty(), 0, 0));
    }

    @Test
    void learn_differencesNotSeen_lengthensByRootTwo() {
        var telling = Telling.of(from(10), 2);
        noisy(telling); // e2 = 2/3, d2 = 1/3, r = 0.2
        assertThat(telling.ready().interval()).isCloseTo(10 * ROOT, EXACTLY);
        assertThat(telling.ready().steps()).isEqualTo(14);
        assertThat(telling.ready().changed()).isEqualTo(3);
    }

    @Test
    void learn_fewerThanFourGains_keeps() {
        var telling = Telling.of(from(10), 2)
                .ends(0, 10, 0.0)
                .ends(1, 10, 0.0)
                .ends(0, 10, 1.0)
                .ends(1, 10, 2.0)
                .ends(0, 10, 4.0);
        assertThat(telling.ready().interval()).isEqualTo(10);
        assertThat(telling.ready().round()).isEqualTo(2);
    }

    @Test
    void learn_differencesSeenEasily_shortensByRootTwo() {
        var telling = Telling.of(from(10), 2);
        for (int i = 0; i < 3; i++) {
            telling.ends(0, 10, (double) i).ends(1, 10, 5.0 * i); // e2 = 0, d2 = 16/3, r = 1
        }
        assertThat(telling.ready().interval()).isCloseTo(10 / ROOT, EXACTLY);
        assertThat(telling.ready().steps()).isEqualTo(7);
    }

    @Test
    void learn_between_keeps() {
        var telling = Telling.of(from(10), 2)
                .ends(0, 10, 0.0)
                .ends(1, 10, 0.0)
                .ends(0, 10, 1.0)
                .ends(1, 10, 3.0)
                .ends(0, 10, 2.0)
                .ends(1, 10, 4.5); // e2 = 0.1875, d2 = 0.8958 - 0.375, r = 0.58
        assertThat(telling.ready().interval()).isEqualTo(10);
        assertThat(telling.ready().round()).isEqualTo(3);
    }

    @Test
    void learn_afterAChange_countsOnlyGainsOverTheNewInterval() {
        var telling = Telling.of(from(10), 2);
        noisy(telling);
        telling.ends(0, 14, 7.0).ends(1, 14, 2.0).ends(0, 10, 7.0);
        assertThat(telling.ready().steps()).isEqualTo(14);
        telling.ends(1, 14, 2.0).ends(0, 14, 9.0).ends(1, 14, 2.0); // gains 3, 2 and 0, 0, 0 over 14
        assertThat(telling.ready().signal().differences(3, 6, 14, 4, 0).orElseThrow())
                .isCloseTo(1.0, EXACTLY);
    }

    @Test
    void learn_atItsBounds_staysWithin() {
        var longest = Telling.of(Adaptive.from(10, 5, 12), 2);
        assertThat(noisy(longest).ready().interval()).isEqualTo(12);
        var shortest = Telling.of(Adaptive.from(10, 9, 12), 2);
        for (int i = 0; i < 3; i++) {
            shortest.ends(0, 10, (double) i).ends(1, 10, 5.0 * i);
        }
        assertThat(shortest.ready().interval()).isEqualTo(9);
    }

    @Test
    void learn_dearEvaluation_asynchronouslyKeepsItBelowFivePercent() {
        var second = Duration.ofSeconds(1);
        var timings = new Timings(second, second.multipliedBy(100), second, second, Duration.ZERO, Duration.ZERO);
        // 3 s outside training, 10 s a step: 3 / (0.05 * 10) = 6 steps
        var telling = new Telling(Adaptive.from(4, 1, 20), 1, false, timings).ends(0, 10, 0.0);
        assertThat(telling.ready().interval()).isCloseTo(6, EXACTLY);
        var bounded = new Telling(Adaptive.from(4, 1, 5), 1, false, timings).ends(0, 10, 0.0);
        assertThat(bounded.ready().interval()).isEqualTo(5);
        var synchronous = new Telling(Adaptive.from(4, 1, 20), 1, true, timings).ends(0, 10, 0.0);
        assertThat(synchronous.ready().interval()).isEqualTo(4);
    }

    @Test
    void learn_aMemberThatIsOver_holdsNoRoundUp() {
        var telling = Telling.of(from(10), 2)
                .ends(0, 10, 0.0)
                .ends(1, 10, 0.0)
                .ends(0, 10, 1.0)
                .ends(0, 10, 2.0);
        assertThat(telling.ready().round()).isEqualTo(1);
        assertThat(telling.stops(1).ready().round()).isEqualTo(3);
    }

    @Test
    void learn_longLog_keepsBoundedKnowledge() {
        var telling = Telling.of(from(10), 2);
        for (int i = 0; i < 100; i++) {
            telling.ends(0, 10, (double) i).ends(1, 10, (double) i);
        }
        assertThat(telling.ready().signal().told()).hasSize(16);
    }

    @Test
    void decide_adaptive_namesTheIntervalAmongItsReasons() {
        var telling = Telling.of(from(10), 2);
        noisy(telling);
        var tuner = new PopulationBasedTraining(
                telling.ready(), new Ranking.Latest(), new Exploit.None(), new Explore.None(), Inherit.BOTH);
        var decision = tuner.decide(telling.population(), new MemberId(1), Randomness.keyed(1, 1, 3));
        assertThat(Telling.facts(decision)).containsEntry("interval", "14");
        assertThat(decision)
                .isInstanceOfSatisfying(
                        dev.clade.population.Decision.Train.class,
                        t -> assertThat(t.plan().until()).isEqualTo(new Until.Steps(44)));
    }

    // ---- reading

    private static Ready read(String budget, Setting ready) {
        var settings = Telling.settings(4, false)
                .with("budget", Setting.map(budget, Setting.number(2000)))
                .with("ready", ready);
        return ((PopulationBasedTraining) new PbtReader().read(Specification.read(settings))).ready();
    }

    private static Setting adaptive(Map<String, String> words) {
        var body = new java.util.TreeMap<String, Setting>();
        words.forEach((name, word) -> body.put(name, Setting.word(word)));
        return Setting.map("adaptive", Setting.map(body));
    }

    @Test
    void read_withoutSettings_isAPartOfTheBudget() {
        assertThat(List.of(read("steps", Setting.word("adaptive")), read("steps", adaptive(Map.of()))))
                .containsOnly(Adaptive.from(20, 5, 100));
    }

    @Test
    void read_stepsAndShares_areBothUnderstood() {
        assertThat(read("steps", adaptive(Map.of("start", "2.5%", "most", "200"))))
                .isEqualTo(Adaptive.from(50, 12.5, 200));
    }

    @Test
    void read_withoutABudgetOfSteps_isRefused() {
        assertThatThrownBy(() -> read("total_steps", adaptive(Map.of())))
                .isInstanceOf(Fault.class)
                .hasMessage("CLADE-1303 program an adaptive 'ready' needs a budget of steps.  Found: a budget of"
                        + " 2000 steps in all.  Expected: 'steps' in the budget: the interval is a part of it."
                        + "  Mend: add, say, 'steps: 20k' to the budget, or say 'ready: {every: 500}'.");
    }

    @Test
    void read_startBeyondItsBounds_isRefused() {
        assertThatThrownBy(() -> read("steps", adaptive(Map.of("start", "10%"))))
                .isInstanceOf(Fault.class)
                .hasMessage("CLADE-1304 program the bounds of an adaptive 'ready' do not hold its start.  Found:"
                        + " least 50, start 200, most 100 steps.  Expected: least <= start <= most.  Mend: give all"
                        + " three, in steps or in % of the budget; 'most' is 5 % where it is not given.");
    }
}
