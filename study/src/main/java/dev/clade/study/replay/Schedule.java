package dev.clade.study.replay;

import dev.clade.population.Lineage;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Hyperparameters over the steps of a model's weights.
///
/// @param points by growing step, the first at 0
/// @param end the last step, exclusive
/// @param linear whether numbers move in a straight line, on their own scale, from one point to the next;
///     else every value holds until the next point. Choices hold in any case
public record Schedule(List<Point> points, long end, boolean linear) {

    /// The tuner that trains under a schedule that is given.
    public static final String TUNER = "schedule";

    /// Values from a step on.
    public record Point(long step, Hyperparameters values) {}

    public Schedule {
        points = List.copyOf(points);
        if (points.isEmpty() || points.getFirst().step() != 0) {
            throw new IllegalArgumentException("a schedule begins at step 0, not with " + points);
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).step() <= points.get(i - 1).step()) {
                throw new IllegalArgumentException("steps of a schedule grow, unlike " + points);
            }
        }
    }

    /// What the ancestry of a model was trained under: a point for each segment that trained something.
    public static Schedule found(Lineage lineage) {
        return found(lineage.schedule());
    }

    /// What stages trained under: a point for each that has steps; where none has, for the last.
    ///
    /// @param stages at least one, each from where the one before ends
    public static Schedule found(List<Lineage.Stage> stages) {
        var last = stages.getLast();
        var points = stages.stream()
                .filter(s -> s.to() > s.from())
                .map(s -> new Point(s.from(), s.values()))
                .toList();
        return new Schedule(
                points.isEmpty() ? List.of(new Point(last.from(), last.values())) : points, last.to(), false);
    }

    /// The same values throughout.
    private static Schedule constant(Hyperparameters values, long end) {
        return new Schedule(List.of(new Point(0, values)), end, false);
    }

    /// The values that it ends with, throughout.
    public Schedule last() {
        return constant(points.getLast().values(), end);
    }

    /// The values that it begins with, throughout.
    Schedule first() {
        return constant(points.getFirst().values(), end);
    }

    /// The same without points at which nothing changes. A schedule that is not linear means the same.
    public Schedule merged() {
        var merged = new ArrayList<Point>();
        for (var point : points) {
            if (merged.isEmpty() || !merged.getLast().values().equals(point.values())) {
                merged.add(point);
            }
        }
        return new Schedule(merged, end, linear);
    }

    /// Whether another trains the same. In a line between equal points nothing changes.
    boolean equivalent(Schedule other) {
        var merged = merged().points;
        return merged.equals(other.merged().points) && (merged.size() == 1 || linear == other.linear);
    }

    /// The same inside a space: domains may have been changed while the schedule was found.
    Schedule inside(Space space, Randomness random) {
        return new Schedule(
                points.stream()
                        .map(p -> new Point(p.step(), space.completed(p.values().active(), random)))
                        .toList(),
                end,
                linear);
    }

    /// The tuner that trains under it, as an experiment file would write it.
    public Setting.Mapping tuner() {
        var settings = new LinkedHashMap<String, Setting>();
        settings.put("at", Setting.list(points.stream().map(Schedule::written).toList()));
        settings.put("interpolate", Setting.word(linear ? "linear" : "none"));
        return Setting.map(TUNER, Setting.map(settings));
    }

    private static Setting.Mapping written(Point point) {
        var settings = new LinkedHashMap<String, Setting>();
        settings.put("step", Setting.word(Long.toString(point.step())));
        settings.put("values", SpaceReader.written(point.values()));
        return Setting.map(settings);
    }
}
