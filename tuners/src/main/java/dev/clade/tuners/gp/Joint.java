package dev.clade.tuners.gp;

import java.util.random.RandomGenerator;

/// What is believed of the function at several points together: a multivariate normal distribution.
public final class Joint {

    private final double[] means;
    private final double[][] covariances;
    private final Cholesky factor;

    /// @param covariances a symmetric matrix
    Joint(double[] means, double[][] covariances) {
        this.means = means;
        this.covariances = covariances;
        this.factor = Cholesky.of(covariances);
    }

    public double mean(int point) {
        return means[point];
    }

    public double covariance(int point, int other) {
        return covariances[point][other];
    }

    /// One function's values at the points.
    public double[] draw(RandomGenerator random) {
        double[] standard = new double[means.length];
        for (int i = 0; i < standard.length; i++) {
            standard[i] = random.nextGaussian();
        }
        double[] drawn = factor.times(standard);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] += means[i];
        }
        return drawn;
    }
}
