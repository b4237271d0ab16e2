package dev.clade.run.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How a program is called.
///
/// @param main always there
/// @param optional groups of words behind it: one of which a name has no value is left out
record Call(Template main, List<Template> optional) {

    Call {
        optional = List.copyOf(optional);
    }

    TreeSet<String> names() {
        var names = main.names();
        optional.forEach(group -> names.addAll(group.names()));
        return names;
    }

    /// The words of one call. A `${restore}` that is not optional is empty where there is nothing to restore.
    List<String> words(Map<String, String> values) {
        var always = new HashMap<>(values);
        always.putIfAbsent(Command.RESTORE, "");
        var words = new ArrayList<>(main.filled(always)
                .orElseThrow(() -> new IllegalArgumentException(main.names() + " of " + values.keySet())));
        optional.forEach(group -> group.filled(values).ifPresent(words::addAll));
        return words;
    }
}
