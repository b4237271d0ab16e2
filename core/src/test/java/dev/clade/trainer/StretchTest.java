package dev.clade.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StretchTest {

    @Test
    void aStretchOfSoManySteps_grantsThem_andEnds() {
        var stretch = Stretch.of(3);
        int done = 0;
        while (stretch.advance(1)) {
            done++;
            assertThat(stretch.step()).isEqualTo(done);
        }

        assertThat(done).isEqualTo(3);
        assertThat(stretch.remaining()).isZero();
        assertThat(stretch.over()).isTrue();
    }

    @Test
    void theLastRequest_countsAsWhatWasLeft() {
        var stretch = Stretch.of(10);

        assertThat(stretch.advance(4)).isTrue();
        assertThat(stretch.advance(100)).isTrue();
        assertThat(stretch.step()).isEqualTo(10);
        assertThat(stretch.advance(1)).isFalse();
    }

    @Test
    void stepsThatAreDone_countUpToItsEnd() {
        var stretch = Stretch.of(2);
        stretch.done(5);

        assertThat(stretch.step()).isEqualTo(2);
    }

    @Test
    void noSteps_areNoStretchForward() {
        assertThat(Stretch.of(0).advance(1)).isFalse();
        assertThatThrownBy(() -> Stretch.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stretch.of(1).advance(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
