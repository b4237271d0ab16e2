package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.tensor.Scope;
import org.junit.jupiter.api.Test;

/// Two environments of three steps; the first ends after step 1, the second after step 2.
class EndsTest {

    private static final Ends ENDS = new Ends(new boolean[] {false, false, true, false, false, true}, 2);

    @Test
    void steps_ofAnEpisode_areNotThoseOfAnother() {
        assertThat(ENDS.steps()).isEqualTo(3);
        assertThat(ENDS.sameEpisode(0, 9)).isTrue();
        assertThat(ENDS.sameEpisode(2, 1)).isTrue();
        assertThat(ENDS.sameEpisode(4, 0)).isTrue();
        assertThat(ENDS.sameEpisode(4, 1)).isFalse();
        assertThat(ENDS.sameEpisode(6, 1)).isTrue();
        assertThat(ENDS.sameEpisode(6, 2)).isFalse();
        assertThat(ENDS.sameEpisode(5, 9)).isTrue();
        assertThat(ENDS.sameEpisode(7, 1)).isFalse();
    }

    @Test
    void last_isTheEndOrWhatIsSeenAfterTheUnroll() {
        assertThat(new int[] {ENDS.last(0), ENDS.last(2), ENDS.last(4), ENDS.last(6)})
                .containsExactly(1, 1, 3, 3);
        assertThat(new int[] {ENDS.last(1), ENDS.last(5), ENDS.last(7)}).containsExactly(2, 2, 3);
    }

    @Test
    void mask_isOneWhereTheEpisodeWasThere() {
        try (var _ = Scope.still()) {
            assertThat(ENDS.mask(2, 2, 1).floats()).containsExactly(0, 1, 1, 0);
            assertThat(ENDS.mask(2, 2, 1).shape()).containsExactly(4L, 1L);
        }
    }
}
