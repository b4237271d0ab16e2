package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Kept;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.translation.Attention.Memory;
import dev.clade.zoo.translation.Network.Encoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Targets that are being written together, in rows, one symbol after the other. What the layers have seen
/// is kept, so that a symbol costs what is new.
final class Writing implements AutoCloseable {

    private final Network network;
    private final Weights weights;
    private final Kept kept = new Kept();
    private Encoded encoded;
    private List<Memory> past = List.of();
    private int place;

    /// Begins a row for each source.
    Writing(Network network, Weights weights, List<int[]> sources) {
        this.network = network;
        this.weights = weights;
        try (var _ = Scope.still()) {
            encoded = network.encoded(weights, Batch.sources(sources), Dropout.NONE);
            keep();
        }
    }

    /// How long a target may become: half as long again as its source, and a little.
    static int most(int[] source) {
        return source.length * 3 / 2 + 10;
    }

    /// Goes on by one symbol in each row.
    ///
    /// @param symbols what was written last; [Vocabulary#BEGIN] at first
    /// @param use of the scores `(rows, vocabulary)` of what may come next, while they live
    <T> T next(long[] symbols, Function<Tensor, T> use) {
        try (var _ = Scope.still()) {
            var seen = new ArrayList<>(past);
            var stream = network.decoded(weights, encoded, Tensor.of(symbols), place, seen);
            past = List.copyOf(seen);
            place++;
            keep();
            return use.apply(network.logits(weights, stream.picked(0, 0)));
        }
    }

    /// Goes on with these rows, in this order; some may be taken twice.
    void select(int[] rows) {
        try (var _ = Scope.still()) {
            var places = Tensor.of(Arrays.stream(rows).asLongStream().toArray());
            encoded = encoded.select(places, network.heads());
            past = past.stream()
                    .map(memory -> memory.select(places, network.heads()))
                    .toList();
            keep();
        }
    }

    private void keep() {
        var all = new ArrayList<Tensor>();
        all.add(encoded.mask());
        for (var memories : List.of(encoded.layers(), past)) {
            memories.forEach(memory -> {
                all.add(memory.keys());
                all.add(memory.values());
            });
        }
        kept.replace(all);
    }

    @Override
    public void close() {
        kept.close();
    }
}
