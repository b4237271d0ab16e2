package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.translation.BytePairs.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// Against subword-nmt 0.3.8, the program of the method's authors: `golden.py` beside the golden file.
class BytePairsTest {

    /// What subword-nmt puts behind the last character of a word.
    private static final String END = "</w>";

    private static final int MOST = 60;

    private static List<String> symbols(String word) {
        var symbols =
                new ArrayList<>(word.codePoints().mapToObj(Character::toString).toList());
        symbols.set(symbols.size() - 1, symbols.getLast() + END);
        return symbols;
    }

    private static List<String> golden(String from, String to) {
        var lines = Golden.lines("merges.txt");
        return lines.subList(lines.indexOf(from) + 1, to.isEmpty() ? lines.size() : lines.indexOf(to));
    }

    private static SequencedMap<List<String>, Integer> words() {
        var words = new LinkedHashMap<List<String>, Integer>();
        for (var line : golden("words", "merges")) {
            var cells = line.split(" ");
            words.put(symbols(cells[0]), Integer.parseInt(cells[1]));
        }
        return words;
    }

    @Test
    void learn_goldenWords_areTheMergesOfSubwordNmt() {
        assertThat(BytePairs.learn(words(), MOST).stream().map(pair -> pair.left() + " " + pair.right()))
                .containsExactlyElementsOf(golden("merges", "splits"));
    }

    @Test
    void split_goldenWords_areThePartsOfSubwordNmt() {
        var pairs = new BytePairs(BytePairs.learn(words(), MOST));
        for (var parts : golden("splits", "")) {
            assertThat(String.join(" ", pairs.split(symbols(parts.replace(" ", "")))))
                    .isEqualTo(parts + END);
        }
    }

    @Test
    void learn_fewer_areTheFirstOfMore() {
        var more = BytePairs.learn(words(), 30);
        assertThat(BytePairs.learn(words(), 10)).isEqualTo(more.subList(0, 10));
    }

    @Test
    void learn_pairsThatComeOnce_areNone() {
        var words = new LinkedHashMap<List<String>, Integer>();
        words.put(List.of("a", "b", "c"), 1);
        words.put(List.of("b", "c", "a"), 1);
        assertThat(BytePairs.learn(words, 9)).containsExactly(new Pair("b", "c"));
    }

    @Test
    void learn_equallyFrequentPairs_takesTheLastByCodePoints() {
        var words = new LinkedHashMap<List<String>, Integer>();
        words.put(List.of("\uFFFD", "x"), 2);
        words.put(List.of("\uD83D\uDE00", "x"), 2);
        assertThat(BytePairs.learn(words, 1)).containsExactly(new Pair("\uD83D\uDE00", "x"));
    }
}
