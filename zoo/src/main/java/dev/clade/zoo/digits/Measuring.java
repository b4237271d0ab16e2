package dev.clade.zoo.digits;

import dev.clade.trainer.Evaluation;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;

/// How well weights do. Nothing is drawn.
record Measuring(Data data, Network network, Weights weights) {

    private record Measured(double accuracy, double loss) {}

    /// `accuracy` [share] and `loss` [nats, without smoothing] on the validation set, a sample for each of its
    /// parts.
    Evaluation validation() {
        var accuracies = new ArrayList<Double>();
        var losses = new ArrayList<Double>();
        int size = data.validation().count() / Data.CHUNKS;
        for (int i = 0; i < Data.CHUNKS; i++) {
            var measured = measured(data.validation().part(i * size, (i + 1) * size));
            accuracies.add(measured.accuracy());
            losses.add(measured.loss());
        }
        return Evaluation.of("accuracy", accuracies).and(Evaluation.of("loss", losses));
    }

    /// `test_accuracy` and `test_loss` on the test set, each as one number.
    Evaluation test() {
        var measured = measured(data.test());
        return Evaluation.of("test_accuracy", measured.accuracy()).and("test_loss", measured.loss());
    }

    /// Both are NaN where a logit is none, since the largest of such a row says nothing.
    private Measured measured(Images images) {
        try (var _ = Scope.still()) {
            var classes = images.classes();
            var logits = network.logits(weights, images.pixels());
            double loss = logits.crossEntropy(classes, 0).item();
            return Double.isFinite(loss)
                    ? new Measured((double) logits.argmax(1).matches(classes) / images.count(), loss)
                    : new Measured(Double.NaN, loss);
        }
    }
}
