package dev.clade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PropertyTest {

    @Test
    void holds_lawThatHolds_seesEveryCase() {
        var seen = new ArrayList<Long>();
        Property.holds(1, 100, RandomGenerator::nextLong, seen::add);
        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void holds_sameSeed_sameCases() {
        assertThat(cases(5)).isEqualTo(cases(5)).isNotEqualTo(cases(6));
    }

    @Test
    void randomness_ofOneCase_isHadWithoutTheOthers() {
        assertThat(Property.randomness(5, 17).nextLong()).isEqualTo(cases(5).get(17));
    }

    @Test
    void holds_brokenLaw_namesSeedCaseAndTheSimplestCase() {
        assertThatThrownBy(() -> Property.holds(
                        3,
                        100,
                        random -> random.nextLong(1, 1_000_000),
                        Shrinker.integer(),
                        value -> assertThat(value).isLessThan(1000)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The law is broken by case 0 of 100, seed 3.\n  case:   ")
                .hasMessageContaining("\n  shrunk: 1000   (")
                .hasMessageContaining("\n  again:  Property.randomness(3L, 0) makes this case")
                .hasMessageContaining("-Dtest=PropertyTest#holds_brokenLaw_namesSeedCaseAndTheSimplestCase")
                .hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void holds_withoutShrinker_namesTheCaseAsItIs() {
        assertThatThrownBy(() -> Property.holds(3, 1, random -> "x", value -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The law is broken by case 0 of 1, seed 3.\n  case:   x\n  why:    "
                        + "java.lang.IllegalStateException: no\n  again:  ");
    }

    @Test
    void holds_noCases_isRefused() {
        assertThatThrownBy(() -> Property.holds(3, 0, random -> "x", value -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a law needs at least 1 case, and has 0");
    }

    @Test
    void list_shrinksToTheOneElementThatMatters() {
        assertThatThrownBy(() -> Property.holds(
                        9,
                        50,
                        random -> random.longs(20, -100, 100).boxed().toList(),
                        Shrinker.list(Shrinker.integer()),
                        value -> assertThat(value).noneMatch(each -> each > 40)))
                .hasMessageContaining("\n  shrunk: [41]   (");
    }

    @Test
    void number_shrinksToAWholeOneWhereItCan() {
        assertThat(Shrinker.number().simpler(7.25)).containsExactly(0.0, 7.0, 3.625);
        assertThat(Shrinker.number().simpler(-0.5)).containsExactly(0.0, -0.25);
        assertThat(Shrinker.number().simpler(0.0)).isEmpty();
    }

    @Test
    void integer_isStrictlySimpler() {
        assertThat(Shrinker.integer().simpler(100L)).containsExactly(0L, 50L, 75L, 88L, 94L, 97L, 99L);
        assertThat(Shrinker.integer().simpler(-3L)).containsExactly(0L, -2L);
        assertThat(Shrinker.integer().simpler(Long.MIN_VALUE)).startsWith(0L, Long.MIN_VALUE / 2);
    }

    @Test
    void list_isStrictlySimpler() {
        var list = List.of(1L, 2L);
        assertThat(Shrinker.list(Shrinker.integer()).simpler(list))
                .containsExactly(
                        List.of(), List.of(2L), List.of(1L), List.of(0L, 2L), List.of(1L, 0L), List.of(1L, 1L));
    }

    private static List<Long> cases(long seed) {
        var seen = new ArrayList<Long>();
        Property.holds(seed, 20, RandomGenerator::nextLong, seen::add);
        return seen;
    }
}
