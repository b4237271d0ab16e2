package dev.clade.bench.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.bench.paper.Descent.Span;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Three members: 1 copies 0 after ten steps, 2 goes on with its own and falls behind; 0 copies 1 in the end.
class DescentTest {

    private static final Descent DESCENT = new Descent(
            List.of(
                    fresh(0, 0, 10),
                    fresh(1, 0, 10),
                    fresh(2, 0, 10),
                    new Span(0, 10, 20, OptionalInt.of(0)),
                    new Span(1, 10, 20, OptionalInt.of(0)),
                    new Span(2, 10, 20, OptionalInt.of(2)),
                    new Span(0, 20, 30, OptionalInt.of(4))),
            6);

    private static Span fresh(int member, long from, long to) {
        return new Span(member, from, to, OptionalInt.empty());
    }

    @Test
    void weightsHaveOneAncestry() {
        assertThat(DESCENT.ancestry(6)).containsExactly(0, 4, 6);
        assertThat(DESCENT.founder(6)).isZero();
        assertThat(DESCENT.founder(5)).isEqualTo(2);
    }

    @Test
    void whatNobodyHoldsInTheEnd_hasDiedOut() {
        assertThat(DESCENT.surviving()).containsExactly(0, 2, 4, 5, 6);
    }

    @Test
    void aPopulationThatNeverCopied_hasNothingToShow() {
        assertThat(DESCENT.copied()).isTrue();
        assertThat(new Descent(List.of(fresh(0, 0, 10), new Span(0, 10, 20, OptionalInt.of(0))), 1).copied())
                .isFalse();
    }

    @Test
    void parentsComeFirst() {
        assertThatThrownBy(() -> new Descent(List.of(new Span(0, 0, 10, OptionalInt.of(0))), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Descent(List.of(fresh(0, 0, 10)), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
