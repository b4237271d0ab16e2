package dev.clade.zoo.unreal;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;
import java.util.Map;

/// What all tasks see by: the two convolutions of Jaderberg et al. 2016 (arXiv 1611.05397, appendix B), after
/// Mnih et al. 2016.
///
/// ```
/// (N, C, H, W)    conv 8x8, 16, stride 4   relu
/// (N, 16, h, w)   conv 4x4, 32, stride 2   relu
/// (N, 32, h', w')
/// ```
///
/// @param shape of what is seen, at least [#LEAST] pixels along each side
record Vision(World.Shape shape) {

    /// The smallest picture that both convolutions fit into.
    static final int LEAST = 20;

    private static final Convolution FIRST = new Convolution("conv1", 16, 8, 4);
    private static final Convolution SECOND = new Convolution("conv2", 32, 4, 2);

    /// A convolution without zeros around.
    private record Convolution(String name, int channels, int kernel, int stride) {

        int along(int pixels) {
            return (pixels - kernel) / stride + 1;
        }

        int inputs(int from) {
            return from * kernel * kernel;
        }

        Tensor of(Weights weights, Tensor seen) {
            return seen.conv2d(weights.get(name + ".weight"), weights.get(name + ".bias"), stride, 0)
                    .relu();
        }

        void lay(Parameters.Layout layout, int from) {
            layout.with(name + ".weight", channels, from, kernel, kernel).with(name + ".bias", channels);
        }
    }

    /// Numbers of what comes out, of one picture.
    int features() {
        return SECOND.channels() * along(shape.height()) * along(shape.width());
    }

    private static int along(int pixels) {
        return SECOND.along(FIRST.along(pixels));
    }

    void lay(Parameters.Layout layout) {
        FIRST.lay(layout, shape.channels());
        SECOND.lay(layout, FIRST.channels());
    }

    /// How many numbers an output of each weight is a sum of.
    Map<String, Integer> inputs() {
        return Map.of("conv1.weight", FIRST.inputs(shape.channels()), "conv2.weight", SECOND.inputs(FIRST.channels()));
    }

    /// `(N, pixels)` to `(N, features)`.
    Tensor features(Weights weights, Tensor seen) {
        var pictures = seen.reshape(-1, shape.channels(), shape.height(), shape.width());
        return SECOND.of(weights, FIRST.of(weights, pictures)).reshape(-1, features());
    }
}
