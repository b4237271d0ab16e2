package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Sentences side by side, as numbers: place by place, and in each place sentence by sentence, filled up
/// with [Vocabulary#PAD].
final class Batch {

    private final int count;
    private final int length;
    private final long[] numbers;
    private final int[] lengths;

    /// @param length of the longest, with its mark
    /// @param numbers of the symbols, `length * count`
    /// @param lengths of the sentences, each with its mark
    private Batch(int length, long[] numbers, int[] lengths) {
        count = lengths.length;
        this.length = length;
        this.numbers = numbers;
        this.lengths = lengths;
    }

    /// Of the longest sentence, with its mark.
    int length() {
        return length;
    }

    /// Sources: each with [Vocabulary#END] behind it.
    static Batch sources(List<int[]> sentences) {
        return of(sentences, (sentence, place) -> place == sentence.length ? Vocabulary.END : sentence[place]);
    }

    /// What a decoder is given: each target with [Vocabulary#BEGIN] before it.
    static Batch given(List<int[]> sentences) {
        return of(sentences, (sentence, place) -> place == 0 ? Vocabulary.BEGIN : sentence[place - 1]);
    }

    private interface Symbol {
        int at(int[] sentence, int place);
    }

    private static Batch of(List<int[]> sentences, Symbol symbol) {
        var lengths =
                sentences.stream().mapToInt(sentence -> sentence.length + 1).toArray();
        int length = Arrays.stream(lengths).max().orElseThrow();
        int count = sentences.size();
        var numbers = new long[length * count];
        for (int i = 0; i < count; i++) {
            for (int place = 0; place < lengths[i]; place++) {
                numbers[place * count + i] = symbol.at(sentences.get(i), place);
            }
        }
        return new Batch(length, numbers, lengths);
    }

    /// `(length, count)`, int64.
    Tensor tensor() {
        return Tensor.of(numbers).reshape(length, count);
    }

    /// What is added to scores of attention, `(count * heads, 1, length)`: so much less where nothing
    /// stands that nobody attends to it.
    Tensor mask(int heads) {
        var mask = new float[count * heads * length];
        for (int i = 0; i < count * heads; i++) {
            for (int place = lengths[i / heads]; place < length; place++) {
                mask[i * length + place] = Attention.NEVER;
            }
        }
        return Tensor.of(mask, (long) count * heads, 1, length);
    }

    /// What is written behind a target that was given, one symbol after the other, and where in `(length *
    /// count)`.
    record Expected(Tensor symbols, Tensor places) {}

    /// @param sentences the targets
    static Expected expected(List<int[]> sentences) {
        int all = sentences.stream().mapToInt(sentence -> sentence.length + 1).sum();
        var symbols = new long[all];
        var places = new long[all];
        int at = 0;
        for (int i = 0; i < sentences.size(); i++) {
            var sentence = sentences.get(i);
            for (int place = 0; place <= sentence.length; place++) {
                symbols[at] = place == sentence.length ? Vocabulary.END : sentence[place];
                places[at++] = (long) place * sentences.size() + i;
            }
        }
        return new Expected(Tensor.of(symbols), Tensor.of(places));
    }
}
