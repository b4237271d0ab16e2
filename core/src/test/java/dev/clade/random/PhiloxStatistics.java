package dev.clade.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.testkit.Distributions;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each assertion fails by chance once in a million runs (alpha), at a fixed seed never or always.
class PhiloxStatistics {

    private static final long SEED = 20171127;
    private static final double ALPHA = 1e-6;
    private static final int SAMPLES = 100_000;

    @Test
    void nextInt_isUniformOverSevenFaces() {
        var random = Philox.keyed(SEED, 0, 0, "faces");
        var counts = new long[7];
        IntStream.range(0, SAMPLES).forEach(i -> counts[random.nextInt(7)]++);
        var fair = new double[7];
        Arrays.fill(fair, 1 / 7.0);
        new Distributions(SEED, ALPHA).counts("faces", counts, fair);
    }

    @Test
    void nextGaussian_hasMeanZeroAndVarianceOne() {
        var random = Philox.keyed(SEED, 0, 0, "normal");
        double[] values = IntStream.range(0, SAMPLES)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double mean = IntStream.range(0, SAMPLES)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, SAMPLES)
                        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                        .sum()
                / (SAMPLES - 1);
        assertThat(mean).isBetween(-5 / Math.sqrt(SAMPLES), 5 / Math.sqrt(SAMPLES));
        assertThat(variance).isBetween(1 - 5 * Math.sqrt(2.0 / SAMPLES), 1 + 5 * Math.sqrt(2.0 / SAMPLES));
    }

    @Test
    void nextDouble_isUniform() {
        var random = Philox.keyed(SEED, 0, 0, "uniform");
        double[] values = IntStream.range(0, SAMPLES)
                .mapToDouble(i -> random.nextDouble())
                .toArray();
        new Distributions(SEED, ALPHA).sample("uniform", values, x -> Math.clamp(x, 0, 1));
    }
}
