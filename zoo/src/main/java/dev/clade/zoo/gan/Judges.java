package dev.clade.zoo.gan;

import dev.clade.zoo.images.Dataset;
import dev.clade.zoo.images.ImageSet;
import dev.clade.zoo.tensor.Scope;
import java.util.Optional;
import java.util.stream.IntStream;

/// The two classifiers of a data set, of different seeds and architectures, so that what pleases the one
/// that selects need not please the one that reports. Each is trained when it is first asked for, once in a
/// process.
final class Judges {

    private static final long SELECTING = 1;
    private static final long REPORTING = 2;

    private final Dataset data;
    private final Size size;
    private Optional<Judge> selecting = Optional.empty();
    private Optional<Reporting> reporting = Optional.empty();

    /// @param real the normal distribution of the test images' features
    record Reporting(Judge judge, Gaussian real) {}

    Judges(Dataset data) {
        this.data = data;
        size = Size.of(data.training().shape());
    }

    int classes() {
        return data.training().classes();
    }

    synchronized Judge selecting() {
        if (selecting.isEmpty()) {
            selecting = Optional.of(Judge.trained(new Classifier.Strided(size, classes()), data.training(), SELECTING));
        }
        return selecting.get();
    }

    synchronized Reporting reporting() {
        if (reporting.isEmpty()) {
            var judge = Judge.trained(new Classifier.Pooled(size, classes()), data.training(), REPORTING);
            reporting =
                    Optional.of(new Reporting(judge, Gaussian.of(features(judge, data.test()), Classifier.FEATURES)));
        }
        return reporting.get();
    }

    private static float[] features(Judge judge, ImageSet images) {
        var features = new float[images.count() * Classifier.FEATURES];
        for (int from = 0; from < images.count(); from += Sampling.BATCH) {
            try (var _ = Scope.still()) {
                var some = IntStream.range(from, Math.min(from + Sampling.BATCH, images.count()))
                        .toArray();
                var of = judge.features(images.tensor(some)).floats();
                System.arraycopy(of, 0, features, from * Classifier.FEATURES, of.length);
            }
        }
        return features;
    }
}
