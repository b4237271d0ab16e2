package dev.clade.settings;

import java.util.Collection;
import java.util.Optional;

/// How far one word is from another.
public final class Spelling {

    private Spelling() {}

    /// The one word that another is most likely a misspelling of: none where there are several.
    public static Optional<String> nearest(String word, Collection<String> words) {
        var near = words.stream()
                .filter(w -> distance(w, word) <= 2 && distance(w, word) < word.length() - 1)
                .toList();
        return near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty();
    }

    /// Levenshtein's distance: insertions, deletions and substitutions.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
