package dev.clade.zoo.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.settings.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void cosine_atItsQuarters_isHalfACosine() {
        var cosine = new Schedule.Cosine(100);
        assertThat(cosine.rate(2, 0)).isEqualTo(2);
        assertThat(cosine.rate(2, 25)).isCloseTo(1 + Math.sqrt(0.5), within(1e-12));
        assertThat(cosine.rate(2, 50)).isCloseTo(1, within(1e-12));
        assertThat(cosine.rate(2, 99)).isBetween(0.0, 0.001);
        assertThat(cosine.rate(2, 100)).isZero();
        assertThat(cosine.rate(2, 150)).isZero();
    }

    @Test
    void constant_always_isTheBase() {
        assertThat(new Schedule.Constant().rate(0.1, 1_000_000)).isEqualTo(0.1);
    }

    @Test
    void read_bothKinds_areWhatTheySay() {
        assertThat(Schedule.read(Setting.word("constant"))).isEqualTo(new Schedule.Constant());
        assertThat(Schedule.read(Setting.map(Map.of("cosine", Setting.word("2k")))))
                .isEqualTo(new Schedule.Cosine(2000));
    }
}
