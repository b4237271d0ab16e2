package dev.clade.run.session;

import dev.clade.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The words of a command, from a list or from one text. Blanks separate them; quotes hold a word together. No shell is
/// asked, so that nothing else has a meaning.
final class Words {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^'\"]+)");

    private Words() {}

    /// @throws dev.clade.fault.Fault 1001 where there are none, or a quote does not end
    static List<String> of(Setting setting) {
        var words = setting instanceof Setting.Scalar scalar
                ? split(scalar)
                : setting.asList().stream().map(Setting::asText).toList();
        if (words.isEmpty() || words.getFirst().isBlank()) {
            throw setting.wrong(setting.toString(), "a program with its words: [python, train.py]");
        }
        return words;
    }

    private static List<String> split(Setting.Scalar setting) {
        var words = new ArrayList<String>();
        var rest = WORD.matcher(setting.text()).replaceAll(found -> {
            words.add(unquoted(found.group()));
            return "";
        });
        if (!rest.isBlank()) {
            throw setting.wrong(setting.toString(), "words whose quotes end");
        }
        return words;
    }

    private static String unquoted(String word) {
        return QUOTED.matcher(word).replaceAll(found -> {
            var inside =
                    found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
            return java.util.regex.Matcher.quoteReplacement(inside + "");
        });
    }
}
