package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    /// Probabilities of a half, a third and a sixth.
    private static final float[] LOGITS = {99, (float) Math.log(3), (float) Math.log(2), 0, 99};

    @ParameterizedTest
    @CsvSource({"0, 0", "0.499, 0", "0.501, 1", "0.833, 1", "0.834, 2", "0.999999, 2"})
    void sampled_action_hasItsShareOfTheNumbersDrawn(double drawn, int action) {
        assertThat(Choice.SAMPLED.of(LOGITS, 1, 3, drawn)).isEqualTo(action);
    }

    @Test
    void sampled_ofLargeLogits_doesNotOverflow() {
        assertThat(Choice.SAMPLED.of(new float[] {1e30f, -1e30f}, 0, 2, 0.999)).isZero();
    }

    @Test
    void sampled_ofWhatIsNoNumber_isTheLast() {
        assertThat(Choice.SAMPLED.of(new float[] {Float.NaN, 0, 0}, 0, 3, 0.1)).isEqualTo(2);
        assertThat(Choice.SAMPLED.of(new float[] {Float.POSITIVE_INFINITY, 0, 0}, 0, 3, 0.1))
                .isEqualTo(2);
    }
}
