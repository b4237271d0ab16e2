package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Fields;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.member.Asked;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.world.Sticky;
import dev.clade.zoo.world.levels.Levels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings read(String... pairs) {
        var entries = new LinkedHashMap<String, Setting>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put(pairs[i], new Setting.Scalar(pairs[i + 1], false, new Place("x.yaml", 7, 10 + 5 * i)));
        }
        return Settings.read(Fields.of(new Setting.Mapping(entries, new Place("x.yaml", 7, 1)), "the trainer 'a3c'"));
    }

    @Test
    void settings_ofAWorldAlone_areTheDefaults() {
        assertThat(read("world", "battle/beacon"))
                .isEqualTo(new Settings(
                        Levels.find("battle/beacon").orElseThrow(),
                        0,
                        2,
                        8,
                        1,
                        20,
                        0.5,
                        0.99,
                        1e-3,
                        false,
                        Sharing.HERE));
    }

    @Test
    void settings_ofEverything_areRead() {
        var read = read(
                "world",
                "crossing",
                "sticky",
                "0.1",
                "learners",
                "4",
                "environments",
                "3",
                "threads",
                "2",
                "unroll",
                "50",
                "clip",
                "40",
                "decay",
                "0.9",
                "epsilon",
                "0.1",
                "evaluate",
                "fresh",
                "device",
                "cpu");
        assertThat(read)
                .isEqualTo(new Settings(
                        Levels.find("crossing").orElseThrow(), 0.1, 4, 3, 2, 50, 40, 0.9, 0.1, true, Sharing.HERE));
        assertThat(read.world()).isInstanceOf(Sticky.class);
    }

    @ParameterizedTest
    @CsvSource({
        "world, pong, a world",
        "threads, 3, at most 2",
        "unroll, 51, at most 50",
        "unroll, 0, at least 1",
        "evaluate, first, last or fresh",
        "lanes, 2, lanes"
    })
    void settings_thatAreWrong_areFaults(String name, String value, String expected) {
        assertThatThrownBy(() -> {
                    var entries = new LinkedHashMap<String, Setting>();
                    entries.put("world", new Setting.Scalar("crossing", false, new Place("x.yaml", 7, 1)));
                    entries.put(name, new Setting.Scalar(value, false, new Place("x.yaml", 7, 9)));
                    var fields =
                            Fields.of(new Setting.Mapping(entries, new Place("x.yaml", 7, 1)), "the trainer 'a3c'");
                    Settings.read(fields);
                    fields.end();
                })
                .hasMessageContaining(expected);
    }

    @Test
    void values_ofEveryAgent_areAskedFor() {
        var asked = Asked.of(
                "a3c",
                new Hyperparameters(new TreeMap<>(Map.of(
                        "lr", new Value.Real(0.1), "unroll", new Value.Whole(30), "discount", new Value.Real(0.5)))));
        assertThat(Values.of(asked, 20)).isEqualTo(new Values(0.1, 0.5, 30));
        assertThat(asked.receipt().active()).containsOnlyKeys("lr", "unroll", "discount");
        var none = Asked.of("a3c", new Hyperparameters(new TreeMap<>()));
        assertThat(Values.of(none, 20)).isEqualTo(new Values(Values.LR, Values.DISCOUNT, 20));
        var wrong = Asked.of("a3c", new Hyperparameters(new TreeMap<>(Map.of("unroll", new Value.Whole(51)))));
        assertThatThrownBy(() -> Values.of(wrong, 20)).hasMessageStartingWith("CLADE-3305");
    }
}
