package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Fields;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.member.Asked;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Setting.Mapping settings(String... pairs) {
        var entries = new LinkedHashMap<String, Setting>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put(pairs[i], new Setting.Scalar(pairs[i + 1], false, new Place("x.yaml", 7, 10 + 5 * i)));
        }
        return new Setting.Mapping(entries, new Place("x.yaml", 7, 1));
    }

    private static Hierarchy read(String... pairs) {
        return Hierarchy.read(Fields.of(settings(pairs), "the trainer 'fun'"));
    }

    @Test
    void hierarchy_ofNothing_isThePapers() {
        assertThat(read()).isEqualTo(Hierarchy.DEFAULT);
        assertThat(Hierarchy.DEFAULT.horizon()).isEqualTo(10);
        assertThat(Hierarchy.DEFAULT.radius()).isEqualTo(10);
    }

    @Test
    void hierarchy_ofEverything_isRead() {
        assertThat(read("horizon", "5", "radius", "4", "manager_discount", "0.995", "random_goals", "0"))
                .isEqualTo(new Hierarchy(5, 4, 0.995, 0));
    }

    @Test
    void settings_thatCannotBe_areRefusedAtTheirPlace() {
        assertThatThrownBy(() -> read("horizon", "51"))
                .hasMessageContaining("x.yaml:7:10")
                .hasMessageContaining("50");
        assertThatThrownBy(() -> read("horizon", "0")).hasMessageContaining("x.yaml:7:10");
        assertThatThrownBy(() -> read("random_goals", "1")).hasMessageContaining("x.yaml:7:10");
        assertThatThrownBy(() -> Fun.read(settings("zoo", "fun", "world", "dots", "horizn", "5"), Path.of("."), 8))
                .hasMessageContaining("write 'horizon'");
    }

    @Test
    void costs_areReadFromHyperparameters() {
        var asked = Asked.of(
                "fun",
                new Hyperparameters(new TreeMap<>(
                        Map.of("intrinsic_cost", new Value.Real(0.25), "entropy_cost", new Value.Real(0.1)))));
        assertThat(Costs.of(asked)).isEqualTo(new Costs(0.1, 0.25, 0.5));
        assertThat(asked.receipt().active()).containsOnlyKeys("entropy_cost", "intrinsic_cost");
        assertThatThrownBy(() -> Costs.of(Asked.of(
                        "fun", new Hyperparameters(new TreeMap<>(Map.of("intrinsic_cost", new Value.Real(-1)))))))
                .hasMessageContaining("CLADE-3305");
    }
}
