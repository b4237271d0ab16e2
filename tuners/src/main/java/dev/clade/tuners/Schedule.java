package dev.clade.tuners;

import dev.clade.space.Domain;
import dev.clade.space.Domain.Scale;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Hyperparameters over the steps of training.
///
/// @param points by growing step, the first at 0
/// @param linear whether numbers go from one point to the next; else they hold
record Schedule(List<Point> points, boolean linear) {

    Schedule {
        points = List.copyOf(points);
    }

    /// Values from a step on.
    record Point(long step, Hyperparameters values) {}

    /// The first point after a step.
    Optional<Point> after(long step) {
        return points.stream().filter(p -> p.step() > step).findFirst();
    }

    private Point last(long step) {
        return points.stream().filter(p -> p.step() <= step).reduce((a, b) -> b).orElseThrow();
    }

    /// The values of a stretch that has no point inside: those in its middle.
    Hyperparameters of(long from, long to, Space space) {
        var before = last(from);
        var after = after(from);
        if (!linear || after.isEmpty()) {
            return before.values();
        }
        double share = ((from + to) / 2.0 - before.step()) / (after.get().step() - before.step());
        var values = new TreeMap<>(before.values().active());
        for (var parameter : space.parameters()) {
            var a = before.values().find(parameter.name());
            var b = after.get().values().find(parameter.name());
            if (parameter.change() != Change.NEVER && a.isPresent() && b.isPresent()) {
                values.put(parameter.name(), between(parameter, a.get(), b.get(), share));
            }
        }
        var between = new Hyperparameters(values);
        // on its way a parent may pass what its children depend on
        return space.contains(between) ? between : before.values();
    }

    private static Value between(Parameter parameter, Value a, Value b, double share) {
        if (a instanceof Value.Vector from && b instanceof Value.Vector to) {
            return new Value.Vector(IntStream.range(0, from.elements().size())
                    .mapToObj(i -> between(
                            parameter.domain(),
                            from.elements().get(i),
                            to.elements().get(i),
                            share))
                    .toList());
        }
        return between(parameter.domain(), a, b, share);
    }

    private static Value between(Domain domain, Value a, Value b, double share) {
        var moved = switch (domain) {
            case Domain.Choice choice -> a;
            case Domain.Real real -> new Value.Real(between(real.scale(), a.number(), b.number(), share));
            case Domain.Whole whole ->
                new Value.Whole(Math.round(between(whole.scale(), a.number(), b.number(), share)));
        };
        return domain.nearest(moved).orElse(a);
    }

    private static double between(Scale scale, double a, double b, double share) {
        return switch (scale) {
            case LINEAR -> a + share * (b - a);
            case LOG -> StrictMath.exp(between(Scale.LINEAR, StrictMath.log(a), StrictMath.log(b), share));
            case LOG_OF_COMPLEMENT -> 1 - between(Scale.LOG, 1 - a, 1 - b, share);
        };
    }
}
