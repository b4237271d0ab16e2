package dev.clade.bench.lanes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How much more members alone cost than members in lanes, over rounds in which both were measured.
///
/// @param values each round's
record Ratio(List<Double> values) {

    private double at(double part) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    /// The median, with the least and the most.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%5.2f (%.2f to %.2f)", at(0.5), at(0), at(1));
    }
}
