package dev.clade.study.simulate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Regression by the nearest neighbours: the mean of the `k` nearest rows' outcomes, weighted by `exp(-2 (d / d_k)^2)`
/// with `d_k` the distance of the farthest of them. It assumes nothing but that what is near is alike.
///
/// @param rows at least one, of equal width
record Neighbours(List<Row> rows) {

    private static final int NEAREST = 10;

    /// What came of something, somewhere.
    static final class Row {

        private final double[] at;
        private final double outcome;

        /// @param at where, each coordinate scaled so that 1 is far
        /// @param outcome not a number where it failed
        Row(double[] at, double outcome) {
            this.at = at.clone();
            this.outcome = outcome;
        }

        boolean failed() {
            return Double.isNaN(outcome);
        }

        double outcome() {
            return outcome;
        }
    }

    /// What is expected at a place.
    ///
    /// @param failing the weight of those that failed, from 0 to 1
    record Expected(double outcome, double failing) {}

    Neighbours {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("nothing is near to nothing");
        }
    }

    Expected at(double... place) {
        return expected(place, -1);
    }

    /// As if a row were not there.
    Expected without(int row) {
        return expected(rows.get(row).at, row);
    }

    private record Near(Row row, double squared) {}

    private Expected expected(double[] place, int without) {
        var near = new Near[rows.size() - (without < 0 ? 0 : 1)];
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (i != without) {
                near[count++] = new Near(rows.get(i), squared(rows.get(i).at, place));
            }
        }
        Arrays.sort(near, Comparator.comparingDouble(Near::squared));
        int k = Math.min(NEAREST, near.length);
        double farthest = k == 0 ? 0 : near[k - 1].squared();
        double sum = 0;
        double weights = 0;
        double failing = 0;
        for (int i = 0; i < k; i++) {
            double weight = farthest == 0 ? 1 : StrictMath.exp(-2 * near[i].squared() / farthest);
            if (near[i].row().failed()) {
                failing += weight;
            } else {
                sum += weight * near[i].row().outcome();
                weights += weight;
            }
        }
        return new Expected(
                weights == 0 ? 0 : sum / weights, weights + failing == 0 ? 0 : failing / (weights + failing));
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /// The share of the outcomes' variance that the others explain, each row left out in turn; below 0 where the mean
    /// alone is better.
    double explained() {
        double mean = healthy().stream().mapToDouble(Row::outcome).average().orElse(0);
        double total = 0;
        double left = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).failed()) {
                double outcome = rows.get(i).outcome();
                double off = outcome - without(i).outcome();
                total += (outcome - mean) * (outcome - mean);
                left += off * off;
            }
        }
        return total == 0 ? 0 : 1 - left / total;
    }

    /// The variance of what is left unexplained.
    double unexplained() {
        double left = 0;
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).failed()) {
                double off = rows.get(i).outcome() - without(i).outcome();
                left += off * off;
                count++;
            }
        }
        return count == 0 ? 0 : left / count;
    }

    private List<Row> healthy() {
        return rows.stream().filter(r -> !r.failed()).toList();
    }
}
