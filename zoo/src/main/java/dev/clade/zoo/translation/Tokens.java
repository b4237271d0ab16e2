package dev.clade.zoo.translation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The tokens that BLEU counts: those of mteval-v13a, which WMT uses, as sacreBLEU (Post 2018, arXiv
/// 1804.08771) has them under `13a`.
final class Tokens {

    private record Rule(Pattern pattern, String replacement) {
        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String on(String line) {
            return pattern.matcher(line).replaceAll(replacement);
        }
    }

    /// Punctuation stands alone; so do a period and a comma, unless between digits, and a dash behind a
    /// digit.
    private static final List<Rule> RULES = List.of(
            new Rule("([{-~\\[-` -&(-+:-@/])", " $1 "),
            new Rule("([^0-9])([.,])", "$1 $2 "),
            new Rule("([.,])([^0-9])", " $1 $2"),
            new Rule("([0-9])(-)", "$1 $2 "));

    /// What Python takes for space.
    private static final String SPACE =
            "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

    private static final Pattern SPACES = Pattern.compile(SPACE + "+");
    private static final Pattern TRAILING = Pattern.compile(SPACE + "+\\z");

    private Tokens() {}

    static List<String> of(String text) {
        var line = TRAILING.matcher(text)
                .replaceFirst("")
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace('\n', ' ')
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = " " + line + " ";
        for (var rule : RULES) {
            line = rule.on(line);
        }
        return Arrays.stream(SPACES.split(line))
                .filter(token -> !token.isEmpty())
                .toList();
    }
}
