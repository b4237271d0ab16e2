package dev.clade.tuners.bayesian;

/// A place in the unit cube of a search space.
final class Point {

    private final double[] coordinates;

    Point(double[] coordinates) {
        this.coordinates = coordinates;
    }

    /// Not to be changed.
    double[] coordinates() {
        return coordinates;
    }
}
