package dev.clade.zoo.translation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The symbols of both languages, each with a number: four that stand for no text, then single characters,
/// then what [BytePairs] merged.
final class Vocabulary {

    /// Fills sentences up to the longest of a batch.
    static final int PAD = 0;

    /// Stands before every target sentence.
    static final int BEGIN = 1;

    /// Stands behind every sentence.
    static final int END = 2;

    /// A character that no training sentence has.
    static final int UNKNOWN = 3;

    private static final int SPECIAL = 4;

    private final List<String> symbols;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BytePairs pairs;
    private final Map<String, int[]> known = new ConcurrentHashMap<>();

    private Vocabulary(List<String> symbols, List<BytePairs.Pair> merges) {
        this.symbols = symbols;
        pairs = new BytePairs(merges);
        for (int i = SPECIAL; i < symbols.size(); i++) {
            numbers.put(symbols.get(i), i);
        }
    }

    /// Learns from text.
    ///
    /// @param most how many symbols at most, if there are not more characters
    static Vocabulary learn(List<String> lines, int most) {
        var counts = new LinkedHashMap<String, Integer>();
        lines.forEach(line -> Words.of(line).forEach(word -> counts.merge(word, 1, Integer::sum)));
        var words = new LinkedHashMap<List<String>, Integer>();
        counts.forEach((word, count) -> words.put(characters(word), count));
        var characters = new TreeSet<Integer>();
        counts.keySet().forEach(word -> word.codePoints().forEach(characters::add));
        var symbols = new LinkedHashSet<>(List.of("<pad>", "<s>", "</s>", "<unk>"));
        characters.forEach(character -> symbols.add(Character.toString(character)));
        var merges = BytePairs.learn(words, Math.max(0, most - symbols.size()));
        merges.forEach(pair -> symbols.add(pair.merged()));
        return new Vocabulary(List.copyOf(symbols), merges);
    }

    private static List<String> characters(String word) {
        return word.codePoints().mapToObj(Character::toString).toList();
    }

    int size() {
        return symbols.size();
    }

    String symbol(int number) {
        return symbols.get(number);
    }

    /// The numbers of a text's symbols, without [#BEGIN] and [#END].
    int[] encode(String text) {
        return Words.of(text).stream()
                .map(word -> known.computeIfAbsent(word, this::encodeWord))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private int[] encodeWord(String word) {
        return pairs.split(characters(word)).stream()
                .mapToInt(part -> numbers.getOrDefault(part, UNKNOWN))
                .toArray();
    }

    /// The text of numbers; those that stand for no text say nothing.
    String decode(int[] numbers) {
        return Words.joined(Arrays.stream(numbers)
                .filter(n -> n >= SPECIAL)
                .mapToObj(symbols::get)
                .toList());
    }
}
