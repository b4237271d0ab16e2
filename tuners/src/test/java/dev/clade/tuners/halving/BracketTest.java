package dev.clade.tuners.halving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// All numbers were worked out by hand.
class BracketTest {

    private static final Rungs PAPER = Rungs.of(81, 3, 4);

    private static List<Integer> sizes(Brackets brackets) {
        return brackets.all().stream().map(Bracket::size).toList();
    }

    @Test
    void rungs_arePartsOfTheBudget_rounded() {
        assertThat(PAPER.steps()).containsExactly(1L, 3L, 9L, 27L, 81L);
        assertThat(Rungs.of(1000, 4, 3).steps()).containsExactly(16L, 63L, 250L, 1000L);
        assertThat(Rungs.most(81, 3, 1)).isEqualTo(4);
        assertThat(Rungs.most(80, 3, 1)).isEqualTo(3);
        assertThat(Rungs.most(1000, 4, 50)).isEqualTo(2);
    }

    @Test
    void aStep_hasTheRungThatItHasReached() {
        assertThat(List.of(PAPER.reached(0), PAPER.reached(1), PAPER.reached(8), PAPER.reached(9), PAPER.reached(81)))
                .containsExactly(-1, 0, 1, 2, 4);
    }

    /// Weights go on from rung to rung: 81 * 1 + 27 * 2 + 9 * 6 + 3 * 18 + 1 * 54.
    @Test
    void aBracket_keepsOneOfEta_andCostsWhatIsTrainedAnew() {
        var bracket = Bracket.of(PAPER, 81);

        assertThat(bracket.places()).containsExactly(81, 27, 9, 3, 1);
        assertThat(bracket.cost()).isEqualTo(297);
        assertThat(Bracket.of(PAPER, 100).places()).containsExactly(100, 33, 11, 3, 1);
        assertThat(Bracket.least(PAPER)).isEqualTo(bracket);
        assertThat(Bracket.of(PAPER, 80).ends()).isFalse();
    }

    /// 108 cost 108 + 72 + 72 + 72 + 54 = 378, 116 cost 116 + 76 + 72 + 72 + 54 = 390, 117 cost 117 + 78 +
    /// 78 + 72 + 54 = 399, 118 cost 400, 120 cost 120 + 80 + 78 + 72 + 54 = 404.
    @Test
    void theLargestBracket_costsNoMoreThanItMay() {
        assertThat(Bracket.largest(PAPER, 400, 1000).size()).isEqualTo(118);
        assertThat(Bracket.largest(PAPER, 403, 1000).size()).isEqualTo(119);
        assertThat(Bracket.largest(PAPER, 403, 30).size()).isEqualTo(30);
        assertThat(Bracket.largest(PAPER, 0, 30).ends()).isFalse();
    }

    /// 100 steps more: one more to the end (54), then two to the fourth rung (36), one to the third (6),
    /// two to the second (4): nothing is left.
    @Test
    void aWiderBracket_spendsWhatIsLeft_fromTheEndDown() {
        var bracket = Bracket.of(PAPER, 81);
        var wide = bracket.widened(100);

        assertThat(wide.places()).containsExactly(81, 29, 10, 5, 2);
        assertThat(wide.cost()).isEqualTo(397);
    }

    /// Table 1 of the paper (Li et al., JMLR 2018), R = 81 and eta = 3: the configurations of the brackets
    /// s = 4 to 0.
    @Test
    void hyperbandsRound_isThePapersTable() {
        var round = Brackets.round(PAPER);

        assertThat(round.all().stream().map(Bracket::places))
                .containsExactly(
                        List.of(81, 27, 9, 3, 1), List.of(34, 11, 3, 1), List.of(15, 5, 1), List.of(8, 2), List.of(5));
        assertThat(round.all().stream().map(b -> b.rungs().at(0))).containsExactly(1L, 3L, 9L, 27L, 81L);
        assertThat(round.cost()).isEqualTo(297 + 276 + 279 + 324 + 405);
    }

    /// 20 * 81 = 1620 steps: the round costs 1581, and of 39 left two more go to the fourth rung (36), one
    /// to the second (2), and one is begun.
    @Test
    void hyperband_spendsWhatTheRoundLeaves() {
        var brackets = Brackets.hyperband(PAPER, 1620);

        assertThat(brackets.all().getFirst().places()).containsExactly(82, 28, 9, 5, 1);
        assertThat(sizes(brackets)).containsExactly(82, 34, 15, 8, 5);
        assertThat(brackets.cost()).isEqualTo(1620);
    }

    /// 81 * 25 = 2025: beside the round 444 steps, which is another first bracket of 81 (297), and 147,
    /// which is one of s = 3 with 27 configurations? That costs 81 + 54 + 54 + 54 = 243: no; s = 2 with 9:
    /// 81 + 54 + 54 = 189: no; s = 1 with 3: 81 + 54 = 135: yes, and 12 are left: two more to the third
    /// rung.
    @Test
    void hyperband_goesRoundAgain_withSmallerBracketsAtTheEnd() {
        var brackets = Brackets.hyperband(PAPER, 2025);

        assertThat(sizes(brackets)).containsExactly(81, 34, 15, 8, 5, 81, 3);
        assertThat(brackets.all().getFirst().places()).containsExactly(81, 27, 11, 3, 1);
        assertThat(brackets.cost()).isEqualTo(2025);
    }

    @Test
    void configurations_areNumberedThrough() {
        var round = Brackets.round(PAPER);

        assertThat(List.of(round.of(0), round.of(80), round.of(81), round.of(114), round.of(142), round.of(999)))
                .containsExactly(0, 0, 1, 1, 4, 4);
        assertThat(round.first(1)).isEqualTo(81);
        assertThat(round.size()).isEqualTo(143);
    }

    /// Where it pays for one bracket, or one round, no step is overspent, and less than a first rung is
    /// left.
    @Test
    void whateverTheBudget_itIsSpent() {
        for (int eta = 2; eta <= 5; eta++) {
            for (long budget : List.of(30L, 64L, 81L, 1000L)) {
                for (int halvings = 1; halvings <= Rungs.most(budget, eta, 1); halvings++) {
                    var rungs = Rungs.of(budget, eta, halvings);
                    for (int population = 2; population <= 40; population += 19) {
                        long all = budget * population;
                        if (Bracket.least(rungs).cost() <= all) {
                            spent(Brackets.one(rungs, all), rungs, all);
                        }
                        if (Brackets.round(rungs).cost() <= all) {
                            spent(Brackets.hyperband(rungs, all), rungs, all);
                        }
                    }
                }
            }
        }
    }

    private static void spent(Brackets brackets, Rungs rungs, long budget) {
        assertThat(brackets.cost()).isBetween(budget - rungs.at(0) + 1, budget);
        assertThat(brackets.all())
                .allSatisfy(b -> assertThat(b.places()).isSortedAccordingTo(java.util.Comparator.reverseOrder()));
    }
}
