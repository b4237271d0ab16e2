package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What is new in a segment: the values in force, and the streams that give its data order and its dropout.
final class Segment {

    private final Values values;
    private final List<RandomGenerator> masks;
    private final RandomGenerator shuffles;
    private int[] order;
    private int place;

    /// @param images how many there are to train on
    Segment(Values values, Randomness random, int images) {
        this.values = values;
        masks = IntStream.range(0, Model.HIDDEN)
                .mapToObj(layer -> random.of("dropout/" + layer))
                .toList();
        shuffles = random.of("order");
        order = Data.shuffled(images, shuffles);
    }

    Values values() {
        return values;
    }

    /// The output of a hidden layer with its dropout: of whole channels behind the convolutions.
    Tensor dropped(int layer, Tensor hidden) {
        double rate = values.dropout().get(layer);
        var mask = masks.get(layer);
        return layer < Model.CONVOLUTIONS ? hidden.dropoutChannels(rate, mask) : hidden.dropout(rate, mask);
    }

    /// The next images to train on. Each comes once in an epoch; a new epoch may begin within a batch.
    int[] next(int count) {
        var next = new int[count];
        for (int i = 0; i < count; i++) {
            if (place == order.length) {
                order = Data.shuffled(order.length, shuffles);
                place = 0;
            }
            next[i] = order[place++];
        }
        return next;
    }
}
