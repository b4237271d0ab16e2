package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.zoo.member.Passes;
import dev.clade.zoo.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What is new in a segment: the values in force, and the streams that give its data order and its dropout.
final class Segment {

    private final Network network;
    private final Values values;
    private final List<RandomGenerator> masks;
    private final Passes images;

    /// @param images how many there are to train on
    Segment(Network network, Values values, Randomness random, int images) {
        this.network = network;
        this.values = values;
        masks = IntStream.range(0, Network.HIDDEN)
                .mapToObj(layer -> random.of("dropout/" + layer))
                .toList();
        this.images = new Passes(images, random.of("order"));
    }

    Values values() {
        return values;
    }

    /// The output of a hidden layer with its dropout: of whole channels behind the convolutions.
    Tensor dropped(int layer, Tensor hidden) {
        return layer < network.convolutions()
                ? hidden.dropoutChannels(rate(layer), mask(layer))
                : hidden.dropout(rate(layer), mask(layer));
    }

    double rate(int layer) {
        return values.dropout().get(layer);
    }

    /// What draws a hidden layer's dropout.
    RandomGenerator mask(int layer) {
        return masks.get(layer);
    }

    /// The next images to train on.
    int[] next(int count) {
        return images.next(count);
    }
}
