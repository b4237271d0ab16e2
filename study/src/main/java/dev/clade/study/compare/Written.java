package dev.clade.study.compare;

import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.util.LinkedHashMap;

/// Values as an experiment file would write them, to the last bit.
public final class Written {

    private Written() {}

    public static Setting of(Value value) {
        return switch (value) {
            case Value.Real real -> Setting.word(Double.toString(real.value()));
            case Value.Whole whole -> Setting.word(Long.toString(whole.value()));
            case Value.Flag flag -> Setting.word(Boolean.toString(flag.value()));
            case Value.Text text -> Setting.text(text.value());
            case Value.Vector vector ->
                Setting.list(vector.elements().stream().map(Written::of).toList());
        };
    }

    static Setting.Mapping of(Hyperparameters values) {
        var entries = new LinkedHashMap<String, Setting>();
        values.active().forEach((name, value) -> entries.put(name, of(value)));
        return Setting.map(entries);
    }
}
