package dev.clade.app.cli;

import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import dev.clade.study.replay.Schedule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A schedule as a Python module: for each hyperparameter something to call with a step of the weights, which gives
/// its value. Modules need nothing of Clade; [Target#PYTORCH]'s needs no package at all.
final class ScheduleCode {

    /// Words that cannot name a function in these modules.
    private static final Set<String> TAKEN = Set.of(
            "_between",
            "_scheduled",
            "_value",
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield",
            "STEPS",
            "VALUES",
            "Piecewise",
            "PiecewiseLinear",
            "PyTorch",
            "SCALES",
            "WHOLE",
            "bisect_right",
            "hyperparameters",
            "jnp",
            "isinstance",
            "keras",
            "len",
            "list",
            "math",
            "max",
            "min",
            "set_hyperparameters",
            "super",
            "zip");

    /// What a module is written for.
    enum Target {
        PYTORCH("""
            from bisect import bisect_right
            """, "", """


            def set_hyperparameters(optimizer, step):
                \"""Puts those in force at a step that the optimizer's groups know; learning_rate is their lr.\"""
                for group in optimizer.param_groups:
                    for name, value in hyperparameters(step).items():
                        name = "lr" if name == "learning_rate" else name
                        if name in group:
                            group[name] = value
            """),
        OPTAX("""
            # For optax: optax.adam(learning_rate), or optax.inject_hyperparams(optax.sgd)(learning_rate, momentum).
            from bisect import bisect_right
            """, """

            import jax.numpy as jnp
            """, ""),
        KERAS("""
            # For Keras: keras.optimizers.Adam(learning_rate).
            from bisect import bisect_right
            """, """

            import keras
            """, "");

        private final String head;
        private final String imports;
        private final String tail;

        Target(String head, String imports, String tail) {
            this.head = head;
            this.imports = imports;
            this.tail = tail;
        }
    }

    private static final String OPTAX_VALUE = """


            def _scheduled(name, step):
                index = jnp.searchsorted(jnp.asarray(STEPS), step, side="right") - 1
                return jnp.asarray(VALUES[name])[jnp.maximum(index, 0)]
            """;

    private static final String KERAS_VALUE = """


            @keras.saving.register_keras_serializable(package="clade")
            class Piecewise(keras.optimizers.schedules.LearningRateSchedule):
                \"""Holds each value from its step to the next.\"""

                def __init__(self, steps, values):
                    super().__init__()
                    self.steps = list(steps)
                    self.values = list(values)

                def __call__(self, step):
                    steps = keras.ops.convert_to_tensor(self.steps, dtype="int32")
                    values = keras.ops.convert_to_tensor(self.values, dtype="float32")
                    passed = keras.ops.greater_equal(keras.ops.cast(step, "int32"), steps)
                    index = keras.ops.sum(keras.ops.cast(passed, "int32")) - 1
                    return keras.ops.take(values, keras.ops.maximum(index, 0), axis=0)

                def get_config(self):
                    return {"steps": self.steps, "values": self.values}
            """;

    private static final String PLAIN_VALUE = """


            def _value(name, step):
                return VALUES[name][max(bisect_right(STEPS, step) - 1, 0)]
            """;

    // ---- where numbers move between the steps; _between takes plain numbers, arrays and tensors

    private static final String LINEAR_PLAIN_VALUE = """


            def _between(scale, a, b, share):
                if scale == "log":
                    return a * (b / a) ** share
                if scale == "log of 1-x":
                    return 1 - (1 - a) * ((1 - b) / (1 - a)) ** share
                return a + share * (b - a)


            def _value(name, step):
                index = max(bisect_right(STEPS, step) - 1, 0)
                after = min(index + 1, len(STEPS) - 1)
                a, b = VALUES[name][index], VALUES[name][after]
                if name not in SCALES or None in (a, b) or a != a or b != b:
                    return a
                share = min(max((step - STEPS[index]) / max(STEPS[after] - STEPS[index], 1), 0), 1)
                moved = [
                    _between(SCALES[name], x, y, share)
                    for x, y in (zip(a, b) if isinstance(a, list) else [(a, b)])
                ]
                if name in WHOLE:
                    moved = [math.floor(x + 0.5) for x in moved]
                return moved if isinstance(a, list) else moved[0]
            """;

