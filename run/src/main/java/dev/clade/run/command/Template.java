package dev.clade.run.command;

import dev.clade.fault.Fault;
import dev.clade.run.process.Words;
import dev.clade.settings.Setting;
import dev.clade.settings.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words with `${name}` in them. `$${name}` stands for `${name}` itself.
///
/// @param words at least one
record Template(List<String> words) {

    private static final Pattern NAME = Pattern.compile("(\\$?)\\$\\{([^}]*)}");

    Template {
        words = List.copyOf(words);
    }

    /// The template that a setting writes.
    ///
    /// @param known names that it may use
    /// @throws Fault 1451 for another
    static Template of(Setting setting, Collection<String> known) {
        var template = new Template(Words.of(setting));
        template.names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Fault(
                            1451,
                            setting.place() + " nothing is called '" + name + "'.",
                            "${" + name + "}.",
                            "one of ${" + String.join("}, ${", new TreeSet<>(known)) + "}.",
                            Spelling.nearest(name, known)
                                    .map(near -> "write '${" + near + "}'.")
                                    .orElse("correct it, or write '$${" + name
                                            + "}' where the program is to see it as it is."));
                });
        return template;
    }

    /// The names that it uses.
    TreeSet<String> names() {
        var names = new TreeSet<String>();
        words.forEach(
                word -> NAME.matcher(word).results().filter(Template::names).forEach(m -> names.add(m.group(2))));
        return names;
    }

    private static boolean names(MatchResult match) {
        return match.group(1).isEmpty();
    }

    /// Its words with values for the names; nothing if one has none.
    Optional<List<String>> filled(Map<String, String> values) {
        if (!values.keySet().containsAll(names())) {
            return Optional.empty();
        }
        var filled = new ArrayList<String>();
        for (var word : words) {
            filled.add(NAME.matcher(word)
                    .replaceAll(match -> Matcher.quoteReplacement(
                            names(match)
                                    ? String.valueOf(values.get(match.group(2)))
                                    : match.group().substring(1))));
        }
        return Optional.of(filled);
    }
}
