package dev.clade.tuners.gp;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is believed of a function after it was measured at some points, with noise: a Gaussian process of
/// mean 0, conditioned on them (Rasmussen, Williams 2006, algorithm 2.1). Values should be standardised.
/// Immutable.
public final class GaussianProcess {

    private static final double LOG_2_PI = StrictMath.log(2 * Math.PI);

    private final Kernel kernel;
    private final double noise;
    private final double[][] points;
    private final double[] values;
    private final Cholesky factor;
    private final double[] weights;

    private GaussianProcess(Kernel kernel, double noise, double[][] points, double[] values, Cholesky factor) {
        this.kernel = kernel;
        this.noise = noise;
        this.points = points;
        this.values = values;
        this.factor = factor;
        this.weights = factor.solve(values);
    }

    /// Conditions on measurements.
    ///
    /// @param points one row each, all of the same length
    /// @param values finite, one for each point
    /// @param noise the variance of the noise in each value, not negative
    public static GaussianProcess fit(Kernel kernel, double[][] points, double[] values, double noise) {
        if (points.length != values.length) {
            throw new IllegalArgumentException(points.length + " points with " + values.length + " values");
        }
        double[][] covariances = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            covariances[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                covariances[i][j] = kernel.of(points[i], points[j]);
            }
            covariances[i][i] += noise;
        }
        return new GaussianProcess(kernel, noise, points.clone(), values.clone(), Cholesky.of(covariances));
    }

    /// Conditions on measurements with the most probable parameters of the kernel and of the noise (type II
    /// maximum likelihood, with priors).
    ///
    /// @param start the kernel whose form is kept and whose parameters are where the first search begins
    /// @param noise the variance of the noise where the first search begins, positive
    /// @param priors of the logarithms of the kernel's parameters, in its order, then of the noise
    /// @param restarts further searches, begun where the priors are drawn
    public static GaussianProcess learned(
            Kernel start,
            double noise,
            double[][] points,
            double[] values,
            List<Prior> priors,
            int restarts,
            RandomGenerator random) {
        double[] best = new Evidence(start, points, values, priors).most(noise, restarts, random);
        return fit(start.with(best), points, values, StrictMath.exp(best[start.size()]));
    }

    public Kernel kernel() {
        return kernel;
    }

    /// The variance of the noise.
    public double noise() {
        return noise;
    }

    /// How many measurements it is conditioned on.
    public int size() {
        return points.length;
    }

    /// What is believed of the function at a point.
    public Normal at(double[] point) {
        double[] covariances = covariances(point);
        double[] half = factor.forward(covariances);
        return new Normal(dot(covariances, weights), Math.max(0, kernel.of(point, point) - dot(half, half)));
    }

    /// The mean alone of what is believed at a point, in `O(n)`.
    public double mean(double[] point) {
        return dot(covariances(point), weights);
    }

    /// What is believed of the function at several points together.
    public Joint at(double[][] several) {
        double[] means = new double[several.length];
        double[][] halves = new double[several.length][];
        for (int i = 0; i < several.length; i++) {
            double[] covariances = covariances(several[i]);
            means[i] = dot(covariances, weights);
            halves[i] = factor.forward(covariances);
        }
        double[][] joint = new double[several.length][several.length];
        for (int i = 0; i < several.length; i++) {
            for (int j = 0; j <= i; j++) {
                joint[i][j] = kernel.of(several[i], several[j]) - dot(halves[i], halves[j]);
                joint[j][i] = joint[i][j];
            }
        }
        return new Joint(means, joint);
    }

    /// Conditioned on one more measurement, in `O(n^2)`; the kernel's parameters stay.
    public GaussianProcess with(double[] point, double value) {
        double[][] more = Arrays.copyOf(points, points.length + 1);
        double[] known = Arrays.copyOf(values, values.length + 1);
        more[points.length] = point;
        known[points.length] = value;
        return new GaussianProcess(
                kernel, noise, more, known, factor.grown(covariances(point), kernel.of(point, point) + noise));
    }

    /// Conditioned on a measurement that is under way, as if it had given what is believed now: no mean
    /// changes, and what is uncertain near the point shrinks (the kriging believer of Ginsbourger, Le
    /// Riche, Carraro 2010, section 4.2.1).
    public GaussianProcess believing(double[] point) {
        return with(point, mean(point));
    }

    /// The logarithm of the density of the values it is conditioned on.
    public double logLikelihood() {
        return -(dot(values, weights) + factor.logDeterminant() + values.length * LOG_2_PI) / 2;
    }

    private double[] covariances(double[] point) {
        double[] covariances = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            covariances[i] = kernel.of(points[i], point);
        }
        return covariances;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
