package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Spectrum;

/// The normal distribution that features of images have, as far as mean and covariance say.
final class Gaussian {

    private final double[] mean;
    private final double[][] covariance;

    /// @param covariance symmetric
    Gaussian(double[] mean, double[][] covariance) {
        this.mean = mean;
        this.covariance = covariance;
    }

    /// Of a sample of at least two; its covariance is divided by its size less one.
    ///
    /// @param features `size` numbers for each image, image by image
    static Gaussian of(float[] features, int size) {
        int count = features.length / size;
        var mean = new double[size];
        for (int i = 0; i < features.length; i++) {
            mean[i % size] += (double) features[i] / count;
        }
        var covariance = new double[size][size];
        var centred = new double[size];
        for (int image = 0; image < count; image++) {
            for (int i = 0; i < size; i++) {
                centred[i] = features[image * size + i] - mean[i];
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += centred[i] * centred[j] / (count - 1);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        return new Gaussian(mean, covariance);
    }

    /// The Frechet distance of two normal distributions, squared (Dowson, Landau 1982; for images Heusel et
    /// al. 2017, arXiv 1706.08500, section 2): `|m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))`, where the
    /// trace of the root is that of the symmetric `(C1^(1/2) C2 C1^(1/2))^(1/2)`, which has the same
    /// eigenvalues. NaN where a number is none.
    double distance(Gaussian other) {
        double distance = 0;
        for (int i = 0; i < mean.length; i++) {
            double apart = mean[i] - other.mean[i];
            distance += apart * apart + covariance[i][i] + other.covariance[i][i];
        }
        return Double.isFinite(distance) ? Math.max(0, distance - 2 * traceOfRoot(other)) : Double.NaN;
    }

    private double traceOfRoot(Gaussian other) {
        var root = Spectrum.of(covariance).root();
        double trace = 0;
        for (double value :
                Spectrum.of(product(product(root, other.covariance), root)).values()) {
            trace += Math.sqrt(Math.max(0, value));
        }
        return trace;
    }

    private static double[][] product(double[][] left, double[][] right) {
        int size = left.length;
        var product = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                for (int j = 0; j < size; j++) {
                    product[i][j] += left[i][k] * right[k][j];
                }
            }
        }
        return product;
    }
}
