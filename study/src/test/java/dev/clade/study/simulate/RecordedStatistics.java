package dev.clade.study.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.pbt.PbtReader;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A surrogate of a recorded experiment is like it: on a landscape, whose truth is known, its mean score is within a
/// tenth of the scores' range, and it finds the same of two rules better. Seeds 1 to 8; no chance is left in it.
class RecordedStatistics {

    private static final Setting.Mapping SETTINGS =
            Settings.small(10).with("ready", Setting.map("every", Setting.number(5)));

    private static Simulation truth(Setting.Mapping settings) {
        var landscape = new Landscape(3, 1, 0, 0.005, 0.15, 0.5);
        var model = new Model(landscape.trainers(Specification.read(settings), 100), Costs.STEPS, "a landscape");
        return new Simulation(settings, s -> new PbtReader().read(s), model, 4, Conditions.IDEAL);
    }

    private static double mean(Simulation simulation) {
        return LongStream.rangeClosed(1, 8)
                .mapToDouble(seed -> simulation.run(seed).score())
                .average()
                .orElseThrow();
    }

    @Test
    void theSurrogate_scoresAsTheTruth_andRanksAlike() {
        var recorded = truth(SETTINGS).run(99).result().population();
        var model = Recorded.of("truth", recorded, Specification.read(SETTINGS));
        var none = SETTINGS.with("exploit", Setting.word("none"));
        double pbt = mean(new Simulation(SETTINGS, s -> new PbtReader().read(s), model, 4, Conditions.IDEAL));
        double alone = mean(new Simulation(none, s -> new PbtReader().read(s), model, 4, Conditions.IDEAL));
        assertThat(pbt).isBetween(mean(truth(SETTINGS)) - 0.1, mean(truth(SETTINGS)) + 0.1);
        assertThat(mean(truth(SETTINGS))).isGreaterThan(mean(truth(none)));
        assertThat(pbt).isGreaterThan(alone);
        assertThat(model.costs().step().toMillis()).isEqualTo(1000);
        assertThat(model.what()).matches("what 'truth' did: \\d+ segments, which explain \\d+ % of each other's gains");
    }

    @Test
    void tooLittle_orAnotherSpace_isRefused() {
        var few = Settings.small(2).with("ready", Setting.map("every", Setting.number(50)));
        var recorded = truth(few).run(1).result().population();
        assertThatThrownBy(() -> Recorded.of("few", recorded, Specification.read(few)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("4 finished segments");
        var other = SETTINGS.with("parameters", Setting.map("g", Setting.map("uniform", Settings.numbers(0, 1))));
        var enough = truth(SETTINGS).run(1).result().population();
        assertThatThrownBy(() -> Recorded.of("truth", enough, Specification.read(other)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("score under h");
    }
}
