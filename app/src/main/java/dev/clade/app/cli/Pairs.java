package dev.clade.app.cli;

import dev.clade.fault.Fault;
import dev.clade.settings.Fields;
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
            pairs.put(
                    part.substring(0, equals).strip(),
                    Setting.word(part.substring(equals + 1).strip()));
        }
        return Fields.of(Setting.map(pairs), option);
    }
}
