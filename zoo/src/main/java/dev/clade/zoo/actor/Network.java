package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;

/// What is learned: what is seen of a world to a logit for each action and, last, the value.
///
/// ```
/// (N, C, 10, 10)  conv 3x3, 16, stride 2   relu
/// (N, 5 * 5 * 16) linear 64                relu
/// (N, 64)         linear actions + 1
/// ```
///
/// The convolution is a linear layer of [Patches]; its output lies place by place, each with all channels.
/// For `K` models at once the same three layers are batched products.
///
/// @param places of the convolution's output
/// @param patch numbers that it sees at a place
/// @param actions how many there are
record Network(int places, int patch, int actions) {

    private static final int CHANNELS = 16;
    private static final int LINEAR = 64;

    /// The policy begins nearly uniform and the value nearly 0.
    private static final double HEAD = 0.01;

    static Network of(World world) {
        var patches = new Patches(world.shape());
        return new Network(patches.places(), patches.patch(), world.actions());
    }

    Parameters.Layout layout() {
        return new Parameters.Layout()
                .linear("conv.weight", CHANNELS, patch)
                .with("conv.bias", CHANNELS)
                .linear("fc.weight", LINEAR, flat())
                .with("fc.bias", LINEAR)
                .linear("head.weight", outputs(), LINEAR)
                .with("head.bias", outputs());
    }

    private int flat() {
        return places * CHANNELS;
    }

    /// Logits and the value.
    int outputs() {
        return actions + 1;
    }

    /// Draws new weights: normal with variance `2 / inputs` (He et al. 2015, arXiv 1502.01852, section 2.2),
    /// biases 0.
    void draw(Weights weights, Randomness random) {
        for (var name : layout().names()) {
            var drawn = weights.get(name).zeroHere();
            if (name.endsWith(".weight")) {
                drawn.normalHere(deviation(name), random.of("weights/" + name));
            }
        }
    }

    private double deviation(String name) {
        return switch (name) {
            case "conv.weight" -> Math.sqrt(2.0 / patch);
            case "fc.weight" -> Math.sqrt(2.0 / flat());
            default -> HEAD;
        };
    }

    /// Of one model.
    ///
    /// @param seen patches `(N, places * patch)`
    /// @return `(N, actions + 1)`
    Tensor outputs(Weights weights, Tensor seen) {
        return seen.reshape(-1, patch)
                .linear(weights.get("conv.weight"), weights.get("conv.bias"))
                .relu()
                .reshape(-1, flat())
                .linear(weights.get("fc.weight"), weights.get("fc.bias"))
                .relu()
                .linear(weights.get("head.weight"), weights.get("head.bias"));
    }

    /// Of `K` models, each of its own.
    ///
    /// @param weights `(K, ...)` each
    /// @param seen patches `(K, N, places * patch)`
    /// @return `(K, N, actions + 1)`
    Tensor outputsEach(Weights weights, Tensor seen) {
        long models = seen.shape().getFirst();
        return seen.reshape(models, -1, patch)
                .linearEach(weights.get("conv.weight"), weights.get("conv.bias"))
                .relu()
                .reshape(models, -1, flat())
                .linearEach(weights.get("fc.weight"), weights.get("fc.bias"))
                .relu()
                .linearEach(weights.get("head.weight"), weights.get("head.bias"));
    }
}
