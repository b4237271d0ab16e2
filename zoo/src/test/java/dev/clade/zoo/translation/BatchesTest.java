package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import dev.clade.zoo.tensor.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    /// 400 pairs of 1 to 20 symbols, each told by its first.
    private static List<Data.Pair> pairs() {
        var random = Philox.keyed(1, 0, 0, "pairs");
        return IntStream.range(0, 400)
                .mapToObj(i -> {
                    var symbols = new int[1 + random.nextInt(20)];
                    symbols[0] = i;
                    return new Data.Pair(symbols, symbols);
                })
                .toList();
    }

    private static Batches batches(long seed) {
        return new Batches(pairs(), 8, Philox.keyed(seed, 0, 0, "order"));
    }

    private static List<Integer> taken(Batches batches, int count) {
        var taken = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            batches.next().forEach(pair -> taken.add(pair.source()[0]));
        }
        return taken;
    }

    @Test
    void next_overAPass_isEveryPairOnce() {
        var batches = batches(1);
        assertThat(taken(batches, 50)).hasSize(400);
        assertThat(new HashSet<>(taken(batches, 50))).hasSize(400);
    }

    @Test
    void next_ofTheSameStream_isTheSame() {
        assertThat(taken(batches(1), 60)).isEqualTo(taken(batches(1), 60)).isNotEqualTo(taken(batches(2), 60));
    }

    @Test
    void next_pairs_areOfLikeLengthInNoOrderOfLength() {
        var batches = batches(1);
        var firsts = new ArrayList<Integer>();
        for (int i = 0; i < 50; i++) {
            var lengths = batches.next().stream()
                    .mapToInt(pair -> pair.target().length)
                    .summaryStatistics();
            assertThat(spread(lengths)).isLessThanOrEqualTo(2);
            firsts.add(lengths.getMin());
        }
        assertThat(firsts).isNotEqualTo(firsts.stream().sorted().toList());
    }

    private static int spread(IntSummaryStatistics lengths) {
        return lengths.getMax() - lengths.getMin();
    }

    @Test
    void batch_ofSentences_isFilledUpAndMasked() {
        try (var _ = Scope.still()) {
            var sentences = List.of(new int[] {7, 8}, new int[] {9});
            assertThat(Batch.sources(sentences).tensor().shape()).containsExactly(3L, 2L);
            assertThat(Batch.sources(sentences).tensor().longs())
                    .containsExactly(7, 9, 8, Vocabulary.END, Vocabulary.END, Vocabulary.PAD);
            assertThat(Batch.given(sentences).tensor().longs())
                    .containsExactly(Vocabulary.BEGIN, Vocabulary.BEGIN, 7, 9, 8, Vocabulary.PAD);
            assertThat(Batch.sources(sentences).mask(2).floats())
                    .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, Attention.NEVER, 0, 0, Attention.NEVER);
            var expected = Batch.expected(sentences);
            assertThat(expected.symbols().longs()).containsExactly(7, 8, Vocabulary.END, 9, Vocabulary.END);
            assertThat(expected.places().longs()).containsExactly(0, 2, 4, 1, 3);
        }
    }
}
