package dev.clade.run.process;

import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/// Splits a command at its blanks, as a shell would: quotes and backslashes keep words together. Nothing else of a
/// shell is there: no variables, no pipes.
public final class Words {

    private final Setting setting;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean open;

    private Words(Setting setting) {
        this.setting = setting;
    }

    /// The words of a setting: those of a list as they are.
    ///
    /// @throws Fault 1450 for a quote that is not closed, or no word at all
    public static List<String> of(Setting setting) {
        var words = setting instanceof Setting.Listing list
                ? list.items().stream().map(Setting::asText).toList()
                : new Words(setting).split(setting.asText());
        if (words.isEmpty() || words.getFirst().isBlank()) {
            throw wrong(setting, "no program.");
        }
        return words;
    }

    private List<String> split(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                end();
                i++;
            } else if (c == '\'' || c == '"') {
                i = quoted(text, i);
            } else if (c == '\\' && i + 1 < text.length()) {
                add(text.charAt(i + 1));
                i += 2;
            } else {
                add(c);
                i++;
            }
        }
        end();
        return words;
    }

    /// Reads what stands in quotes; where to go on.
    private int quoted(String text, int from) {
        char quote = text.charAt(from);
        open = true;
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return i + 1;
            }
            boolean escapes = c == '\\' && quote == '"' && i + 1 < text.length();
            if (escapes && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                i++;
            }
            add(text.charAt(i));
        }
        throw wrong(setting, "a " + quote + " that is not closed, in: " + text);
    }

    private void add(char c) {
        open = true;
        word.append(c);
    }

    private void end() {
        if (open) {
            words.add(word.toString());
        }
        word.setLength(0);
        open = false;
    }

    private static Fault wrong(Setting setting, String found) {
        return new Fault(
                1450,
                setting.place() + " this is no command.",
                found,
                "a program and its words: a text such as \"python train.py\", or a list such as [python, train.py].",
                "correct it there; a quote within words is written \\' or \\\".");
    }
}
