package dev.clade.population;

import java.util.ArrayList;
import java.util.List;

/// The front of an experiment with several objectives: of all pairs that ranked members ever had, those that no other
/// dominates. Of pairs that measured the same, the first. With one objective there is none: see [Population#best()].
///
/// @param pairs in the order in which they came
/// @param points where each of them lies
public record Front(List<Pair> pairs, List<Point> points) {

    static final Front NONE = new Front(List.of(), List.of());

    public Front {
        pairs = List.copyOf(pairs);
        points = List.copyOf(points);
    }

    /// The front after one more pair. What leaves it never comes back.
    Front with(Specification specification, Pair pair) {
        var point = Point.of(specification, pair.evaluation());
        if (!point.finite() || points.stream().anyMatch(its -> its.covers(point))) {
            return this;
        }
        var kept = new ArrayList<Pair>();
        var theirs = new ArrayList<Point>();
        for (int i = 0; i < pairs.size(); i++) {
            if (!point.dominates(points.get(i))) {
                kept.add(pairs.get(i));
                theirs.add(points.get(i));
            }
        }
        kept.add(pair);
        theirs.add(point);
        return new Front(kept, theirs);
    }

    /// Its pairs so that any first few of them are far apart ([Scattered]), the best under the first objective first.
    public List<Pair> scattered() {
        return Scattered.order(points).stream().map(pairs::get).toList();
    }
}
