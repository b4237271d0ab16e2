package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Says how real images look: high where it takes them for real ones. Two convolutions with stride, leaky
/// rectifiers (Radford et al. 2016, arXiv 1511.06434, section 3), a linear layer; no normalisation, since
/// the penalty is of each image by itself (Gulrajani et al. 2017, arXiv 1704.00028, section 4).
///
/// ```
/// (N, C, S, S)           conv 4x4, W       leaky relu 0.2
/// (N, W, S/2, S/2)       conv 4x4, 2 W     leaky relu 0.2
/// (N, 2 W, S/4, S/4)     linear 1
/// ```
record Discriminator(Size size) {

    private static final double LEAK = 0.2;

    Parameters.Layout layout() {
        return new Parameters.Layout()
                .with("conv1.weight", size.width(), size.channels(), Size.KERNEL, Size.KERNEL)
                .with("conv1.bias", size.width())
                .with("conv2.weight", 2L * size.width(), size.width(), Size.KERNEL, Size.KERNEL)
                .with("conv2.bias", 2L * size.width())
                .linear("fc.weight", 1, size.flat())
                .with("fc.bias", 1);
    }

    private SequencedMap<String, Integer> inputs() {
        int kernel = Size.KERNEL * Size.KERNEL;
        var inputs = new LinkedHashMap<String, Integer>();
        inputs.put("conv1.weight", size.channels() * kernel);
        inputs.put("conv2.weight", size.width() * kernel);
        inputs.put("fc.weight", size.flat());
        return inputs;
    }

    void draw(Weights weights, Randomness random) {
        Drawing.draw(weights, inputs(), random, "discriminator/");
    }

    /// Scores `(1, N)` of images `(N, C, S, S)`.
    Tensor scores(Weights weights, Tensor images) {
        return shrunk(images, weights, 1)
                .reshape(-1, size.flat())
                .linear(weights.get("fc.weight"), weights.get("fc.bias"))
                .reshape(1, -1);
    }

    /// Scores `(K, N)` of images `(N, K C, S, S)` by `K` discriminators.
    Tensor scoresEach(Weights weights, Tensor images) {
        long models = images.shape().get(1) / size.channels();
        return shrunk(images, weights, models)
                .reshape(-1, models, size.flat())
                .transpose(0, 1)
                .linearEach(weights.get("fc.weight"), weights.get("fc.bias"))
                .reshape(models, -1);
    }

    private static Tensor shrunk(Tensor images, Weights weights, long models) {
        return down(down(images, weights, "conv1", models), weights, "conv2", models);
    }

    /// A convolution of weights `(out, in, h, w)`, or of `(K, out, in, h, w)` in groups.
    private static Tensor down(Tensor images, Weights weights, String name, long models) {
        var weight = weights.get(name + ".weight");
        int inputs = weight.shape().size() - 3;
        return images.conv2d(
                        weight.reshape(-1, weight.shape().get(inputs), Size.KERNEL, Size.KERNEL),
                        weights.get(name + ".bias").reshape(-1),
                        Size.STRIDE,
                        Size.PADDING,
                        models)
                .leakyRelu(LEAK);
    }
}
