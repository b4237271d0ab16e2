package dev.clade.tuners.gp;

import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A search space as the unit cube, and back. Each element of each parameter is a coordinate: the quantile
/// of its prior at which its value lies, so that a learning rate is measured by its logarithm, an ordered
/// choice by its place, and every range has width 1. Whole numbers and choices take the middle of the
/// quantiles that mean them (Garrido-Merchan, Hernandez-Lobato 2020, arXiv 1805.03463: the kernel sees what
/// is trained, rounded). Choices without an order are names: only equal or not. What is not active lies at
/// the median of its prior, so that two points that both lack it are not far apart for it.
public final class Encoding {

    private final Space space;
    private final List<Coordinate> coordinates;
    private final Map<String, Integer> first;
    private final boolean conditional;

    /// One coordinate of the cube: an element of a parameter.
    public record Coordinate(Parameter parameter, int element) {

        public Domain domain() {
            return parameter.domain();
        }

        /// Whether two values are only equal or not.
        public boolean named() {
            return domain() instanceof Domain.Choice choice && !choice.ordered();
        }

        /// How many values it can take; none said where they are a continuum.
        public OptionalLong count() {
            return switch (domain()) {
                case Domain.Real real -> OptionalLong.empty();
                case Domain.Whole whole -> OptionalLong.of(whole.high() - whole.low() + 1);
                case Domain.Choice choice -> OptionalLong.of(choice.options().size());
            };
        }

        double snapped(double quantile) {
            return domain() instanceof Domain.Real
                    ? Math.min(1, Math.max(0, quantile))
                    : domain().quantile(domain().at(Math.min(1, Math.max(0, quantile))));
        }
    }

    private Encoding(Space space, List<Coordinate> coordinates, Map<String, Integer> first) {
        this.space = space;
        this.coordinates = List.copyOf(coordinates);
        this.first = Map.copyOf(first);
        this.conditional = space.parameters().stream().anyMatch(p -> p.when().isPresent());
    }

    /// The cube of a space, parents before the children that depend on them.
    public static Encoding of(Space space) {
        var coordinates = new ArrayList<Coordinate>();
        var first = new HashMap<String, Integer>();
        for (var parameter : space.parameters()) {
            first.put(parameter.name(), coordinates.size());
            IntStream.range(0, Math.max(1, parameter.size()))
                    .forEach(i -> coordinates.add(new Coordinate(parameter, i)));
        }
        return new Encoding(space, coordinates, first);
    }

    /// How many coordinates a point has.
    public int size() {
        return coordinates.size();
    }

    public List<Coordinate> coordinates() {
        return coordinates;
    }

    /// How far apart two points are: by numbers in all coordinates but those of names.
    public Distances distances() {
        int[] numbers = IntStream.range(0, size())
                .filter(i -> !coordinates.get(i).named())
                .toArray();
        int[] names = IntStream.range(0, size())
                .filter(i -> coordinates.get(i).named())
                .toArray();
        return Distances.numbers(numbers).and(Distances.names(names));
    }

    /// The point at which values lie.
    public double[] point(Hyperparameters values) {
        double[] point = new double[size()];
        for (int i = 0; i < point.length; i++) {
            var coordinate = coordinates.get(i);
            var value = values.find(coordinate.parameter().name());
            point[i] = value.isEmpty()
                    ? coordinate.snapped(0.5)
                    : coordinate.domain().quantile(element(value.get(), coordinate.element()));
        }
        return point;
    }

    private static Value element(Value value, int element) {
        return value instanceof Value.Vector vector ? vector.elements().get(element) : value;
    }

    /// The values at a point, complete and inside their domains.
    ///
    /// @param point in the unit cube; what lies outside moves to its nearest wall
    public Hyperparameters values(double[] point) {
        return space.at((parameter, element) ->
                Math.min(1, Math.max(0, point[Objects.requireNonNull(first.get(parameter.name())) + element])));
    }

    /// The point of the values that are at a point: rounded, and at the median where not active.
    public double[] snapped(double[] point) {
        if (conditional) {
            return point(values(point));
        }
        double[] snapped = new double[size()];
        for (int i = 0; i < snapped.length; i++) {
            snapped[i] = coordinates.get(i).snapped(point[i]);
        }
        return snapped;
    }
}
