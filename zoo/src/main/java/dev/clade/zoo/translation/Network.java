package dev.clade.zoo.translation;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.translation.Attention.Memory;
import java.util.ArrayList;
import java.util.List;

/// What is learned: a Transformer (Vaswani et al. 2017, arXiv 1706.03762) that normalises before its
/// layers, not behind them (Xiong et al. 2020, arXiv 2002.04745), so that it needs no warm-up. One table of
/// embeddings serves source, target and output (section 3.4). Streams are `(length, N, width)`.
final class Network {

    private static final String EMBEDDING = "embedding.weight";

    private final Shape shape;
    private final Parameters.Layout layout = new Parameters.Layout();
    private final Positions positions;

    Network(Shape shape, int vocabulary) {
        this.shape = shape;
        positions = new Positions(shape.width());
        layout.with(EMBEDDING, vocabulary, shape.width());
        for (int i = 0; i < shape.layers(); i++) {
            layOut("encoder." + i, List.of("attention"));
            layOut("decoder." + i, List.of("attention", "memory"));
        }
        norm("encoder.norm");
        norm("decoder.norm");
    }

    private void layOut(String layer, List<String> attentions) {
        for (var attention : attentions) {
            norm(layer + "." + attention + ".norm");
            Attention.PARTS.forEach(part -> linear(layer + "." + attention + "." + part, shape.width(), shape.width()));
        }
        norm(layer + ".feed.norm");
        linear(layer + ".feed.in", shape.hidden(), shape.width());
        linear(layer + ".feed.out", shape.width(), shape.hidden());
    }

    private void linear(String name, int out, int in) {
        layout.linear(name + ".weight", out, in).with(name + ".bias", out);
    }

    private void norm(String name) {
        layout.with(name + ".weight", shape.width()).with(name + ".bias", shape.width());
    }

    Parameters.Layout layout() {
        return layout;
    }

    int heads() {
        return shape.heads();
    }

    /// Layers of encoder and decoder together.
    int layers() {
        return 2 * shape.layers();
    }

    /// Draws new weights, normal: of matrices with variance `2 / (in + out)` (Glorot, Bengio 2010, section
    /// 4.2.1), of embeddings with `1 / width`; biases are 0, scales 1.
    void draw(Weights weights, Randomness random) {
        for (var name : layout.names()) {
            var drawn = weights.get(name).zeroHere();
            var sizes = drawn.shape();
            if (name.equals(EMBEDDING)) {
                drawn.normalHere(1 / Math.sqrt(shape.width()), random.of("weights/" + name));
            } else if (sizes.size() == 2) {
                drawn.normalHere(Math.sqrt(2.0 / (sizes.get(0) + sizes.get(1))), random.of("weights/" + name));
            } else if (name.endsWith("norm.weight")) {
                drawn.plusHere(1);
            }
        }
    }

    /// What the encoder makes of sentences.
    ///
    /// @param layers for each layer of the decoder, what it attends to
    /// @param mask as [Batch#mask]
    record Encoded(List<Memory> layers, Tensor mask) {

        /// That of these sentences, by their places.
        Encoded select(Tensor places, int heads) {
            long length = mask.shape().get(2);
            return new Encoded(
                    layers.stream().map(memory -> memory.select(places, heads)).toList(),
                    mask.reshape(-1, heads, length).select(0, places).reshape(-1, 1, length));
        }
    }

    Encoded encoded(Weights weights, Batch sources, Dropout dropout) {
        var mask = sources.mask(shape.heads());
        var stream = dropout.of(Dropout.Kind.RESIDUAL, 0, embedded(weights, sources.tensor(), 0));
        for (int i = 0; i < shape.layers(); i++) {
            stream = new Layer(weights, "encoder." + i, i, dropout).encoded(stream, mask);
        }
        var last = normed(weights, "encoder.norm", stream);
        var memories = new ArrayList<Memory>();
        for (int i = 0; i < shape.layers(); i++) {
            memories.add(attention(weights, "decoder." + i + ".memory").memory(last));
        }
        return new Encoded(memories, mask);
    }

    /// The decoder's last stream `(length, N, width)` for targets that are given as a whole: none sees what
    /// stands behind it.
    Tensor decoded(Weights weights, Encoded encoded, Batch given, Dropout dropout) {
        int length = given.length();
        var mask = new float[length * length];
        for (int row = 0; row < length; row++) {
            for (int column = row + 1; column < length; column++) {
                mask[row * length + column] = Attention.NEVER;
            }
        }
        return decoded(
                weights,
                encoded,
                new Given(given.tensor(), 0, Tensor.of(mask, 1, length, length), (_, own) -> own),
                dropout);
    }

    /// The decoder's last stream `(1, N, width)` for the next symbols of targets.
    ///
    /// @param symbols `(N)`
    /// @param past what each layer has seen of them; it is replaced by what it has seen then
    Tensor decoded(Weights weights, Encoded encoded, Tensor symbols, int place, List<Memory> past) {
        var given = new Given(symbols.reshape(1, -1), place, Tensor.zeros(1, 1, 1), (layer, own) -> {
            var all = place == 0 ? own : past.get(layer).and(own);
            if (place == 0) {
                past.add(all);
            } else {
                past.set(layer, all);
            }
            return all;
        });
        return decoded(weights, encoded, given, Dropout.NONE);
    }

