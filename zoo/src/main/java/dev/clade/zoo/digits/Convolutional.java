package dev.clade.zoo.digits;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Two convolutions and two linear layers, 38,282 parameters.
///
/// ```
/// (N, 1, 8, 8)   conv 3x3, 16, stride 2   relu   dropout of channels
/// (N, 16, 4, 4)  conv 3x3, 32             relu   dropout of channels
/// (N, 512)       linear 64                relu   dropout
/// (N, 64)        linear 10
/// ```
///
/// `K` models at once: the first convolution is a linear layer of patches, which are cut once for all; the second has
/// a group for each model.
record Convolutional() implements Network {

    private static final int FIRST = 16;
    private static final int SECOND = 32;
    private static final int STRIDE = 2;
    private static final int SIDE = Images.SIDE / STRIDE;
    private static final int PLACES = SIDE * SIDE;
    private static final int FLAT = SECOND * PLACES;
    private static final int LINEAR = 64;
    private static final int KERNEL = 3;
    private static final int PATCH = KERNEL * KERNEL;

    @Override
    public Parameters.Layout layout() {
        return new Parameters.Layout()
                .with("conv1.weight", FIRST, 1, KERNEL, KERNEL)
                .with("conv1.bias", FIRST)
                .with("conv2.weight", SECOND, FIRST, KERNEL, KERNEL)
                .with("conv2.bias", SECOND)
                .linear("fc1.weight", LINEAR, FLAT)
                .with("fc1.bias", LINEAR)
                .linear("fc2.weight", Images.CLASSES, LINEAR)
                .with("fc2.bias", Images.CLASSES);
    }

    @Override
    public SequencedMap<String, Integer> inputs() {
        var inputs = new LinkedHashMap<String, Integer>();
        inputs.put("conv1.weight", PATCH);
        inputs.put("conv2.weight", FIRST * PATCH);
        inputs.put("fc1.weight", FLAT);
        inputs.put("fc2.weight", LINEAR);
        return inputs;
    }

    @Override
    public int convolutions() {
        return 2;
    }

    @Override
    public Tensor logits(Weights weights, Tensor images, Dropout dropout) {
        var first = images.conv2d(weights.get("conv1.weight"), weights.get("conv1.bias"), STRIDE, 1)
                .relu();
        var second = dropout.of(0, first)
                .conv2d(weights.get("conv2.weight"), weights.get("conv2.bias"), 1, 1)
                .relu();
        var third = dropout.of(1, second)
                .reshape(-1, FLAT)
                .linear(weights.get("fc1.weight"), weights.get("fc1.bias"))
                .relu();
        return dropout.of(2, third).linear(weights.get("fc2.weight"), weights.get("fc2.bias"));
    }

    /// The patches under the kernel of the first convolution, place by place.
    @Override
    public float[][] rows(Images images) {
        return images.patches(KERNEL, STRIDE);
    }

    @Override
    public Tensor logitsEach(Weights weights, Tensor rows, Masks masks) {
        long models = rows.shape().get(0);
        long images = rows.shape().get(1);
        var first = rows.reshape(models, images * PLACES, PATCH)
                .linearEach(
                        weights.get("conv1.weight")
                                .reshape(models, FIRST, PATCH)
                                .transpose(1, 2),
                        weights.get("conv1.bias"))
                .reshape(models, images, PLACES, FIRST)
                .permuted(1, 0, 3, 2)
                .reshape(images, models * FIRST, SIDE, SIDE)
                .relu();
        var second = masks.of(0, FIRST)
                .map(mask -> channels(mask, models * FIRST))
                .map(first::times)
                .orElse(first)
                .conv2d(
                        weights.get("conv2.weight").reshape(models * SECOND, FIRST, KERNEL, KERNEL),
                        weights.get("conv2.bias").reshape(models * SECOND),
                        1,
                        1,
                        models)
                .relu();
        var third = masks.of(1, SECOND)
                .map(mask -> channels(mask, models * SECOND))
                .map(second::times)
                .orElse(second)
                .reshape(images, models, FLAT)
                .transpose(0, 1)
                .linearEach(weights.get("fc1.weight"), weights.get("fc1.bias"))
                .relu();
        return masks.of(2, LINEAR)
                .map(third::times)
                .orElse(third)
                .linearEach(weights.get("fc2.weight"), weights.get("fc2.bias"));
    }

    /// Masks of channels `(K, N, C)` as convolutions of groups want them.
    private static Tensor channels(Tensor mask, long all) {
        return mask.transpose(0, 1).reshape(-1, all, 1, 1);
    }
}
