package dev.clade.tuners.pb2;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.Encoding.Coordinate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The search for the values with the highest bound: over the coordinates that may move, with all others as they are.
final class Search {

    /// Climbs, and evaluations of the bound in each: those of PB2's authors.
    private static final int STARTS = 10;

    private static final int EVALUATIONS = 200;

    /// What is nearer than this in every coordinate is the same. Ours, as the noise by which it is moved off.
    private static final double SAME = 1e-4;

    private static final double OFF = 0.05;
    private static final int TRIES = 10;

    private final Encoding encoding;
    private final Model model;
    private final Hyperparameters from;
    private final double[] base;
    private final int[] free;

    Search(Encoding encoding, Model model, Hyperparameters from) {
        this.encoding = encoding;
        this.model = model;
        this.from = from;
        this.base = encoding.point(from);
        this.free = IntStream.range(0, encoding.size())
                .filter(i -> free(encoding.coordinates().get(i)))
                .toArray();
    }

    private static boolean free(Coordinate coordinate) {
        return !coordinate.named() && coordinate.parameter().change() != Change.NEVER;
    }

    /// The highest point of several climbs, each from a random place.
    double[] top(Randomness random) {
        var starts = random.of("starts");
        double[] top = base;
        double height = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < STARTS && free.length > 0; i++) {
            double[] start = new double[free.length];
            Arrays.setAll(start, _ -> starts.nextDouble());
            var climb = Ascent.from(start, at -> model.bound(whole(at)), EVALUATIONS);
            if (climb.height() > height) {
                height = climb.height();
                top = whole(climb.at());
            }
        }
        return top;
    }

    /// The point, moved off where a segment under way has the same values once they are rounded.
    double[] apart(double[] point, List<Hyperparameters> pending, Randomness random) {
        var taken = pending.stream().map(encoding::point).toList();
        var noise = random.of("apart");
        double[] at = point;
        for (int i = 0; i < TRIES && free.length > 0 && taken(encoding.snapped(at), taken); i++) {
            at = point.clone();
            for (int column : free) {
                at[column] = Math.min(1, Math.max(0, at[column] + OFF * (i + 1) * noise.nextGaussian()));
            }
        }
        return at;
    }

    private static boolean taken(double[] point, List<double[]> others) {
        return others.stream()
                .anyMatch(other ->
                        IntStream.range(0, point.length).allMatch(i -> Math.abs(point[i] - other[i]) < SAME));
    }

    /// The values at a point: what may not move is exactly as it was.
    Hyperparameters values(double[] point, Space space, Randomness random) {
        var there = encoding.values(point);
        var values = new TreeMap<>(from.active());
        for (var parameter : space.parameters()) {
            if (free(new Coordinate(parameter, 0))) {
                there.find(parameter.name()).ifPresent(value -> values.put(parameter.name(), value));
            }
        }
        return space.completed(values, random);
    }

    private double[] whole(double[] moved) {
        double[] point = base.clone();
        for (int i = 0; i < free.length; i++) {
            point[free[i]] = moved[i];
        }
        return point;
    }
}
