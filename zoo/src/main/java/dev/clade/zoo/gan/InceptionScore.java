package dev.clade.zoo.gan;

import java.util.ArrayList;
import java.util.List;

/// `exp(E KL(p(y|x) || p(y)))` of images (Salimans et al. 2016, arXiv 1606.03498, section 4): 1 where a
/// classifier cannot tell them apart or finds one class only, as many as there are classes where it is sure
/// of each image and finds all classes equally often.
final class InceptionScore {

    private InceptionScore() {}

    /// The score of each of several equal parts of the images.
    ///
    /// @param probabilities of classes, image by image
    /// @param parts a divisor of the number of images
    static List<Double> of(float[] probabilities, int classes, int parts) {
        int images = probabilities.length / classes / parts;
        var scores = new ArrayList<Double>();
        for (int part = 0; part < parts; part++) {
            scores.add(Math.exp(information(probabilities, classes, part * images, images)));
        }
        return scores;
    }

    /// `E KL(p(y|x) || p(y))` [nats], where `p(y)` is the mean. It is the entropy of the mean less the mean
    /// entropy.
    private static double information(float[] probabilities, int classes, int from, int images) {
        var mean = new double[classes];
        double entropies = 0;
        for (int image = from; image < from + images; image++) {
            for (int i = 0; i < classes; i++) {
                double share = probabilities[image * classes + i];
                mean[i] += share / images;
                entropies += entropy(share) / images;
            }
        }
        double ofMean = 0;
        for (double share : mean) {
            ofMean += entropy(share);
        }
        return ofMean - entropies;
    }

    private static double entropy(double share) {
        return share == 0 ? 0 : -share * Math.log(share);
    }
}
