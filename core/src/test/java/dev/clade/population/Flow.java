package dev.clade.population;

import dev.clade.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Settings from text, for tests: words, `[lists]` and `{mappings}`, without quotes.
public final class Flow {

    private final String text;
    private int at;

    private Flow(String text) {
        this.text = text;
    }

    /// Lines of `name: value` as one mapping.
    public static Setting.Mapping of(String... lines) {
        return new Flow("{" + String.join(", ", lines) + "}").setting().asMapping();
    }

    private Setting setting() {
        blank();
        return switch (text.charAt(at)) {
            case '{' -> mapping();
            case '[' -> list();
            default -> Setting.word(until(",]}"));
        };
    }

    private Setting mapping() {
        var entries = new LinkedHashMap<String, Setting>();
        while (more('}')) {
            var name = until(":");
            at++;
            entries.put(name, setting());
        }
        return Setting.map(entries);
    }

    private Setting list() {
        var items = new ArrayList<Setting>();
        while (more(']')) {
            items.add(setting());
        }
        return Setting.list(items);
    }

    /// Whether another item follows, behind the opening bracket or a comma.
    private boolean more(char close) {
        blank();
        boolean separated = "{[,".indexOf(text.charAt(at)) >= 0;
        if (separated) {
            at++;
            blank();
        }
        boolean closed = text.charAt(at) == close;
        at += closed ? 1 : 0;
        return !closed;
    }

    private String until(String stops) {
        int from = at;
        while (stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private void blank() {
        while (text.charAt(at) == ' ') {
            at++;
        }
    }
}
