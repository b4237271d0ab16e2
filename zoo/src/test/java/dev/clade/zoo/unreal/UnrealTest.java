package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.settings.Fields;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.zoo.member.Asked;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What may be written, and what is said of what may not.
class UnrealTest {

    private static Setting.Scalar scalar(String text, int column) {
        return new Setting.Scalar(text, false, new Place("x.yaml", 7, column));
    }

    private static Setting.Mapping settings(String... pairs) {
        var entries = new LinkedHashMap<String, Setting>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put(pairs[i], scalar(pairs[i + 1], 10 + 5 * i));
        }
        return new Setting.Mapping(entries, new Place("x.yaml", 7, 1));
    }

    private static Setting list(String... words) {
        return new Setting.Listing(
                Arrays.stream(words).<Setting>map(word -> scalar(word, 33)).toList(), new Place("x.yaml", 7, 30));
    }

    private static Tasks tasks(Setting.Mapping mapping) {
        return Tasks.read(Fields.of(mapping, "the trainer 'unreal'"));
    }

    @Test
    void tasks_ofNothing_areAll() {
        assertThat(tasks(settings())).isEqualTo(new Tasks(EnumSet.allOf(Auxiliary.class), 2_000, 0.9, 1, 1));
    }

    @Test
    void tasks_ofEverything_areRead() {
        var mapping = settings(
                        "replay",
                        "500",
                        "pixel_control_discount",
                        "0.5",
                        "reward_prediction_weight",
                        "2",
                        "value_replay_weight",
                        "0.1")
                .with("auxiliary", list("value_replay", "pixel_control"));
        assertThat(tasks(mapping))
                .isEqualTo(new Tasks(EnumSet.of(Auxiliary.PIXEL_CONTROL, Auxiliary.VALUE_REPLAY), 500, 0.5, 2, 0.1));
    }

    @Test
    void tasks_ofAnEmptyListOrOfNone_areNone() {
        assertThat(tasks(settings().with("auxiliary", list())).tasks()).isEmpty();
        assertThat(tasks(settings("auxiliary", "none")).tasks()).isEmpty();
        assertThat(tasks(settings("auxiliary", "reward_prediction")).tasks())
                .isEqualTo(Set.of(Auxiliary.REWARD_PREDICTION));
    }

    @Test
    void tasks_thatThereAreNot_areRefusedAtTheirPlace() {
        assertThatThrownBy(() -> tasks(settings().with("auxiliary", list("pixels"))))
                .hasMessageContaining("x.yaml:7:33")
                .hasMessageContaining("none, or some of pixel_control, reward_prediction, value_replay");
    }

    @Test
    void worlds_withoutPixels_areRefused() {
        for (var world : new String[] {"bricks", "battle/beacon"}) {
            assertThatThrownBy(() -> Unreal.read(settings("zoo", "unreal", "world", world), Path.of(""), 1))
                    .hasMessageContaining("x.yaml:7:20")
                    .hasMessageContaining("a world of pixels: maze/apples, maze/goal");
        }
        assertThat(Unreal.read(settings("zoo", "unreal", "world", "maze/fog"), Path.of(""), 1))
                .isNotNull();
    }

    @Test
    void settings_thatNobodyReads_areRefused() {
        assertThatThrownBy(() ->
                        Unreal.read(settings("zoo", "unreal", "world", "maze/goal", "auxilary", "[]"), Path.of(""), 1))
                .hasMessageContaining("write 'auxiliary'");
    }

    @Test
    void costs_areReadOrDefaults() {
        var asked = Asked.of(
                "unreal", new Hyperparameters(new TreeMap<>(Map.of("pixel_control_weight", new Value.Real(0.02)))));
        assertThat(Costs.of(asked)).isEqualTo(new Costs(Costs.ENTROPY, Costs.VALUE, 0.02));
        assertThat(asked.receipt().active()).containsOnlyKeys("pixel_control_weight");
        var wrong = Asked.of("unreal", new Hyperparameters(new TreeMap<>(Map.of("entropy_cost", new Value.Real(-1)))));
        assertThatThrownBy(() -> Costs.of(wrong)).hasMessageContaining("CLADE-3305");
    }
}
