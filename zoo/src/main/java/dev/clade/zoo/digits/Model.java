package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;

/// Two convolutions and two linear layers: `(N, 1, 8, 8)` to logits `(N, 10)`, 38,282 parameters.
///
/// ```
/// (N, 1, 8, 8)   conv 3x3, 16, stride 2   relu   dropout of channels
/// (N, 16, 4, 4)  conv 3x3, 32             relu   dropout of channels
/// (N, 512)       linear 64                relu   dropout
/// (N, 64)        linear 10
/// ```
record Model(Parameters parameters) {

    /// Layers with a dropout behind them.
    static final int HIDDEN = 3;

    /// How many of them are convolutions: the first ones.
    static final int CONVOLUTIONS = 2;

    private static final int FIRST = 16;
    private static final int SECOND = 32;
    private static final int STRIDE = 2;
    private static final int FLAT = SECOND * Images.PIXELS / STRIDE / STRIDE;
    private static final int LINEAR = 64;
    private static final int KERNEL = 3;

    static Model build() {
        return new Model(new Parameters.Layout()
                .with("conv1.weight", FIRST, 1, KERNEL, KERNEL)
                .with("conv1.bias", FIRST)
                .with("conv2.weight", SECOND, FIRST, KERNEL, KERNEL)
                .with("conv2.bias", SECOND)
                .with("fc1.weight", LINEAR, FLAT)
                .with("fc1.bias", LINEAR)
                .with("fc2.weight", Images.CLASSES, LINEAR)
                .with("fc2.bias", Images.CLASSES)
                .build());
    }

    /// Draws new weights: normal with variance `2 / inputs`, biases 0 (He et al. 2015, arXiv 1502.01852, section
    /// 2.2).
    void draw(Randomness random) {
        parameters.all().zeroHere();
        draw("conv1.weight", KERNEL * KERNEL, random);
        draw("conv2.weight", FIRST * KERNEL * KERNEL, random);
        draw("fc1.weight", FLAT, random);
        draw("fc2.weight", LINEAR, random);
    }

    private void draw(String name, int inputs, Randomness random) {
        parameters.normal(name, Math.sqrt(2.0 / inputs), random.of("weights/" + name));
    }

    /// What becomes of the output of a hidden layer, counted from 0.
    interface Dropout {
        Tensor of(int layer, Tensor hidden);
    }

    /// The logits as they are measured: nothing dropped.
    Tensor logits(Tensor images) {
        return logits(images, (_, hidden) -> hidden);
    }

    /// The logits as they are trained.
    Tensor logits(Tensor images, Dropout dropout) {
        var first =
                images.conv2d(get("conv1.weight"), get("conv1.bias"), STRIDE, 1).relu();
        var second = dropout.of(0, first)
                .conv2d(get("conv2.weight"), get("conv2.bias"), 1, 1)
                .relu();
        var third = dropout.of(1, second)
                .reshape(-1, FLAT)
                .linear(get("fc1.weight"), get("fc1.bias"))
                .relu();
        return dropout.of(2, third).linear(get("fc2.weight"), get("fc2.bias"));
    }

    private Tensor get(String name) {
        return parameters.get(name);
    }
}
