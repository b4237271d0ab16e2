package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.images.ImageSet;
import dev.clade.zoo.member.Passes;
import dev.clade.zoo.tensor.Adam;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.stream.IntStream;

/// A classifier that has been trained, on images to train on only. It is as large as the process is long.
///
/// @param weights what it has learned
record Judge(Classifier network, Parameters weights) {

    private static final int BATCH = 64;
    private static final double RATE = 2e-3;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    /// Ours: ten passes of the optical digits, one of MNIST.
    static final int UPDATES = 800;

    /// Trains a classifier: always the same one of the same images.
    ///
    /// @param seed its own
    static Judge trained(Classifier network, ImageSet images, long seed) {
        var random = Randomness.keyed(seed, 0, 0);
        var weights = network.layout().build();
        var passes = new Passes(images.count(), random.of("gan/judge/order"));
        try (var _ = Scope.still()) {
            Drawing.draw(weights, network.inputs(), random, "gan/judge/");
        }
        try (var optimiser = new Adam(weights)) {
            for (int i = 0; i < UPDATES; i++) {
                try (var _ = Scope.training()) {
                    var next = passes.next(BATCH);
                    network.logits(weights, network.features(weights, images.tensor(next)))
                            .crossEntropy(images.classes(next), 0)
                            .backward();
                    optimiser.step(RATE * (1 - (double) i / UPDATES), BETA1, BETA2);
                }
            }
        }
        return new Judge(network, weights);
    }

    /// Features `(N, 64)` of images `(N, C, H, W)`.
    Tensor features(Tensor images) {
        return network.features(weights, images);
    }

    /// Probabilities of classes `(N, classes)` by features.
    Tensor probabilities(Tensor features) {
        return network.logits(weights, features).softmax(1);
    }

    /// The share of images that it finds the class of.
    double accuracy(ImageSet images) {
        int right = 0;
        for (int from = 0; from < images.count(); from += Sampling.BATCH) {
            try (var _ = Scope.still()) {
                var some = IntStream.range(from, Math.min(from + Sampling.BATCH, images.count()))
                        .toArray();
                right += (int)
                        probabilities(features(images.tensor(some))).argmax(1).matches(images.classes(some));
            }
        }
        return (double) right / images.count();
    }
}
