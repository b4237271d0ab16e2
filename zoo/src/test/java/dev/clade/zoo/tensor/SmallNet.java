package dev.clade.zoo.tensor;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;

/// A network with every kind of layer, on three images of 6 x 6.
record SmallNet(Parameters parameters, Sgd optimiser) implements AutoCloseable {

    static SmallNet build() {
        var parameters = new Parameters.Layout()
                .with("conv.weight", 4, 2, 3, 3)
                .with("conv.bias", 4)
                .with("up.weight", 4, 3, 2, 2)
                .with("up.bias", 3)
                .with("linear.weight", 5, 108)
                .with("linear.bias", 5)
                .build();
        var random = Randomness.keyed(3, 0, 0);
        for (var name : parameters.names()) {
            parameters.normal(name, 0.4, random.of(name));
        }
        return new SmallNet(parameters, new Sgd(parameters));
    }

    /// `(3, 2, 6, 6)`.
    static Tensor images() {
        return random("images", 3 * 2 * 6 * 6).reshape(3, 2, 6, 6);
    }

    static Tensor random(String purpose, int count) {
        var random = Philox.keyed(5, 0, 0, purpose);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, count);
    }

    Tensor loss(int step) {
        return tail(
                images().conv2d(parameters.get("conv.weight"), parameters.get("conv.bias"), 1, 1)
                        .relu()
                        .maxPool2d(2),
                step);
    }

    /// A loss without kinks, so that differences are gradients everywhere.
    Tensor smooth(int step) {
        return tail(
                images().conv2d(parameters.get("conv.weight"), parameters.get("conv.bias"), 2, 1)
                        .tanh(),
                step);
    }

    /// @param hidden `(3, 4, 3, 3)`
    private Tensor tail(Tensor hidden, int step) {
        var random = Philox.keyed(7, step, 0, "dropout");
        return hidden.dropoutChannels(0.3, random)
                .convTranspose2d(parameters.get("up.weight"), parameters.get("up.bias"), 2, 0)
                .tanh()
                .reshape(3, 108)
                .dropout(0.2, random)
                .linear(parameters.get("linear.weight"), parameters.get("linear.bias"))
                .crossEntropy(Tensor.of(0, 3, 4), 0.1);
    }

    void update(int step) {
        try (var _ = Scope.training()) {
            loss(step).backward();
            optimiser.step(0.01, 0.9, 1e-4);
        }
    }

    float[] weights() {
        try (var _ = Scope.still()) {
            return parameters.all().floats();
        }
    }

    @Override
    public void close() {
        optimiser.close();
        parameters.close();
    }
}
