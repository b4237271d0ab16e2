package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Branin's function (Dixon, Szegö 1978) in 25 configurations, seeds 1 to 8, against as many draws of the same seeds.
/// Were it no better than random, all eight would be won once in 2^8 = 256 sets of seeds (sign test, p = 0.004).
/// `bench/run regret` has more functions, more seeds and a published optimiser.
class RegretStatistics {

    private static final int SEEDS = 8;
    private static final int CONFIGURATIONS = 25;
    private static final double LEAST = 0.39788735772973816;

    private static double branin(Hyperparameters at) {
        double x = at.real("x");
        double valley = at.real("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x) + 10;
    }

    private static Landscape branin(int seed, int atOnce) {
        return Landscape.of(RegretStatistics::branin)
                .with("parameters", Setting.map(Map.of("x", Landscape.range(-5, 10), "y", Landscape.range(0, 15))))
                .with("population", Setting.number(CONFIGURATIONS))
                .with("budget", Setting.map("steps", Setting.number(1)))
                .with("ready", Setting.map("every", Setting.number(1)))
                .with("seed", Setting.number(seed))
                .bo(Map.of("at_once", Setting.number(atOnce)));
    }

    private static double regret(Landscape landscape) {
        return landscape.run(1).population().members().stream()
                        .mapToDouble(m -> branin(m.segment(1).values()))
                        .min()
                        .orElseThrow()
                - LEAST;
    }

    private static double drawn(Space space, int seed) {
        return IntStream.range(0, CONFIGURATIONS)
                        .mapToDouble(i -> branin(space.draw(Randomness.keyed(seed, i, 0))))
                        .min()
                        .orElseThrow()
                - LEAST;
    }

    private static long won(int atOnce) {
        return IntStream.rangeClosed(1, SEEDS)
                .filter(seed -> {
                    var landscape = branin(seed, atOnce);
                    return regret(landscape) < drawn(landscape.specification().space(), seed);
                })
                .count();
    }

    @Test
    void oneAtATime_beatsRandomSearch() {
        assertThat(won(1)).isEqualTo(SEEDS);
    }

    @Test
    void fourAtATime_beatsRandomSearch() {
        assertThat(won(4)).isEqualTo(SEEDS);
    }
}
