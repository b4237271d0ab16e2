package dev.clade.bench.paper;

import dev.clade.settings.Setting;
import java.util.Locale;
import java.util.stream.Collectors;

/// Settings as JSON. Every JSON text is YAML too, so that what reads experiment files reads it back.
final class JsonText {

    private JsonText() {}

    /// A mapping with a line for each entry, so that files can be compared by eye.
    static String of(Setting.Mapping mapping) {
        return mapping.entries().entrySet().stream()
                .map(e -> quoted(e.getKey()) + ": " + inline(e.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    static String inline(Setting setting) {
        return switch (setting) {
            case Setting.Scalar scalar -> scalar(scalar);
            case Setting.Listing list ->
                list.items().stream().map(JsonText::inline).collect(Collectors.joining(", ", "[", "]"));
            case Setting.Mapping map ->
                map.entries().entrySet().stream()
                        .map(e -> quoted(e.getKey()) + ": " + inline(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String scalar(Setting.Scalar scalar) {
        boolean bare =
                !scalar.quoted() && scalar.text().matches("true|false|-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?");
        return bare ? scalar.text() : quoted(scalar.text());
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                json.appendCodePoint(c);
            }
        });
        return json.append('"').toString();
    }
}
