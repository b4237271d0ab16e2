package dev.clade.tuners.gp;

/// Minimises a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno
/// (Nocedal, Wright 2006, "Numerical Optimization", algorithm 6.1), with a line search that halves. Ours,
/// because a step must end the same on every machine and where the function is infinite.
final class Descent {

    private static final double SUFFICIENT = 1e-4;
    private static final double FLAT = 1e-5;
    private static final double LONGEST = 2;
    private static final int HALVINGS = 25;

    private Descent() {}

    /// A function of several numbers. Infinity stands for a place that is not allowed.
    @FunctionalInterface
    interface Function {

        /// The value at a point; `slopes` takes the derivatives.
        double of(double[] at, double[] slopes);
    }

    /// Where a search has ended.
    static final class Minimum {
        private final double[] at;
        private final double value;

        private Minimum(double[] at, double value) {
            this.at = at;
            this.value = value;
        }

        double[] at() {
            return at.clone();
        }

        double value() {
            return value;
        }
    }

    /// A minimum near a point, or what was found of it within so many steps.
    static Minimum from(double[] start, Function function, int steps) {
        int n = start.length;
        double[] at = start.clone();
        double[] slopes = new double[n];
        double value = function.of(at, slopes);
        double[][] inverse = scaled(n, 1 / Math.max(1, norm(slopes)));
        for (int step = 0; step < steps && norm(slopes) > FLAT; step++) {
            double[] direction = direction(inverse, slopes);
            double descent = GaussianProcess.dot(direction, slopes);
            if (!(descent < 0)) {
                inverse = scaled(n, 1 / Math.max(1, norm(slopes)));
                direction = direction(inverse, slopes);
                descent = GaussianProcess.dot(direction, slopes);
            }
            double length = Math.min(1, LONGEST / norm(direction));
            double[] next = moved(at, direction, length);
            double[] nextSlopes = new double[n];
            double nextValue = function.of(next, nextSlopes);
            for (int i = 0; i < HALVINGS && !(nextValue <= value + SUFFICIENT * length * descent); i++) {
                length /= 2;
                next = moved(at, direction, length);
                nextValue = function.of(next, nextSlopes);
            }
            if (!(nextValue < value)) {
                break;
            }
            boolean still = value - nextValue < 1e-9 * Math.max(1, Math.abs(value));
            inverse = updated(inverse, at, next, slopes, nextSlopes, step == 0);
            at = next;
            value = nextValue;
            slopes = nextSlopes;
            if (still) {
                break;
            }
        }
        return new Minimum(at, value);
    }

    private static double[][] scaled(int n, double by) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            matrix[i][i] = by;
        }
        return matrix;
    }

    private static double[] direction(double[][] inverse, double[] slopes) {
        double[] direction = new double[slopes.length];
        for (int i = 0; i < slopes.length; i++) {
            direction[i] = -GaussianProcess.dot(inverse[i], slopes);
        }
        return direction;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + length * direction[i];
        }
        return to;
    }

    /// The inverse of the curvature after a step, or as it was where the step has shown none.
    private static double[][] updated(
            double[][] inverse, double[] at, double[] next, double[] slopes, double[] nextSlopes, boolean first) {
        double[] s = moved(next, at, -1);
        double[] y = moved(nextSlopes, slopes, -1);
        double curvature = GaussianProcess.dot(s, y);
        if (!(curvature > 1e-12 * norm(s) * norm(y))) {
            return inverse;
        }
        int n = s.length;
        double[][] h = first ? scaled(n, curvature / GaussianProcess.dot(y, y)) : inverse;
        double[] hy = new double[n];
        for (int i = 0; i < n; i++) {
            hy[i] = GaussianProcess.dot(h[i], y);
        }
        double stretch = (1 + GaussianProcess.dot(y, hy) / curvature) / curvature;
        double[][] after = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                after[i][j] = h[i][j] + stretch * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
            }
        }
        return after;
    }

    private static double norm(double[] v) {
        return Math.sqrt(GaussianProcess.dot(v, v));
    }
}
