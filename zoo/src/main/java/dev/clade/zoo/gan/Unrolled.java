package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// A convolution 4x4 with stride 2 as a linear layer: each of its weights stands wherever it is used, the
/// rest is 0. On tiny images most of the matrix is used, and one product is faster than a convolution, and
/// far faster than a convolution's second derivative.
final class Unrolled {

    private final int inputs;
    private final int outputs;
    private final int side;
    private final int half;

    /// For each number that goes in and each that comes out, where among the weights theirs lies; behind
    /// all where they have none.
    private final long[] places;

    /// @param inputs channels
    /// @param outputs channels
    /// @param side of the images that go in
    Unrolled(int inputs, int outputs, int side) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.side = side;
        half = side / Size.STRIDE;
        int out = outputs * half * half;
        places = new long[inputs * side * side * out];
        Arrays.setAll(places, i -> place(i / out, i % out));
    }

    private int place(int from, int to) {
        int row = from / side % side - (to / half % half * Size.STRIDE - Size.PADDING);
        int column = from % side - (to % half * Size.STRIDE - Size.PADDING);
        if (row < 0 || row >= Size.KERNEL || column < 0 || column >= Size.KERNEL) {
            return weights();
        }
        int pair = to / (half * half) * inputs + from / (side * side);
        return (pair * Size.KERNEL + row) * Size.KERNEL + column;
    }

    private int weights() {
        return outputs * inputs * Size.KERNEL * Size.KERNEL;
    }

    /// A layer of `K` models.
    ///
    /// @param weight `(K, in, out)`
    /// @param bias `(K, out)`
    record Layer(Tensor weight, Tensor bias) {

        /// `(K, N, in)` to `(K, N, out)`.
        Tensor of(Tensor images) {
            return images.linearEach(weight, bias);
        }
    }

    /// The layer of a convolution's weights `(K, out, in, 4, 4)` and biases `(K, out)`, which its gradients
    /// go back to.
    Layer layer(Tensor weight, Tensor bias) {
        return new Layer(matrix(weight), spread(bias, outputs, half));
    }

    /// The layer of its transpose, which leads from its outputs to its inputs.
    ///
    /// @param weight `(K, out, in, 4, 4)`, as a transposed convolution has it
    /// @param bias `(K, in)`
    Layer transposed(Tensor weight, Tensor bias) {
        return new Layer(matrix(weight).transpose(1, 2), spread(bias, inputs, side));
    }

    /// `(K, in, out)`.
    private Tensor matrix(Tensor weight) {
        long models = weight.size() / weights();
        var flat = Tensor.joined(List.of(weight.reshape(models, -1), Tensor.zeros(models, 1)), 1);
        return flat.select(1, Tensor.of(places))
                .reshape(models, (long) inputs * side * side, (long) outputs * half * half);
    }

    /// A channel's bias for each of its pixels.
    private static Tensor spread(Tensor bias, int channels, int side) {
        return bias.reshape(-1, channels, 1)
                .plus(Tensor.zeros(1, 1, (long) side * side))
                .reshape(-1, (long) channels * side * side);
    }
}
