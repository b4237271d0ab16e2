package dev.clade.zoo.gan;

import dev.clade.trainer.Evaluation;
import dev.clade.zoo.tensor.Tensor;

/// How good images are. Only their latent numbers are drawn.
///
/// @param samples images in an evaluation
record Measuring(Judges judges, int samples) {

    /// A score is measured in this many equal parts of the images: its samples.
    static final int PARTS = 10;

    /// Images in a report.
    private static final int REPORTED = 10_000;

    /// `score`: by the classifier that selects.
    Evaluation selection(Sampling sampling, long seed) {
        var judge = judges.selecting();
        var probabilities = new float[samples * judges.classes()];
        sampling.draw(samples, seed, (at, images) -> {
            put(judge.probabilities(judge.features(images)), probabilities, at);
        });
        return Evaluation.of("score", InceptionScore.of(probabilities, judges.classes(), PARTS));
    }

    /// `report_score` and `frechet`, the distance from the test images: by the classifier that reports.
    Evaluation report(Sampling sampling, long seed) {
        var reporting = judges.reporting();
        var probabilities = new float[REPORTED * judges.classes()];
        var features = new float[REPORTED * Classifier.FEATURES];
        sampling.draw(REPORTED, seed, (at, images) -> {
            var of = reporting.judge().features(images);
            put(of, features, at);
            put(reporting.judge().probabilities(of), probabilities, at);
        });
        return Evaluation.of("report_score", InceptionScore.of(probabilities, judges.classes(), PARTS))
                .and("frechet", Gaussian.of(features, Classifier.FEATURES).distance(reporting.real()));
    }

    /// @param at the number of the first image
    private static void put(Tensor some, float[] all, int at) {
        var values = some.floats();
        System.arraycopy(values, 0, all, at * some.shape().get(1).intValue(), values.length);
    }
}
