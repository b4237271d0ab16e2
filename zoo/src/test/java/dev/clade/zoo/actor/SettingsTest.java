package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.world.Sticky;
import dev.clade.zoo.world.arcade.Arcade;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
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

    @Test
    void settings_ofAWorldAlone_areTheDefaults() {
        assertThat(Settings.read(settings("zoo", "actor", "world", "dots")))
                .isEqualTo(new Settings(
                        Arcade.DOTS, 0, 16, 5, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1))));
    }

    @Test
    void settings_ofEverything_areRead() {
        var read = Settings.read(settings(
                "zoo",
                "actor",
                "world",
                "thrust",
                "sticky",
                "0.1",
                "environments",
                "4",
                "unroll",
                "20",
                "clip",
                "1",
                "decay",
                "0.9",
                "epsilon",
                "0.1",
                "lanes",
                "auto",
                "device",
                "cpu"));
        assertThat(read)
                .isEqualTo(new Settings(
                        Arcade.THRUST, 0.1, 4, 20, 1, 0.9, 0.1, new Sharing(Device.CPU, OptionalInt.empty())));
        assertThat(read.world()).isInstanceOf(Sticky.class);
    }

    @Test
    void settings_withoutAWorldOrWithAnother_sayWhichThereAre() {
        assertThatThrownBy(() -> Settings.read(settings("zoo", "actor"))).hasMessageContaining("'world'");
        assertThatThrownBy(() -> Settings.read(settings("zoo", "actor", "world", "pong")))
                .hasMessageStartingWith(
                        "CLADE-1001 x.yaml:7:20 is not what it should be.  Found: pong  Expected: a world: bricks,"
                                + " crossing, dots, thrust, battle/beacon, ");
    }

    @Test
    void settings_thatCannotBe_areRefusedAtTheirPlace() {
        assertThatThrownBy(() -> Settings.read(settings("zoo", "actor", "world", "dots", "unroll", "51")))
                .hasMessageContaining("x.yaml:7:30")
                .hasMessageContaining("at most 50");
        assertThatThrownBy(() -> Settings.read(settings("zoo", "actor", "world", "dots", "sticky", "1")))
                .hasMessageContaining("x.yaml:7:30");
        assertThatThrownBy(() -> Settings.read(settings("zoo", "actor", "world", "dots", "enviroments", "8")))
                .hasMessageContaining("write 'environments'");
    }

    private static Asked asked(Map<String, Value> values) {
        return Asked.of("actor", new Hyperparameters(new TreeMap<>(values)));
    }

    @Test
    void values_alone_mayHaveAnUnrollLength() {
        var asked = asked(Map.of("unroll", new Value.Whole(20), "lr", new Value.Real(0.01)));
        assertThat(Values.alone(asked, 5))
                .isEqualTo(new Values(0.01, Values.ENTROPY_COST, Values.VALUE_COST, Values.DISCOUNT, 20));
        assertThat(asked.receipt().active()).containsOnlyKeys("lr", "unroll");
        assertThat(Values.alone(asked(Map.of()), 7).unroll()).isEqualTo(7);
        assertThatThrownBy(() -> Values.alone(asked(Map.of("unroll", new Value.Whole(51))), 5))
                .hasMessageContaining("CLADE-3305")
                .hasMessageContaining("from 1 to 50");
        assertThatThrownBy(() -> Values.alone(asked(Map.of("discount", new Value.Real(1.01))), 5))
                .hasMessageContaining("CLADE-3305");
    }

    @Test
    void values_inLanes_haveTheUnrollLengthOfTheSettings() {
        assertThat(Values.inLanes(asked(Map.of()), 5).unroll()).isEqualTo(5);
        assertThat(Values.inLanes(asked(Map.of("unroll", new Value.Whole(5))), 5)
                        .unroll())
                .isEqualTo(5);
        assertThatThrownBy(() -> Values.inLanes(asked(Map.of("unroll", new Value.Whole(6))), 5))
                .hasMessage("CLADE-3360 the members of a crew have one unroll length.  Found: 'unroll' 6 under"
                        + " 'parameters', 5 under 'trainer'.  Expected: no 'unroll' under 'parameters' where there are"
                        + " lanes.  Mend: take 'unroll' out of 'parameters', or set 'lanes: 1'.");
    }
}
