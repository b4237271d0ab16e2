package dev.clade.tuners.fire;

import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/// Gaussian process regression as the textbook has it, in cubic time: what [Smoothing] must agree with.
final class Dense {

    private Dense() {}

    static double[] likeliest(double[] curve) {
        int n = curve.length;
        double mean = java.util.Arrays.stream(curve).average().orElseThrow();
        var y = MatrixUtils.createRealVector(curve).mapSubtract(mean);
        double best = Double.NEGATIVE_INFINITY;
        var smooth = new double[n];
        for (double length : new double[] {5, 20, 80}) {
            for (double ratio : new double[] {1e-6, 1e-2, 1}) {
                var kernel = kernel(n, length);
                var noisy = kernel.add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(ratio));
                var factor = new CholeskyDecomposition(noisy, 1e-9, 1e-14);
                var weights = factor.getSolver().solve(y);
                double logs = Math.log(factor.getDeterminant());
                double likelihood = -n * Math.log(y.dotProduct(weights) / n) - logs;
                if (likelihood > best) {
                    best = likelihood;
                    smooth = kernel.operate(weights).mapAdd(mean).toArray();
                }
            }
        }
        return smooth;
    }

    private static RealMatrix kernel(int n, double length) {
        var kernel = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double r = Math.sqrt(3) * Math.abs(i - j) / length;
                kernel.setEntry(i, j, (1 + r) * Math.exp(-r));
            }
        }
        return kernel;
    }
}
