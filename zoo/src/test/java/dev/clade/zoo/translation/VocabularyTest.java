package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final List<String> LINES = List.of(
            "A man in a blue shirt, standing on a ladder.",
            "Ein Mann in einem blauen Hemd steht auf einer Leiter!",
            "The man's T-shirt costs 12.50 (or more) \u2013 \u201Enicht\u201C viel.",
            "Two men; two women: \"4x4\" \uD83D\uDE00.");

    private static Vocabulary learned(int most) {
        return Vocabulary.learn(LINES, most);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70, 100, 1000})
    void decode_whatWasEncoded_isTheText(int most) {
        var vocabulary = learned(most);
        for (var line : LINES) {
            assertThat(vocabulary.decode(vocabulary.encode(line))).isEqualTo(line);
        }
        assertThat(vocabulary.decode(vocabulary.encode("  The \t man\u00A0sits.\n")))
                .isEqualTo("The man sits.");
    }

    @Test
    void size_ofMoreMerges_isAtMostWhatWasAsked() {
        int characters = learned(1).size();
        assertThat(characters).isGreaterThan(40);
        assertThat(learned(characters + 5).size()).isEqualTo(characters + 5);
        assertThat(learned(100_000).size()).isLessThan(200);
    }

    @Test
    void encode_moreMerges_isShorter() {
        assertThat(learned(100).encode(LINES.getFirst()))
                .hasSizeLessThan(learned(70).encode(LINES.getFirst()).length);
    }

    @Test
    void encode_aCharacterNobodySaw_isUnknownAndSaysNothing() {
        var vocabulary = learned(100);
        var encoded = vocabulary.encode("man\u03A9");
        assertThat(encoded).endsWith(Vocabulary.UNKNOWN);
        assertThat(vocabulary.decode(encoded)).isEqualTo("man");
    }

    @Test
    void encode_text_hasNoMarks() {
        var vocabulary = learned(100);
        assertThat(vocabulary.encode("</s> <s> <pad> <unk>"))
                .doesNotContain(Vocabulary.PAD, Vocabulary.BEGIN, Vocabulary.END);
        assertThat(vocabulary.decode(new int[] {Vocabulary.BEGIN, Vocabulary.PAD, Vocabulary.END}))
                .isEmpty();
    }

    @Test
    void learn_again_isTheSame() {
        var one = learned(100);
        var other = learned(100);
        assertThat(symbols(one)).isEqualTo(symbols(other)).doesNotHaveDuplicates();
    }

    private static List<String> symbols(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size())
                .mapToObj(vocabulary::symbol)
                .toList();
    }

    @Test
    void words_ofText_keepLettersTogetherAndPunctuationApart() {
        assertThat(Words.of("Zwei T-Shirts, 3.5!"))
                .containsExactly("\u2581Zwei", "\u2581T", "-", "Shirts", ",", "\u25813", ".", "5", "!");
        assertThat(Words.of("  ")).isEmpty();
    }
}