    private static final String LINEAR_OPTAX_VALUE = """


            def _scheduled(name, step):
                steps = jnp.asarray(STEPS)
                values = jnp.asarray(VALUES[name])
                index = jnp.maximum(jnp.searchsorted(steps, step, side="right") - 1, 0)
                after = jnp.minimum(index + 1, len(STEPS) - 1)
                share = jnp.clip((step - steps[index]) / jnp.maximum(steps[after] - steps[index], 1), 0, 1)
                a, b = values[index], values[after]
                moved = _between(SCALES[name], a, jnp.where(jnp.isnan(b), a, b), share)
                return jnp.floor(moved + 0.5) if name in WHOLE else moved
            """;

    private static final String LINEAR_KERAS_VALUE = """


            @keras.saving.register_keras_serializable(package="clade")
            class PiecewiseLinear(keras.optimizers.schedules.LearningRateSchedule):
                \"""Moves from each value to the next, in a straight line on its scale.\"""

                def __init__(self, steps, values, scale="linear", whole=False):
                    super().__init__()
                    self.steps = list(steps)
                    self.values = list(values)
                    self.scale = scale
                    self.whole = whole

                def __call__(self, step):
                    steps = keras.ops.convert_to_tensor(self.steps, dtype="float32")
                    values = keras.ops.convert_to_tensor(self.values, dtype="float32")
                    step = keras.ops.cast(step, "float32")
                    passed = keras.ops.greater_equal(step, steps)
                    index = keras.ops.maximum(keras.ops.sum(keras.ops.cast(passed, "int32")) - 1, 0)
                    after = keras.ops.minimum(index + 1, len(self.steps) - 1)
                    begin, end = keras.ops.take(steps, index), keras.ops.take(steps, after)
                    share = keras.ops.clip((step - begin) / keras.ops.maximum(end - begin, 1.0), 0.0, 1.0)
                    a, b = keras.ops.take(values, index), keras.ops.take(values, after)
                    moved = _between(self.scale, a, keras.ops.where(keras.ops.isnan(b), a, b), share)
                    return keras.ops.floor(moved + 0.5) if self.whole else moved

                def get_config(self):
                    return {"steps": self.steps, "values": self.values, "scale": self.scale, "whole": self.whole}
            """;

    private final Target target;
    private final Space space;
    private final Schedule schedule;
    private final Map<String, String> functions;

    private ScheduleCode(Target target, Schedule schedule, Space space) {
        this.target = target;
        this.space = space;
        this.schedule = schedule.linear() ? schedule : schedule.merged();
        this.functions = functions(space);
    }

    /// @param title what stands above, one line or several, without their comment signs
    static String of(Target target, List<String> title, Schedule schedule, Space space) {
        return new ScheduleCode(target, schedule, space).text(title);
    }

    /// Names of functions by names of parameters.
    private static Map<String, String> functions(Space space) {
        var functions = new LinkedHashMap<String, String>();
        var taken = new HashSet<>(TAKEN);
        for (var parameter : space.parameters()) {
            var name = parameter.name().replaceAll("[.-]", "_");
            while (!taken.add(name)) {
                name += "_";
            }
            functions.put(parameter.name(), name);
        }
        return functions;
    }

