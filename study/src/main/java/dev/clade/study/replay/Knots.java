package dev.clade.study.replay;

import dev.clade.random.Randomness;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A schedule smoothed to a few knots, between which numbers move in straight lines.
///
/// Numbers are measured by the quantile of their prior, so that a line is straight on the parameter's own
/// scale and all parameters count alike; the elements of a vector count one by one. A stage of the schedule
/// that was found is a point in its middle, weighing as much as it has steps; the first one is at step 0, the
/// last one at the end. The knots are those of these points, for all parameters at once, that [Polyline]
/// finds, so that every number at a knot is one that trained. Choices do not move: from each knot to the next
/// holds the one of most steps among its stage and those before the next knot's, the earliest on a tie.
///
/// @param schedule of at most as many points as were asked for
/// @param error the root mean square over steps and numbers by which it is off, as a share of the prior
public record Knots(Schedule schedule, double error) {

    /// How many are few.
    public static final int DEFAULT = 5;

    /// A beginning and an end.
    public static final int FEWEST = 2;

    /// @param found what is smoothed, its values inside the space
    /// @param most knots, at least [#FEWEST]
    public static Knots of(Schedule found, Space space, int most) {
        if (most < FEWEST) {
            throw new IllegalArgumentException(most + " knots");
        }
        return new Fit(found, space).knots(most);
    }

    /// One schedule, seen stage by stage.
    private static final class Fit {
        private final Schedule found;
        private final Space space;
        private final int stages;
        private final double[] steps;

        private Fit(Schedule found, Space space) {
            this.found = found;
            this.space = space;
            this.stages = found.points().size();
            this.steps =
                    IntStream.range(0, stages).mapToDouble(i -> to(i) - from(i)).toArray();
        }

        private long from(int stage) {
            return found.points().get(stage).step();
        }

        private long to(int stage) {
            return stage + 1 < stages ? from(stage + 1) : found.end();
        }

        private long place(int stage) {
            return stage == 0 ? 0 : stage == stages - 1 ? found.end() : from(stage) + (to(stage) - from(stage)) / 2;
        }

        private Knots knots(int most) {
            var axis = IntStream.range(0, stages).mapToDouble(this::place).toArray();
            var curves = space.parameters().stream()
                    .filter(p -> !(p.domain() instanceof Domain.Choice))
                    .flatMap(p -> curves(p).stream())
                    .toList();
            var line = Polyline.nearest(axis, curves, most);
            var points = new ArrayList<Schedule.Point>();
            for (int i = 0; i < line.corners().size(); i++) {
                int stage = line.corners().get(i);
                int next = i + 1 < line.corners().size() ? line.corners().get(i + 1) : stages;
                points.add(new Schedule.Point(place(stage), values(stage, next)));
            }
            double weight = curves.size() * (double) found.end();
            return new Knots(
                    new Schedule(points, found.end(), true),
                    weight == 0 ? 0 : StrictMath.sqrt(line.squares() / weight));
        }

        /// A curve for each element of a parameter that was active once. Where it was not, it weighs nothing.
        private List<Polyline.Curve> curves(Parameter parameter) {
            if (IntStream.range(0, stages).allMatch(i -> given(i, parameter).isEmpty())) {
                return List.of();
            }
            var weights = steps.clone();
            IntStream.range(0, stages)
                    .filter(i -> given(i, parameter).isEmpty())
                    .forEach(i -> weights[i] = 0);
            return IntStream.range(0, Math.max(1, parameter.size()))
                    .mapToObj(element -> new Polyline.Curve(
                            IntStream.range(0, stages)
                                    .mapToDouble(i -> parameter
                                            .domain()
                                            .quantile(element(
                                                    nearest(i, parameter).orElseThrow(), element)))
                                    .toArray(),
                            weights))
                    .toList();
        }

        private static Value element(Value value, int element) {
            return value instanceof Value.Vector vector ? vector.elements().get(element) : value;
        }

        private Optional<Value> given(int stage, Parameter parameter) {
            return found.points().get(stage).values().find(parameter.name());
        }

        /// The value at a stage, else at the nearest stage that has one, the earlier of two.
        private Optional<Value> nearest(int stage, Parameter parameter) {
            for (int off = 0; off < stages; off++) {
                for (int at : List.of(stage - off, stage + off)) {
                    var value = at >= 0 && at < stages ? given(at, parameter) : Optional.<Value>empty();
                    if (value.isPresent()) {
                        return value;
                    }
                }
            }
            return Optional.empty();
        }

        /// The values from the knot at one stage to the knot at the next.
        private Hyperparameters values(int stage, int next) {
            var values = new TreeMap<String, Value>();
            for (var parameter : space.parameters()) {
                var value = parameter.domain() instanceof Domain.Choice
                        ? longest(stage, next, parameter).or(() -> nearest(stage, parameter))
                        : nearest(stage, parameter);
                value.ifPresent(v -> values.put(parameter.name(), v));
            }
            // together they may be what no stage was: what they close is dropped, what nobody ever had is drawn
            return space.completed(values, Randomness.keyed(0, 0, stage));
        }

        private Optional<Value> longest(int stage, int next, Parameter parameter) {
            var held = new LinkedHashMap<Value, Double>();
            for (int i = stage; i < next; i++) {
                double length = steps[i];
                given(i, parameter).ifPresent(v -> held.merge(v, length, Double::sum));
            }
            return held.entrySet().stream()
                    .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
                    .map(java.util.Map.Entry::getKey);
        }
    }
}
