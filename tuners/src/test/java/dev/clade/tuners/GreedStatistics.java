package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.pbt.PbtReader;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tuners.frequencies.MultipleFrequencies;
import dev.clade.tuners.frequencies.Published;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The toys of greed, seeds 1 to 8, paired, walls held as published. Between equals, one wins 7 or more of 8 with
/// probability 9/256 = 3.5 % (one-sided sign test). That MF-PBT beats PBT on the deceptive toy without
/// lockstep is not claimed: it does not, of 12 seeds it had a median of 0.132 where PBT had 0.121.
class GreedStatistics {

    private static final int SEEDS = 8;
    private static final int ENOUGH = 7;
    private static final String FREQUENCIES = "{mf-pbt: {frequencies: [1, 5]}}";

    private static double[] losses(String toy, String tuner, Function<Specification, Tuner> tuners) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> new Greed(toy, tuner).loss(seed, tuners))
                .toArray();
    }

    private static double[] greedy(String toy) {
        return losses(toy, "pbt", specification -> {
            var pbt = PbtReader.pbt(specification);
            return new PopulationBasedTraining(
                    pbt.ready(), pbt.ranking(), pbt.exploit(), new Greed.Held(), pbt.inherit());
        });
    }

    private static double[] atTwoFrequencies(String toy) {
        return losses(toy, FREQUENCIES, specification -> Published.with(specification, new Greed.Held()));
    }

    private static int wins(double[] one, double[] other) {
        int wins = 0;
        for (int i = 0; i < SEEDS; i++) {
            wins += one[i] < other[i] ? 1 : 0;
        }
        return wins;
    }

    @Test
    void plain_greedIsRight() {
        assertThat(wins(greedy("plain"), atTwoFrequencies("plain"))).isGreaterThanOrEqualTo(ENOUGH);
    }

    @Test
    void deceptive_severalFrequenciesBeatRandomSearch() {
        var random = losses("deceptive", "random", new RandomSearch()::read);

        assertThat(wins(atTwoFrequencies("deceptive"), random)).isGreaterThanOrEqualTo(ENOUGH);
    }

    private static double[] inLockstep(String tuner, Function<Specification, Tuner> tuners, String... more) {
        var settings =
                Stream.concat(Stream.of("synchronous: true"), Stream.of(more)).toArray(String[]::new);
        return LongStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> new Greed("deceptive", tuner).loss(seed, tuners, settings))
                .toArray();
    }

    /// In lockstep, as these methods were published. All 8 of 8: between equals that has a chance of 1 in 256.
    @Test
    void deceptive_inLockstep_severalFrequenciesAndTheRemedyBeatGreed() {
        var greedy = inLockstep("pbt", PbtReader::pbt);

        assertThat(wins(inLockstep("mf-pbt", new MultipleFrequencies()::read), greedy))
                .isEqualTo(SEEDS);
        assertThat(wins(inLockstep("pbt", PbtReader::pbt, "greed: {longer: 5}"), greedy))
                .isEqualTo(SEEDS);
    }
}
