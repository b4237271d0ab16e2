package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Makes images of latent numbers, in the manner of DCGAN (Radford et al. 2016, arXiv 1511.06434, section
/// 3), without batch normalisation.
///
/// ```
/// (N, latent)            linear                        relu
/// (N, 2 W, S/4, S/4)     transposed conv 4x4, W        relu
/// (N, W, S/2, S/2)       transposed conv 4x4, C        tanh
/// (N, C, S, S)
/// ```
///
/// `K` generators at once: the linear layer is a product for each, a convolution has a group for each, and
/// their images are channels: `(N, K C, S, S)`.
///
/// The transposed convolutions of tiny images are [Unrolled].
record Generator(Size size, List<Unrolled> unrolled) {

    static Generator of(Size size) {
        return new Generator(
                size,
                size.tiny()
                        ? List.of(
                                new Unrolled(size.width(), 2 * size.width(), size.side() / 2),
                                new Unrolled(size.channels(), size.width(), size.side()))
                        : List.of());
    }

    Parameters.Layout layout() {
        return new Parameters.Layout()
                .linear("fc.weight", size.flat(), size.latent())
                .with("fc.bias", size.flat())
                .with("conv1.weight", 2L * size.width(), size.width(), Size.KERNEL, Size.KERNEL)
                .with("conv1.bias", size.width())
                .with("conv2.weight", size.width(), size.channels(), Size.KERNEL, Size.KERNEL)
                .with("conv2.bias", size.channels());
    }

    /// An output of a transposed convolution is a sum over a share of its kernel only.
    private SequencedMap<String, Integer> inputs() {
        int kernel = Size.KERNEL * Size.KERNEL / (Size.STRIDE * Size.STRIDE);
        var inputs = new LinkedHashMap<String, Integer>();
        inputs.put("fc.weight", size.latent());
        inputs.put("conv1.weight", 2 * size.width() * kernel);
        inputs.put("conv2.weight", size.width() * kernel);
        return inputs;
    }

    void draw(Weights weights, Randomness random) {
        Drawing.draw(weights, inputs(), random, "generator/");
    }

    /// Images `(N, C, S, S)` of latent numbers `(N, latent)`.
    Tensor images(Weights weights, Tensor latent) {
        var flat = latent.linear(weights.get("fc.weight"), weights.get("fc.bias"));
        return grown(flat.reshape(1, -1, size.flat()).relu(), weights);
    }

    /// Images `(N, K C, S, S)` of latent numbers `(K, N, latent)`.
    Tensor imagesEach(Weights weights, Tensor latent) {
        return grown(
                latent.linearEach(weights.get("fc.weight"), weights.get("fc.bias"))
                        .relu(),
                weights);
    }

    /// @param flat `(K, N, flat)`
    private Tensor grown(Tensor flat, Weights weights) {
        return size.tiny() ? multiplied(flat, weights) : convolved(flat, weights);
    }

    private Tensor multiplied(Tensor flat, Weights weights) {
        long models = flat.shape().getFirst();
        var first = unrolled.getFirst().transposed(weights.get("conv1.weight"), weights.get("conv1.bias"));
        var second = unrolled.getLast().transposed(weights.get("conv2.weight"), weights.get("conv2.bias"));
        return second.of(first.of(flat).relu())
                .tanh()
                .transpose(0, 1)
                .reshape(-1, models * size.channels(), size.side(), size.side());
    }

    Tensor convolved(Tensor flat, Weights weights) {
        long models = flat.shape().getFirst();
        var images = flat.transpose(0, 1).reshape(-1, models * 2 * size.width(), size.inner(), size.inner());
        return up(up(images, weights, "conv1", models).relu(), weights, "conv2", models)
                .tanh();
    }

    /// A transposed convolution of weights `(in, out, h, w)`, or of `(K, in, out, h, w)` in groups.
    private static Tensor up(Tensor images, Weights weights, String name, long models) {
        var weight = weights.get(name + ".weight");
        int outputs = weight.shape().size() - 3;
        return images.convTranspose2d(
                weight.reshape(-1, weight.shape().get(outputs), Size.KERNEL, Size.KERNEL),
                weights.get(name + ".bias").reshape(-1),
                Size.STRIDE,
                Size.PADDING,
                models);
    }
}
