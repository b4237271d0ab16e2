package dev.clade.zoo.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Text as words, from which it can be put together again but for runs of spaces: letters and digits that
/// stand together are a word, everything else is one by itself. A word behind a space begins with [#SPACE],
/// so that joining is plain concatenation (Kudo, Richardson 2018, arXiv 1808.06226, section 3.1).
final class Words {

    /// What a space is written as. A text's own is read as a space.
    static final char SPACE = '\u2581';

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}" + SPACE + "]+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]");

    private Words() {}

    static List<String> of(String text) {
        var words = new ArrayList<String>();
        for (var part : SPACES.split(text)) {
            var word = WORD.matcher(part);
            boolean first = true;
            while (word.find()) {
                words.add(first ? SPACE + word.group() : word.group());
                first = false;
            }
        }
        return words;
    }

    /// The text that these words, or parts of them, make.
    static String joined(List<String> parts) {
        return String.join("", parts).replace(SPACE, ' ').strip();
    }
}
