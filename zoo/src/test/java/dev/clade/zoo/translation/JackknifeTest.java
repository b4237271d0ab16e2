package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JackknifeTest {

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @Test
    void samples_ofAnyNumber_haveItAsTheirMean() {
        assertThat(mean(Jackknife.samples(31.5, List.of(30.0, 33.0, 31.0, 35.0))))
                .isCloseTo(31.5, within(1e-12));
    }

    @Test
    void samples_ofAMean_areItsParts() {
        double[] parts = {1, 4, 2, 9};
        double all = DoubleStream.of(parts).average().orElseThrow();
        var without =
                IntStream.range(0, 4).mapToObj(i -> (4 * all - parts[i]) / 3).toList();
        var samples = Jackknife.samples(all, without);
        for (int i = 0; i < 4; i++) {
            assertThat(samples.get(i)).isCloseTo(parts[i], within(1e-12));
        }
    }

    /// The ratio of two sums over ten parts, 2,000 times: the standard error that the samples say is, on
    /// average, that of the ratio over the repetitions. Seed 1; the average of 2,000 estimates lies within
    /// 5 % of theirs.
    @Test
    void samples_ofARatio_spreadAsItDoes() {
        var random = Philox.keyed(1, 0, 0, "ratio");
        int repeats = 2_000;
        double sum = 0;
        double squares = 0;
        double said = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            var above = new double[10];
            var below = new double[10];
            for (int i = 0; i < 10; i++) {
                below[i] = 5 + random.nextGaussian();
                above[i] = 2 * below[i] + random.nextGaussian();
            }
            double a = DoubleStream.of(above).sum();
            double b = DoubleStream.of(below).sum();
            var samples = Jackknife.samples(
                    a / b,
                    IntStream.range(0, 10)
                            .mapToObj(i -> (a - above[i]) / (b - below[i]))
                            .toList());
            sum += a / b;
            squares += a / b * (a / b);
            said += samples.stream().mapToDouble(s -> (s - a / b) * (s - a / b)).sum() / 9 / 10;
        }
        double variance = (squares - sum * sum / repeats) / (repeats - 1);
        assertThat(said / repeats / variance).isCloseTo(1, within(0.1));
    }
}