    private String text(List<String> title) {
        var text = new StringBuilder();
        title.forEach(line ->
                text.append("# ").append(line.replaceAll("\\p{Cntrl}", " ")).append('\n'));
        text.append(target.head)
                .append(schedule.linear() ? "import math\n" : "")
                .append(target.imports)
                .append('\n');
        text.append("STEPS = ").append(each(p -> Long.toString(p.step()))).append('\n');
        text.append("VALUES = {\n");
        for (var parameter : space.parameters()) {
            text.append("    ")
                    .append(quoted(parameter.name()))
                    .append(": ")
                    .append(each(p -> python(parameter, p.values())))
                    .append(",\n");
        }
        text.append("}\n");
        if (schedule.linear()) {
            text.append(scales());
        }
        text.append(schedule.linear() ? LINEAR_PLAIN_VALUE : PLAIN_VALUE);
        if (space.parameters().stream().anyMatch(this::scheduled)) {
            text.append(
                    switch (target) {
                        case PYTORCH -> "";
                        case OPTAX -> schedule.linear() ? LINEAR_OPTAX_VALUE : OPTAX_VALUE;
                        case KERAS -> schedule.linear() ? LINEAR_KERAS_VALUE : KERAS_VALUE;
                    });
        }
        space.parameters().forEach(p -> text.append("\n\n").append(function(p)));
        text.append("\n\ndef hyperparameters(step):\n    return {\n");
        functions.forEach((name, function) ->
                text.append("        %s: _value(%s, step),%n".formatted(quoted(name), quoted(name))));
        text.append("    }\n");
        return text.append(target.tail).toString();
    }

    private String each(Function<Schedule.Point, String> part) {
        return schedule.points().stream().map(part).collect(Collectors.joining(", ", "[", "]"));
    }

    /// On which scale numbers move in a straight line, and which of them are whole.
    private String scales() {
        var scales = space.parameters().stream()
                .flatMap(p -> ScheduleText.scale(p).stream()
                        .map(scale -> "    %s: %s,%n".formatted(quoted(p.name()), quoted(scale))))
                .collect(Collectors.joining("", "SCALES = {\n", "}\n"));
        var whole = space.parameters().stream()
                .filter(ScheduleCode::whole)
                .map(p -> quoted(p.name()))
                .collect(Collectors.joining(", ", "WHOLE = [", "]\n"));
        return scales + whole;
    }

    private static boolean whole(Parameter parameter) {
        return parameter.domain() instanceof Domain.Whole;
    }

    /// Whether a framework's own schedule can hold it: numbers.
    private boolean scheduled(Parameter parameter) {
        boolean number = !(parameter.domain() instanceof Domain.Choice);
        return switch (target) {
            case PYTORCH -> false;
            case OPTAX -> number;
            case KERAS -> number && parameter.size() == 0;
        };
    }

    private String function(Parameter parameter) {
        var name = functions.get(parameter.name());
        var quoted = quoted(parameter.name());
        if (!scheduled(parameter)) {
            return "def %s(step):%n    return _value(%s, step)%n".formatted(name, quoted);
        }
        if (target != Target.KERAS) {
            return "def %s(step):%n    return _scheduled(%s, step)%n".formatted(name, quoted);
        }
        return schedule.linear()
                ? "%s = PiecewiseLinear(STEPS, VALUES[%s], SCALES[%s]%s)%n"
                        .formatted(name, quoted, quoted, whole(parameter) ? ", whole=True" : "")
                : "%s = Piecewise(STEPS, VALUES[%s])%n".formatted(name, quoted);
    }

    private String python(Parameter parameter, Hyperparameters values) {
        Optional<Value> value = values.find(parameter.name());
        if (value.isEmpty()) {
            return scheduled(parameter) ? "float(\"nan\")" : "None";
        }
        return python(value.get());
    }

    private static String python(Value value) {
        return switch (value) {
            case Value.Flag flag -> flag.value() ? "True" : "False";
            case Value.Text text -> quoted(text.value());
            case Value.Vector vector ->
                vector.elements().stream().map(ScheduleCode::python).collect(Collectors.joining(", ", "[", "]"));
            case Value.Real real -> real.toString();
            case Value.Whole whole -> whole.toString();
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
