package dev.clade.study.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The centre of several curves with its interval, place by place. Each interval is of its place alone:
/// that all of them hold at once is less likely than 95 %.
public record Band(List<Place> places) {

    /// @param value the centre of the curves there
    public record Place(double at, double value, Optional<Interval> interval) {}

    public Band {
        places = List.copyOf(places);
    }

    /// The band over equally spaced places, from the first where every curve has a value to the end of
    /// the longest; a curve that has ended keeps its last value.
    ///
    /// @param count how many places, at least two
    public static Band of(List<Curve> curves, int count, Centre centre, Bootstrap bootstrap) {
        var drawn = curves.stream().filter(c -> !c.points().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return new Band(List.of());
        }
        double from = drawn.stream()
                .mapToDouble(c -> c.points().getFirst().at())
                .max()
                .orElseThrow();
        double to = drawn.stream().mapToDouble(Curve::end).max().orElseThrow();
        var places = new ArrayList<Place>();
        for (int i = 0; i < count; i++) {
            double at = i == count - 1 ? to : from + (to - from) * i / (count - 1);
            var values = drawn.stream().map(c -> c.at(at).orElseThrow()).toList();
            var estimate = Estimate.of(values, centre, bootstrap);
            places.add(new Place(at, estimate.value(), estimate.interval()));
        }
        return new Band(places);
    }
}
