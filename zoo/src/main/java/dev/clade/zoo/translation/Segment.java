package dev.clade.zoo.translation;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What is new in a segment: the values in force, and the streams that give its data order and its dropout.
final class Segment {

    private final Values values;
    private final Batches batches;
    private final Map<Dropout.Kind, List<RandomGenerator>> masks = new EnumMap<>(Dropout.Kind.class);

    Segment(Values values, Randomness random, List<Data.Pair> training, int batch) {
        this.values = values;
        batches = new Batches(training, batch, random.of("order"));
        for (var kind : Dropout.Kind.values()) {
            masks.put(
                    kind,
                    IntStream.range(0, values.attention().size())
                            .mapToObj(layer -> random.of("dropout/" + kind + "/" + layer))
                            .toList());
        }
    }

    Values values() {
        return values;
    }

    /// The next sentences to train on.
    List<Data.Pair> next() {
        return batches.next();
    }

    Tensor dropped(Dropout.Kind kind, int layer, Tensor numbers) {
        long key = Objects.requireNonNull(masks.get(kind)).get(layer).nextLong();
        return numbers.dropout(rate(kind, layer), key);
    }

    private double rate(Dropout.Kind kind, int layer) {
        return switch (kind) {
            case ATTENTION, MEMORY -> values.attention().get(layer);
            case RELU -> values.relu().get(layer);
            case RESIDUAL -> values.residual().get(layer);
        };
    }
}
