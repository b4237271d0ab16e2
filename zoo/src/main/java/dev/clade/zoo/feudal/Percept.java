package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;

/// What manager and worker both see of a world: `z`, by a convolution 3x3 with stride 2 and a linear layer,
/// each with a relu.
///
/// @param world what is seen of it
/// @param channels of the convolution
/// @param size of `z`
record Percept(World.Shape world, int channels, int size) {

    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    Parameters.Layout with(Parameters.Layout layout) {
        return layout.with("conv.weight", channels, world.channels(), KERNEL, KERNEL)
                .with("conv.bias", channels)
                .linear("percept.weight", size, flat())
                .with("percept.bias", size);
    }

    private int flat() {
        return channels * along(world.height()) * along(world.width());
    }

    private static int along(int side) {
        return (side + 2 * PADDING - KERNEL) / STRIDE + 1;
    }

    void draw(Weights weights, Randomness random) {
        Linear.draw(weights, "conv", Math.sqrt(2.0 / (world.channels() * KERNEL * KERNEL)), random);
        Linear.draw(weights, "percept", Math.sqrt(2.0 / flat()), random);
    }

    /// @param seen `(N, channels * height * width)`
    /// @return `(N, size)`
    Tensor of(Weights weights, Tensor seen) {
        var map = seen.reshape(-1, world.channels(), world.height(), world.width())
                .conv2d(weights.get("conv.weight"), weights.get("conv.bias"), STRIDE, PADDING)
                .relu()
                .reshape(-1, flat());
        return Linear.of(weights, "percept", map).relu();
    }
}
