package dev.clade.study.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A value over something that grows, known at points and constant between them.
///
/// @param points by growing `at`
public record Curve(List<Point> points) {

    public record Point(double at, double value) {}

    public Curve {
        points = List.copyOf(points);
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).at() < points.get(i - 1).at()) {
                throw new IllegalArgumentException("points of a curve go back from "
                        + points.get(i - 1).at() + " to " + points.get(i).at());
            }
        }
    }

    /// The value at or before a place; none before the first point.
    public Optional<Double> at(double place) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).at() <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(points.get(low - 1).value());
    }

    /// Where it ends; 0 where it has no point.
    public double end() {
        return points.isEmpty() ? 0 : points.getLast().at();
    }

    /// The largest value so far, where that grows.
    public Curve best() {
        var best = new ArrayList<Point>();
        for (var point : points) {
            if (best.isEmpty() || point.value() > best.getLast().value()) {
                best.add(point);
            }
        }
        return new Curve(best);
    }
}
