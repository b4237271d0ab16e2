package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.tuners.pb2.Bandit.Play;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Against figures that this program has given:
///
/// ```python
/// from math import *
/// C, B, T = 4, 2, 50
/// g, o = sqrt(C * log(C / B) / ((e - 1) * B * T)), 1 / (10 * T)
/// def probs(w):
///     return [(1 - g) * x / sum(w) + g / C for x in w]
/// def update(w, plays, heavy=()):
///     p, r = probs(w), [0] * C
///     for arm, reward in plays:
///         r[arm] += reward / (B * p[arm])
///     n = [(w[c] if c in heavy else w[c] * exp(g * B * r[c] / C)) + e * o * sum(w) / C for c in range(C)]
///     return [x / sum(n) for x in n]
/// first = update([1 / 4] * 4, [(0, 1.0), (1, 0.5)])
/// eta = (1 / B - g / C) / (1 - g)
/// capped = [eta * 0.3 / (1 - eta), 0.1, 0.1, 0.1]            # of 0.7, 0.1, 0.1, 0.1
/// print(first, probs(first), capped[0], probs(capped), update(capped, [(0, 1.0), (1, 0.5)], (0,)))
/// ```
class BanditTest {

    private static final double EXACT = 1e-12;
    private static final List<Play> ROUND = List.of(new Play(0, 1), new Play(1, 0.5));

    @Test
    void nothingKnown_allArmsAreEqual() {
        assertThat(Bandit.of(4, 2, 50).probabilities()).containsOnly(0.25);
        assertThat(Bandit.of(3, 8, 50).probabilities()).containsOnly(new double[] {1.0 / 3}, within(EXACT));
    }

    @Test
    void oneRound_movesWeightsAndChancesByTheFormula() {
        var bandit = Bandit.of(4, 2, 50).after(ROUND);
        assertThat(bandit.weights())
                .containsExactly(
                        new double[] {0.27017448962654067, 0.2536275894956315, 0.23809896043891393, 0.23809896043891393
                        },
                        within(EXACT));
        assertThat(bandit.probabilities())
                .containsExactly(
                        new double[] {0.2676117877652923, 0.25316678823005356, 0.2396107120023271, 0.2396107120023271},
                        within(EXACT));
    }

    @Test
    void heavyArm_isCapped_soThatItHoldsOnePlaceOfARound() {
        var bandit = Bandit.of(4, 2, 50).weighing(0.7, 0.1, 0.1, 0.1);
        assertThat(bandit.weights()[0]).isCloseTo(0.3470783829090464, within(EXACT));
        assertThat(bandit.probabilities())
                .containsExactly(new double[] {0.5, 1 / 6.0, 1 / 6.0, 1 / 6.0}, within(EXACT));
    }

    @Test
    void heavyArm_getsOnlyTheShareOfAll() {
        assertThat(Bandit.of(4, 2, 50).weighing(0.7, 0.1, 0.1, 0.1).after(ROUND).weights())
                .containsExactly(
                        new double[] {0.5267365132456437, 0.16784201053080752, 0.15271073811177438, 0.15271073811177438
                        },
                        within(EXACT));
    }

    @Test
    void severalHeavyArms_areCappedAlike() {
        var bandit = Bandit.of(5, 3, 100).weighing(5, 4, 3, 0.01, 0.01);
        double[] p = bandit.probabilities();
        assertThat(new double[] {3 * p[0], 3 * p[1]}).containsOnly(new double[] {1}, within(EXACT));
        assertThat(IntStream.range(0, 5).mapToDouble(i -> p[i]).sum()).isCloseTo(1, within(EXACT));
        assertThat(IntStream.range(0, 5).mapToDouble(i -> 3 * p[i]).max().orElseThrow())
                .isLessThanOrEqualTo(1 + EXACT);
    }

    @Test
    void manyMembers_oneRoundDoesNotOverflow() {
        var bandit = Bandit.of(3, 1000, 50);
        for (int round = 0; round < 50; round++) {
            bandit = bandit.after(IntStream.range(0, 1000)
                    .mapToObj(i -> new Play(i % 3, i % 3 == 1 ? 1 : 0))
                    .toList());
        }
        assertThat(bandit.probabilities()[1]).isBetween(0.7, 0.87);
    }

    @Test
    void worth_thatChanges_isFollowed() {
        var bandit = Bandit.of(3, 4, 40);
        var first = plays(0);
        for (int round = 0; round < 20; round++) {
            bandit = bandit.after(first);
        }
        assertThat(bandit.probabilities()[0]).isGreaterThan(0.6);
        for (int round = 0; round < 60; round++) {
            bandit = bandit.after(plays(2));
        }
        assertThat(bandit.probabilities()[2]).isGreaterThan(0.6);
    }

    private static List<Play> plays(int best) {
        return IntStream.range(0, 3)
                .mapToObj(arm -> new Play(arm, arm == best ? 1 : 0))
                .toList();
    }

    @Test
    void draw_whereARoundCannotHoldAll_isNoneOfThosePending() {
        var bandit = Bandit.of(5, 3, 50);
        for (int i = 0; i < 200; i++) {
            assertThat(bandit.draw(new TreeSet<>(List.of(1, 4)), Philox.keyed(1, i, 0, "draw")))
                    .isIn(0, 2, 3);
        }
    }

    @Test
    void draw_whereAllArePending_isAny() {
        assertThat(Bandit.of(2, 1, 50).draw(new TreeSet<>(List.of(0, 1)), Philox.keyed(1, 0, 0, "draw")))
                .isIn(0, 1);
    }

    @Test
    void draw_ofOneArm_isIt() {
        assertThat(Bandit.of(1, 4, 50).draw(new TreeSet<>(), Philox.keyed(1, 0, 0, "draw")))
                .isZero();
    }
}
