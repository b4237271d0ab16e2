package dev.clade.tuners.gp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lower triangular `L` with `L L' = A` of a positive definite `A`. Ours and not a library's, because
/// it grows by a row in `O(n^2)` and shares the rows that it had. Immutable.
final class Cholesky {

    /// The first addition to a diagonal that is not positive definite as computed, as a part of its mean.
    private static final double LEAST_JITTER = 1e-10;

    private final double[][] rows;
    private final double jitter;

    private Cholesky(double[][] rows, double jitter) {
        this.rows = rows;
        this.jitter = jitter;
    }

    /// The factor of a symmetric matrix, of which only the lower triangle is read. Where rounding has made it
    /// indefinite, the diagonal grows, ten times more each time, until there is a factor.
    static Cholesky of(double[][] matrix) {
        double mean = 0;
        for (int i = 0; i < matrix.length; i++) {
            mean += matrix[i][i] / matrix.length;
        }
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("a covariance must be finite, found a variance of " + mean);
        }
        double jitter = 0;
        double[][] rows = factored(matrix, jitter);
        while (rows == null) {
            jitter = Math.max(10 * jitter, LEAST_JITTER * Math.max(mean, Double.MIN_NORMAL));
            rows = factored(matrix, jitter);
        }
        return new Cholesky(rows, jitter);
    }

    private static double @Nullable [][] factored(double[][] matrix, double jitter) {
        double[][] rows = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            double[] row = row(rows, i, matrix[i], matrix[i][i] + jitter);
            if (!(row[i] > 0)) {
                return null;
            }
            rows[i] = row;
        }
        return rows;
    }

    /// Row `n` of the factor; its last element is not positive where the matrix is not positive definite.
    private static double[] row(double[][] rows, int n, double[] matrix, double diagonal) {
        double[] row = Arrays.copyOf(forward(rows, n, matrix), n + 1);
        double left = diagonal;
        for (int j = 0; j < n; j++) {
            left -= row[j] * row[j];
        }
        row[n] = left > 0 ? Math.sqrt(left) : -1;
        return row;
    }

    /// `L^-1 b` for the first `n` rows.
    private static double[] forward(double[][] rows, int n, double[] b) {
        double[] solved = new double[n];
        for (int i = 0; i < n; i++) {
            double[] row = rows[i];
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= row[j] * solved[j];
            }
            solved[i] = sum / row[i];
        }
        return solved;
    }

    /// The factor of the matrix with one more row and column.
    ///
    /// @param column the new covariances with the points before
    /// @param diagonal the new variance
    Cholesky grown(double[] column, double diagonal) {
        double[] row = row(rows, rows.length, column, diagonal + jitter);
        double more = Math.max(jitter, LEAST_JITTER * diagonal);
        while (!(row[rows.length] > 0)) {
            row = row(rows, rows.length, column, diagonal + more);
            more *= 10;
        }
        double[][] all = Arrays.copyOf(rows, rows.length + 1);
        all[rows.length] = row;
        return new Cholesky(all, jitter);
    }

    /// What was added to the diagonal.
    double jitter() {
        return jitter;
    }

    int size() {
        return rows.length;
    }

    /// `L^-1 b`.
    double[] forward(double[] b) {
        return forward(rows, rows.length, b);
    }

    /// `A^-1 b`.
    double[] solve(double[] b) {
        double[] solved = forward(b);
        for (int i = rows.length - 1; i >= 0; i--) {
            solved[i] /= rows[i][i];
            for (int j = 0; j < i; j++) {
                solved[j] -= rows[i][j] * solved[i];
            }
        }
        return solved;
    }

    /// `L b`.
    double[] times(double[] b) {
        double[] product = new double[rows.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j <= i; j++) {
                product[i] += rows[i][j] * b[j];
            }
        }
        return product;
    }

    /// The lower triangle of `A^-1`.
    double[][] inverse() {
        int n = rows.length;
        double[][] columns = new double[n][]; // of L^-1: columns[k][i - k] is its element (i, k)
        for (int k = 0; k < n; k++) {
            double[] column = new double[n - k];
            column[0] = 1 / rows[k][k];
            for (int i = k + 1; i < n; i++) {
                double sum = 0;
                for (int j = k; j < i; j++) {
                    sum -= rows[i][j] * column[j - k];
                }
                column[i - k] = sum / rows[i][i];
            }
            columns[k] = column;
        }
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            inverse[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += columns[i][k - i] * columns[j][k - j];
                }
                inverse[i][j] = sum;
            }
        }
        return inverse;
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            sum += 2 * StrictMath.log(rows[i][i]);
        }
        return sum;
    }
}
