package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against sacreBLEU 2.6.0: `golden.py` beside the golden file.
class BleuTest {

    static Stream<Golden.Corpus> corpora() {
        return Golden.corpora().stream();
    }

    @Test
    void golden_asItWasWritten_hasEveryCorpus() {
        assertThat(Golden.corpora()).hasSize(53);
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void score_ofACorpus_isThatOfSacreBleu(Golden.Corpus corpus) {
        assertThat(total(corpus.sentences()).score()).isCloseTo(corpus.score(), within(1e-10));
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void tokens_ofASentence_areThoseOf13a(Golden.Corpus corpus) {
        for (var sentence : corpus.sentences()) {
            assertThat(String.join(" ", Tokens.of(sentence.hypothesis()))).isEqualTo(sentence.tokens());
            assertThat(String.join(" ", Tokens.of(sentence.reference()))).isEqualTo(sentence.referenceTokens());
        }
    }

    @Test
    void minus_ofAPart_isWhatTheOthersSumTo() {
        var sentences = Golden.corpora().getLast().sentences();
        var part = total(sentences.subList(0, 20));
        assertThat(total(sentences).minus(part)).isEqualTo(total(sentences.subList(20, sentences.size())));
    }

    private static Bleu total(List<Golden.Sentence> sentences) {
        return sentences.stream()
                .map(sentence -> Bleu.of(sentence.hypothesis(), sentence.reference()))
                .reduce(Bleu.NOTHING, Bleu::plus);
    }
}
