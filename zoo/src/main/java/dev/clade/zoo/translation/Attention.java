package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.List;
import java.util.function.UnaryOperator;

/// Attention with several heads (Vaswani et al. 2017, arXiv 1706.03762, section 3.2): `softmax(Q K' /
/// sqrt(d)) V`, for each head on its own `d` of the width's elements.
///
/// @param name before the names of its weights
record Attention(Weights weights, String name, int heads) {

    /// Added to a score that must not count: its exponential is 0 beside any other.
    static final float NEVER = -1e9f;

    static final List<String> PARTS = List.of("query", "key", "value", "out");

    /// What is attended to, `(N * heads, length, d)` each.
    record Memory(Tensor keys, Tensor values) {

        /// This with more behind it.
        Memory and(Memory more) {
            return new Memory(
                    Tensor.joined(List.of(keys, more.keys), 1), Tensor.joined(List.of(values, more.values), 1));
        }

        /// That of these sentences, by their places among `N`.
        Memory select(Tensor places, int heads) {
            return new Memory(selected(keys, places, heads), selected(values, places, heads));
        }

        private static Tensor selected(Tensor all, Tensor places, int heads) {
            long length = all.shape().get(1);
            long d = all.shape().get(2);
            return all.reshape(-1, heads, length, d).select(0, places).reshape(places.size() * heads, length, d);
        }
    }

    /// What a stream `(length, N, width)` offers.
    Memory memory(Tensor stream) {
        return new Memory(split(linear("key", stream)), split(linear("value", stream)));
    }

    /// What a stream `(length, N, width)` finds.
    ///
    /// @param mask added to the scores, as broadcast to `(N * heads, length, memory's length)`
    Tensor of(Tensor stream, Memory memory, Tensor mask, UnaryOperator<Tensor> dropped) {
        var queries = split(linear("query", stream));
        long length = queries.shape().get(1);
        double scale = 1 / Math.sqrt(queries.shape().get(2));
        var shares = dropped.apply(
                mask.plusProducts(queries, memory.keys.transpose(1, 2), scale).softmax(2));
        var found = shares.matmul(memory.values).transpose(0, 1);
        long width = stream.shape().get(2);
        return linear("out", found.reshape(length, -1, width));
    }

    /// `(length, N, width)` to `(N * heads, length, d)`.
    private Tensor split(Tensor stream) {
        var shape = stream.shape();
        return stream.reshape(shape.get(0), shape.get(1) * heads, shape.get(2) / heads)
                .transpose(0, 1);
    }

    private Tensor linear(String part, Tensor stream) {
        return stream.linear(weights.get(name + "." + part + ".weight"), weights.get(name + "." + part + ".bias"));
    }
}
