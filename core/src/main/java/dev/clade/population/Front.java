package dev.clade.population;

import java.util.ArrayList;
import java.util.List;

/// The front of an experiment with several objectives: of all pairs that ranked members ever had, those that no other
/// dominates. Of pairs that measured the same, the first. With one objective there is none: see [Population#best()].
///
/// @param pairs in the order in which they came
public record Front(List<Pair> pairs) {

    static final Front NONE = new Front(List.of());

    public Front {
        pairs = List.copyOf(pairs);
    }

    /// The front after one more pair. What leaves it never comes back.
    Front with(Specification specification, Pair pair) {
        var point = Point.of(specification, pair.evaluation());
        if (specification.objectives().size() < 2 || !point.finite()) {
            return this;
        }
        var kept = new ArrayList<Pair>();
        for (var other : pairs) {
            var its = Point.of(specification, other.evaluation());
            if (its.covers(point)) {
                return this;
            }
            if (!point.dominates(its)) {
                kept.add(other);
            }
        }
        kept.add(pair);
        return new Front(kept);
    }

    /// Its pairs so that any first few of them are far apart ([Scattered]), the best under the first objective first.
    public List<Pair> scattered(Specification specification) {
        var points =
                pairs.stream().map(p -> Point.of(specification, p.evaluation())).toList();
        return Scattered.order(points).stream().map(pairs::get).toList();
    }
}
