package dev.clade.tuners;

import dev.clade.fault.Fault;
import dev.clade.pbt.Ready;
import dev.clade.population.Specification;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Trains every member from new weights under one given schedule, each with a seed of its own: the question
/// whether a schedule that was found is worth as much without the population that found it.
///
/// `tuner: {schedule: {at: [{step: 0, values: {lr: 0.1}}, {step: 500, values: {lr: 0.01}}], interpolate:
/// linear}}`. With `interpolate: none`, the default, values hold until the next are given. With `linear`
/// numbers go from one to the next on their own scale (their logarithms on a log scale), and each segment
/// trains under the values in the middle of its stretch. Segments end at the schedule's steps and where
/// `ready` says so. Controls begin and go on as in random search.
public final class ScheduleReplay implements Tuners {

    @Override
    public String word() {
        return "schedule";
    }

    @Override
    public Tuner read(Specification specification) {
        var fields = settings(specification);
        var at = fields.need("at");
        boolean linear = fields.find("interpolate").map(ScheduleReplay::linear).orElse(false);
        fields.end();
        GridSearch.refuseStarts(specification, word());
        var search = RandomSearch.of(specification);
        if (search.ready() instanceof Ready.Seconds) {
            throw new Fault(
                    1353,
                    Configurations.place(specification, "ready") + "a schedule is of steps.",
                    "a 'ready' by the clock.",
                    "'ready: {every: N}', in steps.",
                    "count steps.");
        }
        return new ScheduleTuner(search, new Schedule(points(at, specification.space()), linear));
    }

    private static boolean linear(Setting setting) {
        return switch (setting.asText()) {
            case "linear" -> true;
            case "none" -> false;
            default -> throw setting.wrong(setting.asText(), "none or linear");
        };
    }

    private static List<Schedule.Point> points(Setting at, Space space) {
        var points = new ArrayList<Schedule.Point>();
        for (var setting : at.asList()) {
            var fields = Fields.of(setting, "the schedule");
            var step = fields.need("step");
            var point = new Schedule.Point(step.asWhole(), values(fields.need("values"), step, space));
            fields.end();
            follows(points, point, step);
            unchanged(points, point, step, space);
            points.add(point);
        }
        if (points.isEmpty()) {
            throw at.wrong("nothing", "one or more of {step: 0, values: {...}}");
        }
        return points;
    }

    private static Hyperparameters values(Setting setting, Setting step, Space space) {
        var given = new TreeMap<String, Value>();
        setting.asMapping().entries().forEach((name, value) -> given.put(name, SpaceReader.given(space, name, value)));
        var values = new Hyperparameters(given);
        var flaws = space.flaws(values);
        if (!flaws.isEmpty()) {
            throw new Fault(
                    1350,
                    setting.place() + " the schedule's values at step " + step + " are not a point of the space.",
                    String.join("; ", flaws) + ".",
                    "a value for each active parameter, and no other.",
                    "correct the values there.");
        }
        return values;
    }

    private static void follows(List<Schedule.Point> before, Schedule.Point point, Setting step) {
        long least = before.isEmpty() ? 0 : before.getLast().step() + 1;
        if (point.step() < least || (before.isEmpty() && point.step() > 0)) {
            throw new Fault(
                    1351,
                    step.place() + " the steps of a schedule begin at 0 and grow.",
                    "step " + step
                            + (before.isEmpty()
                                    ? " as the first."
                                    : " after " + before.getLast().step() + "."),
                    before.isEmpty() ? "step 0." : "a step of at least " + least + ".",
                    "put the schedule in order.");
        }
    }

    private static void unchanged(List<Schedule.Point> before, Schedule.Point point, Setting step, Space space) {
        for (var parameter : space.parameters()) {
            if (parameter.change() == Change.NEVER && !before.isEmpty()) {
                var first = before.getFirst().values().find(parameter.name());
                var here = point.values().find(parameter.name());
                if (!first.equals(here)) {
                    throw changed(
                            parameter, step, String.valueOf(here.orElse(null)), String.valueOf(first.orElse(null)));
                }
            }
        }
    }

    private static Fault changed(Parameter parameter, Setting step, String here, String first) {
        return new Fault(
                1352,
                step.place() + " the schedule changes '" + parameter.name() + "' at step " + step + ".",
                here + ", after " + first + ".",
                "one value throughout: it says 'change: never'.",
                "correct it there, or train one schedule for each value.");
    }
}
