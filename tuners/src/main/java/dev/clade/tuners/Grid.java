package dev.clade.tuners;

import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The points of a grid over a space. Level i of n is the quantile i / (n - 1) of a range's prior, both
/// ends included, so that levels are even on the range's own scale; a single level is the middle. The
/// elements of a vector move together. A parameter that is not active at a point has no level there: its
/// branches differ in how many points they have.
///
/// @param points in the order of the parameters, the last varying fastest
/// @param whole whether these are all; else there are too many to count
record Grid(List<Hyperparameters> points, boolean whole) {

    /// Points are not counted any further.
    private static final int COUNTED = 100_000;

    Grid {
        points = List.copyOf(points);
    }

    /// @param levels of each range, by name
    /// @param enough how many points are asked for at the most
    static Grid of(Space space, SortedMap<String, Integer> levels, int enough) {
        int most = Math.max(COUNTED, enough);
        List<SortedMap<String, Value>> points = List.of(Collections.emptySortedMap());
        for (var parameter : space.parameters()) {
            var values = values(parameter, levels.getOrDefault(parameter.name(), 1));
            var next = new ArrayList<SortedMap<String, Value>>();
            for (var point : points) {
                if (next.size() > most) {
                    break;
                }
                if (parameter.when().stream().allMatch(when -> when.holds(point))) {
                    values.forEach(value -> next.add(with(point, parameter.name(), value)));
                } else {
                    next.add(point);
                }
            }
            points = next;
        }
        return new Grid(points.stream().limit(most).map(Hyperparameters::new).toList(), points.size() <= most);
    }

    private static SortedMap<String, Value> with(SortedMap<String, Value> point, String name, Value value) {
        var more = new TreeMap<>(point);
        more.put(name, value);
        return more;
    }

    private static List<Value> values(Parameter parameter, int levels) {
        return levels(parameter.domain(), levels).stream()
                .map(value ->
                        parameter.size() == 0 ? value : new Value.Vector(Collections.nCopies(parameter.size(), value)))
                .toList();
    }

    private static List<Value> levels(Domain domain, int levels) {
        return domain instanceof Domain.Choice choice
                ? choice.options()
                : IntStream.range(0, levels)
                        .mapToObj(i -> domain.at(levels == 1 ? 0.5 : i / (levels - 1.0)))
                        .distinct()
                        .toList();
    }

    /// The point of the k-th member.
    Hyperparameters of(int k) {
        return points.get(k % points.size());
    }
}
