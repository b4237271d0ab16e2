package dev.clade.tuners.gp;

import java.util.List;
import java.util.random.RandomGenerator;

/// How probable measurements are under the parameters of a kernel: the log marginal likelihood (Rasmussen,
/// Williams 2006, equations 5.8 and 5.9), with a prior on the logarithm of each parameter.
final class Evidence implements Descent.Function {

    /// Steps of one search; with priors, searches rarely need half of them.
    private static final int STEPS = 60;

    /// Parameters are kept within `exp(-BOUND)` and `exp(BOUND)`, where nothing overflows.
    private static final double BOUND = 20;

    private final Kernel form;
    private final double[][] points;
    private final double[] values;
    private final List<Prior> priors;

    /// @param priors of the kernel's parameters, then of the noise
    Evidence(Kernel form, double[][] points, double[] values, List<Prior> priors) {
        if (priors.size() != form.size() + 1) {
            throw new IllegalArgumentException(priors.size() + " priors for " + form.size() + " parameters and noise");
        }
        this.form = form;
        this.points = points;
        this.values = values;
        this.priors = List.copyOf(priors);
    }

    /// The most probable logarithms of the parameters, then of the noise, of several searches.
    double[] most(double noise, int restarts, RandomGenerator random) {
        double[] start = new double[priors.size()];
        form.logs(start, 0);
        start[form.size()] = StrictMath.log(noise);
        var best = Descent.from(start, this, STEPS);
        for (int i = 0; i < restarts; i++) {
            double[] drawn = priors.stream().mapToDouble(p -> p.draw(random)).toArray();
            var other = Descent.from(drawn, this, STEPS);
            best = other.value() < best.value() ? other : best;
        }
        return best.at();
    }

    /// Minus the log density; `slopes` takes its derivatives.
    @Override
    public double of(double[] logs, double[] slopes) {
        int n = points.length;
        int size = form.size();
        for (double log : logs) {
            if (!(Math.abs(log) < BOUND)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        var kernel = form.with(logs);
        double noise = StrictMath.exp(logs[size]);
        double[][] covariances = new double[n][];
        double[][] steepness = new double[n][]; // of the elements of a row, one after the other
        for (int i = 0; i < n; i++) {
            covariances[i] = new double[i + 1];
            steepness[i] = new double[(i + 1) * size];
            for (int j = 0; j <= i; j++) {
                covariances[i][j] = kernel.of(points[i], points[j], steepness[i], j * size);
            }
            covariances[i][i] += noise;
        }
        var factor = Cholesky.of(covariances);
        double[] weights = factor.solve(values);
        double[][] inverse = factor.inverse();
        double density = -(GaussianProcess.dot(values, weights) + factor.logDeterminant()) / 2;
        java.util.Arrays.fill(slopes, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double pull = (weights[i] * weights[j] - inverse[i][j]) * (i == j ? 0.5 : 1);
                for (int k = 0; k < size; k++) {
                    slopes[k] -= pull * steepness[i][j * size + k];
                }
            }
            slopes[size] -= (weights[i] * weights[i] - inverse[i][i]) * noise / 2;
        }
        for (int k = 0; k <= size; k++) {
            density += priors.get(k).density(logs[k]);
            slopes[k] -= priors.get(k).slope(logs[k]);
        }
        return -density;
    }
}
