package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// Says how real images look: high where it takes them for real ones. Two convolutions with stride, leaky
/// rectifiers (Radford et al. 2016, arXiv 1511.06434, section 3), a linear layer; no normalisation, since
/// the penalty is of each image by itself (Gulrajani et al. 2017, arXiv 1704.00028, section 4).
///
/// ```
/// (N, C, S, S)           conv 4x4, W       leaky relu 0.2
/// (N, W, S/2, S/2)       conv 4x4, 2 W     leaky relu 0.2
/// (N, 2 W, S/4, S/4)     linear 1
/// ```
///
/// The convolutions of tiny images are [Unrolled].
record Discriminator(Size size, List<Unrolled> unrolled) {

    private static final double LEAK = 0.2;

    static Discriminator of(Size size) {
        return new Discriminator(
                size,
                size.tiny()
                        ? List.of(
                                new Unrolled(size.channels(), size.width(), size.side()),
                                new Unrolled(size.width(), 2 * size.width(), size.side() / 2))
                        : List.of());
    }

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

    /// How one discriminator scores images.
    Objective.Scores scores(Weights weights) {
        return scores(
                weights,
                1,
                features -> features.reshape(-1, size.flat())
                        .linear(weights.get("fc.weight"), weights.get("fc.bias"))
                        .reshape(1, -1));
    }

    /// How `K` discriminators score images.
    Objective.Scores scoresEach(Weights weights, int models) {
        return scores(
                weights,
                models,
                features -> features.linearEach(weights.get("fc.weight"), weights.get("fc.bias"))
                        .reshape(models, -1));
    }

    /// @param last features `(K, N, flat)` to scores `(K, N)`
    private Objective.Scores scores(Weights weights, int models, UnaryOperator<Tensor> last) {
        if (!size.tiny()) {
            return images -> last.apply(convolved(weights, models, images));
        }
        var first = unrolled.getFirst().layer(weights.get("conv1.weight"), weights.get("conv1.bias"));
        var second = unrolled.getLast().layer(weights.get("conv2.weight"), weights.get("conv2.bias"));
        return images -> {
            var flat = images.reshape(-1, models, (long) size.channels() * size.side() * size.side())
                    .transpose(0, 1);
            return last.apply(second.of(first.of(flat).leakyRelu(LEAK)).leakyRelu(LEAK));
        };
    }

    /// Features `(K, N, flat)` of images `(N, K C, S, S)`.
    Tensor convolved(Weights weights, int models, Tensor images) {
        return down(down(images, weights, "conv1", models), weights, "conv2", models)
                .reshape(-1, models, size.flat())
                .transpose(0, 1);
    }

    /// A convolution of weights `(out, in, h, w)`, or of `(K, out, in, h, w)` in groups.
    private static Tensor down(Tensor images, Weights weights, String name, int models) {
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
