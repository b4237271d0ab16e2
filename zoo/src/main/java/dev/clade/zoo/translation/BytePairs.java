package dev.clade.zoo.translation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Byte-pair encoding (Sennrich, Haddow, Birch 2016, arXiv 1508.07909, section 3.2): the two symbols that
/// stand side by side most often become one, again and again. Merges are those of the authors' program,
/// subword-nmt: of pairs that come equally often the last in the order of code points, and none that comes
/// once.
final class BytePairs {

    /// Two symbols that stand side by side.
    record Pair(String left, String right) {
        String merged() {
            return left + right;
        }
    }

    /// By code points, not by UTF-16 units.
    private static final Comparator<String> CODE_POINTS = (one, other) ->
            Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private static final Comparator<Pair> ORDER =
            Comparator.comparing(Pair::left, CODE_POINTS).thenComparing(Pair::right, CODE_POINTS);

    private static final int LEAST = 2;

    private final Map<Pair, Integer> ranks = new HashMap<>();

    BytePairs(List<Pair> merges) {
        for (int i = 0; i < merges.size(); i++) {
            ranks.put(merges.get(i), i);
        }
    }

    /// The parts of a word. The pair that was merged first is merged first, wherever it stands.
    List<String> split(List<String> symbols) {
        var parts = symbols;
        while (parts.size() > 1) {
            var best = best(parts);
            if (best == null) {
                return parts;
            }
            parts = merged(parts, best);
        }
        return parts;
    }

    private @Nullable Pair best(List<String> parts) {
        Pair best = null;
        int least = Integer.MAX_VALUE;
        for (int i = 1; i < parts.size(); i++) {
            var pair = new Pair(parts.get(i - 1), parts.get(i));
            int rank = ranks.getOrDefault(pair, Integer.MAX_VALUE);
            if (rank < least) {
                least = rank;
                best = pair;
            }
        }
        return best;
    }

    private static List<String> merged(List<String> symbols, Pair pair) {
        var merged = new ArrayList<String>(symbols.size());
        for (int i = 0; i < symbols.size(); i++) {
            boolean here = i + 1 < symbols.size()
                    && symbols.get(i).equals(pair.left)
                    && symbols.get(i + 1).equals(pair.right);
            merged.add(here ? pair.merged() : symbols.get(i));
            if (here) {
                i++;
            }
        }
        return merged;
    }

    /// Learns merges, in their order.
    ///
    /// @param words the symbols of each word, with how often it comes
    /// @param most how many merges at most; fewer where no pair comes twice any more
    static List<Pair> learn(SequencedMap<List<String>, Integer> words, int most) {
        var learning = new Learning(words);
        var merges = new ArrayList<Pair>();
        while (merges.size() < most) {
            var pair = learning.mostFrequent();
            if (pair == null) {
                break;
            }
            merges.add(pair);
            learning.merge(pair);
        }
        return merges;
    }

    /// Words as far as they are merged, and how often each pair stands in them.
    private static final class Learning {

        private final List<List<String>> words;
        private final List<Integer> counts;
        private final Map<Pair, Integer> frequencies = new HashMap<>();
        private final Map<Pair, Set<Integer>> places = new HashMap<>();

        Learning(SequencedMap<List<String>, Integer> all) {
            words = new ArrayList<>(all.sequencedKeySet());
            counts = List.copyOf(all.sequencedValues());
            for (int word = 0; word < words.size(); word++) {
                count(word, 1);
            }
        }

        private void count(int word, int sign) {
            var symbols = words.get(word);
            for (int i = 1; i < symbols.size(); i++) {
                var pair = new Pair(symbols.get(i - 1), symbols.get(i));
                frequencies.merge(pair, sign * counts.get(word), Integer::sum);
                if (sign > 0) {
                    places.computeIfAbsent(pair, _ -> new HashSet<>()).add(word);
                }
            }
        }

        /// The order of the map plays no part: no two pairs are equal in frequency and in [#ORDER].
        @Nullable
        Pair mostFrequent() {
            Pair best = null;
            int most = LEAST - 1;
            for (var entry : frequencies.entrySet()) {
                int frequency = entry.getValue();
                if (frequency > most
                        || (best != null && frequency == most && ORDER.compare(entry.getKey(), best) > 0)) {
                    best = entry.getKey();
                    most = frequency;
                }
            }
            return best;
        }

        void merge(Pair pair) {
            for (int word : Objects.requireNonNull(places.remove(pair))) {
                count(word, -1);
                words.set(word, merged(words.get(word), pair));
                count(word, 1);
            }
            frequencies.values().removeIf(frequency -> frequency == 0);
        }
    }
}
