package dev.clade.zoo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpectrumTest {

    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void values_ofATwoByTwo_areThoseByHand() {
        var values = Spectrum.of(new double[][] {{2, 1}, {1, 2}}).values();
        assertThat(values[0]).isCloseTo(1, CLOSE);
        assertThat(values[1]).isCloseTo(3, CLOSE);
    }

    @Test
    void root_timesItself_isTheMatrix() {
        double[][] matrix = {{4, 1, 0.5}, {1, 3, -0.25}, {0.5, -0.25, 2}};
        var root = Spectrum.of(matrix).root();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double product = root[i][0] * root[0][j] + root[i][1] * root[1][j] + root[i][2] * root[2][j];
                assertThat(product).isCloseTo(matrix[i][j], CLOSE);
                assertThat(root[i][j]).isCloseTo(root[j][i], CLOSE);
            }
        }
    }

    @Test
    void root_ofASingularMatrix_hasNoNaN() {
        var root = Spectrum.of(new double[][] {{1, 1}, {1, 1}}).root();
        assertThat(root[0][0]).isCloseTo(Math.sqrt(0.5), within(1e-7));
        assertThat(root[0][1]).isCloseTo(Math.sqrt(0.5), within(1e-7));
    }
}
