package dev.clade.app.report;

import dev.clade.settings.Setting;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Settings as an experiment file would say them: YAML, a line for what is short. Comments and layout of the file are
/// not in the log.
public final class SettingsText {

    private static final int LINE = 100;
    private static final String INDENT = "  ";
    /// What a plain scalar may hold within brackets without being taken for something else.
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}_.+/$~^()<=-][\\p{L}\\p{N}_.+/$~^()<= -]*(?<! )");

    private SettingsText() {}

    public static String of(Setting.Mapping settings) {
        return block(settings, "");
    }

    private static String block(Setting.Mapping mapping, String indent) {
        return mapping.entries().entrySet().stream()
                .map(e -> indent + entry(e, indent) + "\n")
                .collect(Collectors.joining());
    }

    private static String entry(Map.Entry<String, Setting> entry, String indent) {
        var name = word(entry.getKey());
        var line = name + ": " + flow(entry.getValue());
        boolean nested = entry.getValue() instanceof Setting.Mapping map
                && !map.entries().isEmpty();
        return nested
                        && (line.length() + indent.length() > LINE
                                || entry.getKey().equals("parameters"))
                ? name + ":\n"
                        + block((Setting.Mapping) entry.getValue(), indent + INDENT)
                                .stripTrailing()
                : line;
    }

    private static String flow(Setting setting) {
        return switch (setting) {
            case Setting.Scalar scalar -> scalar.quoted() ? quoted(scalar.text()) : word(scalar.text());
            case Setting.Listing list ->
                list.items().stream().map(SettingsText::flow).collect(Collectors.joining(", ", "[", "]"));
            case Setting.Mapping map ->
                map.entries().entrySet().stream()
                        .map(e -> word(e.getKey()) + ": " + flow(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String word(String text) {
        return PLAIN.matcher(text).matches() && !text.startsWith("- ") ? text : quoted(text);
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
