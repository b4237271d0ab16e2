package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// PB2 against PBT with four members, on the toy `ridge` of four hyperparameters whose optimum moves, at equal steps
/// (1000 each, ready every 20) and with the same exploit, a quarter. What is compared is the winner's final score, of
/// ten fresh evaluations, as a share of what the perfect schedule gets.
///
/// Seeds 1 to 12, paired. A one-sided t-test at 1e-3: with 11 degrees of freedom, `t` must be above 4.025. It was 8.6,
/// for a mean of 0.25 more, where PBT gets about 0.2.
///
/// Not everywhere: on the toy `drift`, of one hyperparameter, PBT got 4.42 and PB2 4.09 (10 of 10 seeds), since a local
/// move is all that it takes there.
class Pb2Statistics {

    private static final int SEEDS = 12;
    private static final double CRITICAL = 4.025;

    @Test
    void fourMembers_pb2_isBetterThanPbt() {
        double[] differences = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToDouble(seed -> score(seed, true) - score(seed, false))
                .toArray();
        assertThat(t(differences)).as("t").isGreaterThan(CRITICAL);
        assertThat(mean(differences)).as("effect").isGreaterThan(0.1);
    }

    private static double score(long seed, boolean pb2) {
        return new Ridging(pb2 ? new Pb2Reader() : Ridging.PBT, 4, "trainer: {toy: ridge, noise: 0.001}").score(seed);
    }

    private static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    private static double t(double[] differences) {
        double mean = mean(differences);
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        return mean / Math.sqrt(squares / (differences.length - 1) / differences.length);
    }
}
