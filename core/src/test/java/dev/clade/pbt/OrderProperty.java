package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderProperty {

    private static final long SEED = 20_261_125;

    private static int[] byComparing(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> scores[i], Comparator.reverseOrder())
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(i -> i)
                .toArray();
    }

    private static double score(RandomGenerator random) {
        double any = random.nextGaussian();
        return switch (random.nextInt(8)) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1 -> 0.0;
            case 2 -> -0.0;
            case 3 -> Math.nextUp(0.5);
            case 4 -> Math.nextDown(0.5);
            case 5 -> 0.5 + random.nextInt(4) * Math.ulp(0.5);
            case 6 -> Math.round(any * 4) / 4.0;
            default -> any * Math.pow(10, random.nextInt(-300, 300));
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 64, 1000, 10_000})
    void scoresOfAnyKind_comeAsComparingThemOneByOneWouldHaveThem(int count) {
        for (int round = 0; round < 20; round++) {
            var random = Philox.keyed(SEED, count, round, "scores");
            double[] scores =
                    DoubleStream.generate(() -> score(random)).limit(count).toArray();

            assertThat(Order.bestFirst(scores)).isEqualTo(byComparing(scores));
        }
    }

    @Test
    void scoresThatDifferInTheirLastBit_areTold() {
        double[] rising = DoubleStream.iterate(1, Math::nextUp).limit(5000).toArray();

        assertThat(Order.bestFirst(rising)).isEqualTo(byComparing(rising));
    }
}
