package dev.clade.app.cli;

import dev.clade.fault.Fault;
import dev.clade.settings.Fields;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import java.util.LinkedHashMap;

/// `key=value,key=value` of an option, as fields.
final class Pairs {

    private Pairs() {}

    /// @throws Fault 4154 for what is no pair
    static Fields of(String option, String text) {
        var pairs = new LinkedHashMap<String, Setting>();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new Fault(
                        4154,
                        "'" + option + "' is written as key=value pairs.",
                        part + ".",
                        "say, " + option + " a=1,b=2.",
                        "correct it there.");
            }
            var key = part.substring(0, equals).strip();
            var place = new Place(option + " " + key, 0, 0);
            pairs.put(key, new Setting.Scalar(part.substring(equals + 1).strip(), false, place));
        }
        return Fields.of(Setting.map(pairs), option);
    }
}
