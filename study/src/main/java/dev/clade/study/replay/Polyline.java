package dev.clade.study.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The polyline through some of the points of curves over one axis, the first and the last among them,
/// that is nearest to all of their points: of those with at most so many corners the one with the least
/// weighted sum of squares, by dynamic programming (Bellman 1961, "On the approximation of curves by line
/// segments using dynamic programming", CACM 4(6)). With corners at points alone, the cost of a segment
/// depends on its two ends only, and the optimum is exact.
///
/// @param corners places of points, growing
/// @param squares the weighted sum of squares
record Polyline(List<Integer> corners, double squares) {

    Polyline {
        corners = List.copyOf(corners);
    }

    /// A curve over the axis, with the weight of each of its points.
    static final class Curve {
        private final double[] values;
        private final double[] weights;

        Curve(double[] values, double[] weights) {
            this.values = values.clone();
            this.weights = weights.clone();
        }
    }

    /// @param axis growing; every curve has a point at each place
    /// @param most corners, at least 2. Fewer are taken where more would be no nearer
    static Polyline nearest(double[] axis, List<Curve> curves, int most) {
        int n = axis.length;
        int k = Math.min(most, n);
        var best = new double[k + 1][n]; // the least cost from the first point to j with so many corners
        var before = new int[k + 1][n];
        for (var row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[1][0] = 0;
        for (int i = 0; i < n - 1; i++) {
            var costs = costs(axis, curves, i);
            for (int corners = 1; corners < k; corners++) {
                for (int j = i + 1; j < n; j++) {
                    double cost = best[corners][i] + costs[j];
                    if (cost < best[corners + 1][j]) {
                        best[corners + 1][j] = cost;
                        before[corners + 1][j] = i;
                    }
                }
            }
        }
        int fewest = 1;
        for (int corners = 2; corners <= k; corners++) {
            if (best[corners][n - 1] < best[fewest][n - 1]) {
                fewest = corners;
            }
        }
        return new Polyline(path(before, fewest, n - 1), best[fewest][n - 1]);
    }

    private static List<Integer> path(int[][] before, int corners, int last) {
        var path = new ArrayDeque<Integer>();
        int at = last;
        for (int corner = corners; corner >= 1; corner--) {
            path.addFirst(at);
            at = before[corner][at];
        }
        return new ArrayList<>(path);
    }

    /// The cost of a straight line from point `i` to each later one, for the points between. With `x`, `y`
    /// from point `i` and the slope `b`, it is `sum w (y - b x)^2`, of sums that grow with the line.
    private static double[] costs(double[] axis, List<Curve> curves, int i) {
        var costs = new double[axis.length];
        for (var curve : curves) {
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int j = i + 1; j < axis.length; j++) {
                double x = axis[j] - axis[i];
                double y = curve.values[j] - curve.values[i];
                double b = y / x;
                costs[j] += Math.max(0, yy - 2 * b * xy + b * b * xx);
                double w = curve.weights[j];
                xx += w * x * x;
                xy += w * x * y;
                yy += w * y * y;
            }
        }
        return costs;
    }
}
