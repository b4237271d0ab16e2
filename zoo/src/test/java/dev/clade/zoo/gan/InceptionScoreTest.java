package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InceptionScoreTest {

    @Test
    void images_thatAreSureAndEven_scoreTheNumberOfClasses() {
        var sure = new float[40 * 10];
        for (int image = 0; image < 40; image++) {
            sure[image * 10 + image % 10] = 1;
        }
        assertThat(InceptionScore.of(sure, 10, 2))
                .hasSize(2)
                .allSatisfy(score -> assertThat(score).isCloseTo(10, within(1e-5)));
    }

    @Test
    void images_ofOneClassOnly_scoreOne() {
        var one = new float[] {0, 1, 0, 0, 1, 0};
        assertThat(InceptionScore.of(one, 3, 1).getFirst()).isCloseTo(1, within(1e-6));
    }

    @Test
    void images_thatNobodyCanTellApart_scoreOne() {
        var even = new float[] {0.25f, 0.75f, 0.25f, 0.75f};
        assertThat(InceptionScore.of(even, 2, 1).getFirst()).isCloseTo(1, within(1e-6));
    }

    /// KL of (0.9, 0.1) and of (0.1, 0.9) from (0.5, 0.5): 0.9 ln 1.8 + 0.1 ln 0.2 each.
    @Test
    void images_ofTwoClassesMostlySure_scoreWhatIsByHand() {
        var mostly = new float[] {0.9f, 0.1f, 0.1f, 0.9f};
        assertThat(InceptionScore.of(mostly, 2, 1).getFirst())
                .isCloseTo(Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2)), within(1e-6));
    }

    @Test
    void images_withoutNumbers_haveNoScore() {
        assertThat(InceptionScore.of(new float[] {Float.NaN, 1}, 2, 1)).containsExactly(Double.NaN);
    }
}
