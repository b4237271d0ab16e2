package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Setting;
import dev.clade.tune.Tuners;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BayesianTest {

    private static final Landscape FLAT = Landscape.of(at -> 0);

    private static BayesianOptimisation read(Landscape landscape) {
        return (BayesianOptimisation) new Bayesian().read(landscape.specification());
    }

    @Test
    void bo_isFoundByItsWord() {
        assertThat(ServiceLoader.load(Tuners.class)).extracting(Tuners::word).contains("bo");
    }

    @Test
    void defaults_areAQuarterOfThePopulation() {
        var tuner = read(FLAT.with("tuner", Setting.word("bo")));
        assertThat(tuner.atOnce()).isEqualTo(3);
        assertThat(tuner.initial()).isEqualTo(3);
        assertThat(tuner.acquisition()).isEqualTo(Acquisition.EI);
        assertThat(tuner.window()).isEqualTo(200);
        assertThat(tuner.serial()).isTrue();
        assertThat(tuner.synchronous()).isFalse();
        assertThat(read(FLAT.with("population", Setting.number(100))).initial()).isEqualTo(6);
        assertThat(read(FLAT.with("population", Setting.number(1))).atOnce()).isEqualTo(1);
    }

    @Test
    void settings_areRead() {
        var tuner = read(FLAT.bo(Map.of(
                "at_once",
                Setting.number(2),
                "initial",
                Setting.number(5),
                "acquisition",
                Setting.word("thompson"),
                "window",
                Setting.number(50))));
        assertThat(tuner).isEqualTo(new BayesianOptimisation(tuner.ready(), 2, 5, Acquisition.THOMPSON, 50));
    }

    @Test
    void aBudgetWithoutSteps_isRefused() {
        var total = FLAT.with("budget", Setting.map("total_steps", Setting.number(40)));
        assertThatThrownBy(() -> read(total))
                .hasMessage("CLADE-1320 the tuner 'bo' trains each configuration to the end of a budget of steps."
                        + "  Found: a budget of 40 steps in all.  Expected: 'steps' in the budget."
                        + "  Mend: add, say, 'steps: 20k' to the budget.");
    }

    @Test
    void anUnknownAcquisition_isRefused() {
        assertThatThrownBy(() -> read(FLAT.bo(Map.of("acquisition", Setting.word("pi")))))
                .hasMessageContaining("Found: pi  Expected: ei, ucb or thompson.");
        assertThatThrownBy(() -> read(FLAT.bo(Map.of("atonce", Setting.number(1)))))
                .hasMessageContaining("write 'at_once'");
    }
}
