package dev.clade.app.cli;

import dev.clade.population.Lineage;
import dev.clade.space.Domain;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A schedule as a Python module: for each hyperparameter something to call with a step of the weights, which gives
/// its value.
final class ScheduleCode {

    /// Words that cannot name a function in these modules.
    private static final Set<String> TAKEN = Set.of(
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
            "PyTorch",
            "Piecewise",
            "bisect_right",
            "hyperparameters",
            "jnp",
            "keras",
            "max",
            "set_hyperparameters");

    /// What a module is written for.
    enum Target {
        PYTORCH("""
            from bisect import bisect_right

            """, """


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

            import jax.numpy as jnp

            """, ""),
        KERAS("""
            # For Keras: keras.optimizers.Adam(learning_rate).
            from bisect import bisect_right

            import keras

            """, "");

        private final String head;
        private final String tail;

        Target(String head, String tail) {
            this.head = head;
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

    private final Target target;
    private final Space space;
    private final List<Lineage.Stage> stages;
    private final Map<String, String> functions;

    private ScheduleCode(Target target, Lineage lineage, Space space) {
        this.target = target;
        this.space = space;
        this.stages = merged(lineage.schedule());
        this.functions = functions(space);
    }

    /// @param title what stands above, one line or several, without their comment signs
    static String of(Target target, List<String> title, Lineage lineage, Space space) {
        return new ScheduleCode(target, lineage, space).text(title);
    }

    /// Stages that differ from the one before.
    private static List<Lineage.Stage> merged(List<Lineage.Stage> all) {
        var merged = new ArrayList<Lineage.Stage>();
        for (var stage : all) {
            if (merged.isEmpty() || !merged.getLast().values().equals(stage.values())) {
                merged.add(stage);
            }
        }
        return List.copyOf(merged);
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
        text.append(target.head);
        text.append("STEPS = ")
                .append(stages.stream().map(Lineage.Stage::from).toList())
                .append('\n');
        text.append("VALUES = {\n");
        for (var parameter : space.parameters()) {
            text.append("    ")
                    .append(quoted(parameter.name()))
                    .append(": ")
                    .append(stages.stream()
                            .map(s -> python(parameter, s.values()))
                            .collect(Collectors.joining(", ", "[", "],\n")));
        }
        text.append("}\n");
        text.append(PLAIN_VALUE);
        if (space.parameters().stream().anyMatch(this::scheduled)) {
            text.append(
                    switch (target) {
                        case PYTORCH -> "";
                        case OPTAX -> OPTAX_VALUE;
                        case KERAS -> KERAS_VALUE;
                    });
        }
        space.parameters().forEach(p -> text.append("\n\n").append(function(p)));
        text.append("\n\ndef hyperparameters(step):\n    return {\n");
        functions.forEach((name, function) ->
                text.append("        %s: _value(%s, step),%n".formatted(quoted(name), quoted(name))));
        text.append("    }\n");
        return text.append(target.tail).toString();
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
        return target == Target.KERAS
                ? "%s = Piecewise(STEPS, VALUES[%s])%n".formatted(name, quoted)
                : "def %s(step):%n    return _scheduled(%s, step)%n".formatted(name, quoted);
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