    /// What each layer of the decoder attends to of what it was given, from what is new.
    private interface Seen {
        Memory of(int layer, Memory own);
    }

    private record Given(Tensor symbols, int place, Tensor mask, Seen seen) {}

    private Tensor decoded(Weights weights, Encoded encoded, Given given, Dropout dropout) {
        int first = shape.layers();
        var stream = dropout.of(Dropout.Kind.RESIDUAL, first, embedded(weights, given.symbols, given.place));
        for (int i = 0; i < shape.layers(); i++) {
            int layer = i;
            stream = new Layer(weights, "decoder." + i, first + i, dropout)
                    .decoded(stream, own -> given.seen.of(layer, own), given.mask, encoded.layers.get(i), encoded.mask);
        }
        return normed(weights, "decoder.norm", stream);
    }

    /// Scores of all symbols, `(..., vocabulary)`.
    Tensor logits(Weights weights, Tensor stream) {
        return stream.matmul(weights.get(EMBEDDING).transpose(0, 1));
    }

    /// The mean cross entropy [nats] of targets' symbols, each given those before it. Where sentences were
    /// filled up, nothing is counted.
    Tensor loss(Weights weights, List<int[]> sources, List<int[]> targets, double smoothing, Dropout dropout) {
        var expected = Batch.expected(targets);
        return logits(weights, sources, targets, expected, dropout).crossEntropy(expected.symbols(), smoothing);
    }

    /// The cross entropy [nats] of each target's symbols, sentence by sentence.
    Tensor losses(Weights weights, List<int[]> sources, List<int[]> targets, Dropout dropout) {
        var expected = Batch.expected(targets);
        return logits(weights, sources, targets, expected, dropout).crossEntropyEach(expected.symbols());
    }

    private Tensor logits(
            Weights weights, List<int[]> sources, List<int[]> targets, Batch.Expected expected, Dropout dropout) {
        var encoded = encoded(weights, Batch.sources(sources), dropout);
        var stream = decoded(weights, encoded, Batch.given(targets), dropout);
        return logits(weights, stream.reshape(-1, shape.width()).select(0, expected.places()));
    }

    private Tensor embedded(Weights weights, Tensor symbols, int place) {
        return weights.get(EMBEDDING)
                .embedding(symbols)
                .times(Math.sqrt(shape.width()))
                .plus(positions.of(place, Math.toIntExact(symbols.shape().getFirst())));
    }

    private Attention attention(Weights weights, String name) {
        return new Attention(weights, name, shape.heads());
    }

    private static Tensor normed(Weights weights, String name, Tensor stream) {
        return stream.layerNorm(weights.get(name + ".weight"), weights.get(name + ".bias"));
    }

    /// What a decoder's layer sees, from what its own input offers.
    private interface Past {
        Memory of(Memory own);
    }

    /// One layer of encoder or decoder.
    private final class Layer {

        private final Weights weights;
        private final String name;
        private final int number;
        private final Dropout dropout;

        /// @param number as [Dropout#of] counts layers
        Layer(Weights weights, String name, int number, Dropout dropout) {
            this.weights = weights;
            this.name = name;
            this.number = number;
            this.dropout = dropout;
        }

        Tensor encoded(Tensor stream, Tensor mask) {
            return fed(attended(stream, own -> own, mask));
        }

        Tensor decoded(Tensor stream, Past past, Tensor mask, Memory memory, Tensor memoryMask) {
            var attended = attended(stream, past, mask);
            var asked = normed(weights, name + ".memory.norm", attended);
            var found = attention(weights, name + ".memory")
                    .of(asked, memory, memoryMask, shares -> dropped(Dropout.Kind.MEMORY, shares));
            return fed(attended.plus(dropped(Dropout.Kind.RESIDUAL, found)));
        }

        private Tensor attended(Tensor stream, Past past, Tensor mask) {
            var attention = attention(weights, name + ".attention");
            var asked = normed(weights, name + ".attention.norm", stream);
            var found = attention.of(
                    asked, past.of(attention.memory(asked)), mask, shares -> dropped(Dropout.Kind.ATTENTION, shares));
            return stream.plus(dropped(Dropout.Kind.RESIDUAL, found));
        }

        private Tensor fed(Tensor stream) {
            var hidden = dropped(
                    Dropout.Kind.RELU,
                    linear("in", normed(weights, name + ".feed.norm", stream)).relu());
            return stream.plus(dropped(Dropout.Kind.RESIDUAL, linear("out", hidden)));
        }

        private Tensor linear(String part, Tensor stream) {
            return stream.linear(
                    weights.get(name + ".feed." + part + ".weight"), weights.get(name + ".feed." + part + ".bias"));
        }

        private Tensor dropped(Dropout.Kind kind, Tensor numbers) {
            return dropout.of(kind, number, numbers);
        }
    }
}
