package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A small network that tells classes of images apart: convolutions, a linear layer whose outputs are an
/// image's features, and a linear one of logits.
sealed interface Classifier {

    int FEATURES = 64;

    Size size();

    int classes();

    /// Which of the two it is.
    String name();

    /// All weights, with how many numbers an output is a sum of, in the order of the layers.
    SequencedMap<String, Integer> inputs();

    Parameters.Layout layout();

    /// What the linear layers see of images `(N, C, S, S)`: `(N, flat)`.
    Tensor convolved(Weights weights, Tensor images);

    /// Features `(N, 64)`.
    default Tensor features(Weights weights, Tensor images) {
        return convolved(weights, images)
                .linear(weights.get("fc1.weight"), weights.get("fc1.bias"))
                .relu();
    }

    /// Logits `(N, classes)` of features.
    default Tensor logits(Weights weights, Tensor features) {
        return features.linear(weights.get("fc2.weight"), weights.get("fc2.bias"));
    }

    private static Parameters.Layout layout(Size size, int width, int kernel, int flat, int classes) {
        return new Parameters.Layout()
                .with("conv1.weight", width, size.channels(), kernel, kernel)
                .with("conv1.bias", width)
                .with("conv2.weight", 2L * width, width, kernel, kernel)
                .with("conv2.bias", 2L * width)
                .linear("fc1.weight", FEATURES, flat)
                .with("fc1.bias", FEATURES)
                .linear("fc2.weight", classes, FEATURES)
                .with("fc2.bias", classes);
    }

    private static SequencedMap<String, Integer> inputs(Size size, int width, int kernel, int flat) {
        var inputs = new LinkedHashMap<String, Integer>();
        inputs.put("conv1.weight", size.channels() * kernel * kernel);
        inputs.put("conv2.weight", width * kernel * kernel);
        inputs.put("fc1.weight", flat);
        inputs.put("fc2.weight", FEATURES);
        return inputs;
    }

    private static Tensor conv(Tensor images, Weights weights, String name, long stride) {
        return images.conv2d(weights.get(name + ".weight"), weights.get(name + ".bias"), stride, 1)
                .relu();
    }

    /// The one that selects: two 4x4 convolutions with stride 2, of 16 and 32 channels.
    record Strided(Size size, int classes) implements Classifier {

        private static final int WIDTH = 16;

        @Override
        public String name() {
            return "strided";
        }

        private int flat() {
            return 2 * WIDTH * size.inner() * size.inner();
        }

        @Override
        public Parameters.Layout layout() {
            return Classifier.layout(size, WIDTH, Size.KERNEL, flat(), classes);
        }

        @Override
        public SequencedMap<String, Integer> inputs() {
            return Classifier.inputs(size, WIDTH, Size.KERNEL, flat());
        }

        @Override
        public Tensor convolved(Weights weights, Tensor images) {
            return conv(conv(images, weights, "conv1", 2), weights, "conv2", 2).reshape(-1, flat());
        }
    }

    /// The one that reports: two 3x3 convolutions, of 24 and 48 channels, each before a pooling of 2 x 2.
    record Pooled(Size size, int classes) implements Classifier {

        private static final int WIDTH = 24;
        private static final int KERNEL = 3;

        @Override
        public String name() {
            return "pooled";
        }

        private int flat() {
            return 2 * WIDTH * size.inner() * size.inner();
        }

        @Override
        public Parameters.Layout layout() {
            return Classifier.layout(size, WIDTH, KERNEL, flat(), classes);
        }

        @Override
        public SequencedMap<String, Integer> inputs() {
            return Classifier.inputs(size, WIDTH, KERNEL, flat());
        }

        @Override
        public Tensor convolved(Weights weights, Tensor images) {
            var first = conv(images, weights, "conv1", 1).maxPool2d(2);
            return conv(first, weights, "conv2", 1).maxPool2d(2).reshape(-1, flat());
        }
    }
}
