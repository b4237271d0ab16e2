package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clade.app.cli.ScheduleCode.Target;
import dev.clade.app.file.ExperimentFile;
import dev.clade.population.CheckpointId;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Lineage;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.population.Timings;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.study.replay.Schedule;
import dev.clade.trainer.Evaluation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCodeTest {

    @TempDir
    private static Path folder = Path.of("");

    private static final Space SPACE = SpaceReader.read(ExperimentFile.parse("""
            learning_rate: {loguniform: [1e-5, 1]}
            batch.size: {int: [1, 99]}
            lambda: {choice: ["a\\"b", c], change: rebuild}
            decay: {uniform: [0, 1], when: {lambda: c}}
            dropout: {uniform: [0, 1], size: 2}
            nesterov: {choice: [true, false]}
            """, "space"));

    private static final List<String> TITLE = List.of("A title.");

    private static Lineage lineage() {
        return new Lineage(List.of(
                segment(1, 0, 10, values(0.01, 16, "a\"b", Optional.empty(), 0.5, true)),
                segment(2, 10, 20, values(0.01, 16, "a\"b", Optional.empty(), 0.5, true)),
                segment(3, 20, 40, values(1e-5, 17, "c", Optional.of(0.25), 0.125, false))));
    }

    private static Hyperparameters values(
            double rate, long batch, String kind, Optional<Double> decay, double dropout, boolean nesterov) {
        var values = new TreeMap<String, Value>(Map.of(
                "learning_rate", new Value.Real(rate),
                "batch.size", new Value.Whole(batch),
                "lambda", new Value.Text(kind),
                "dropout", new Value.Vector(List.of(new Value.Real(dropout), new Value.Real(0))),
                "nesterov", new Value.Flag(nesterov)));
        decay.ifPresent(d -> values.put("decay", new Value.Real(d)));
        return new Hyperparameters(values);
    }

    private static Segment segment(int index, long from, long to, Hyperparameters values) {
        var member = new MemberId(0);
        var pair = new Pair(
                member,
                index,
                to,
                to,
                Evaluation.of("score", 1),
                new CheckpointId("ab".repeat(32)),
                values,
                List.of(),
                new Pair.Root(member, index));
        return new Segment(
                member,
                index,
                new Source.Fresh(),
                from,
                from,
                values,
                new Plan(new Until.Steps(to), 1, true, 0),
                Optional.empty(),
                new Outcome.Finished(pair, List.of(), Timings.NONE));
    }

    @Test
    void pytorchGetsFunctionsAndAWayToPutThemInForce() {
        assertEquals("""
                # A title.
                from bisect import bisect_right

                STEPS = [0, 20]
                VALUES = {
                    "learning_rate": [0.01, 1.0E-5],
                    "batch.size": [16, 17],
                    "lambda": ["a\\"b", "c"],
                    "decay": [None, 0.25],
                    "dropout": [[0.5, 0.0], [0.125, 0.0]],
                    "nesterov": [True, False],
                }


                def _value(name, step):
                    return VALUES[name][max(bisect_right(STEPS, step) - 1, 0)]


                def learning_rate(step):
                    return _value("learning_rate", step)


                def batch_size(step):
                    return _value("batch.size", step)


                def lambda_(step):
                    return _value("lambda", step)


                def decay(step):
                    return _value("decay", step)


                def dropout(step):
                    return _value("dropout", step)


                def nesterov(step):
                    return _value("nesterov", step)


                def hyperparameters(step):
                    return {
                        "learning_rate": _value("learning_rate", step),
                        "batch.size": _value("batch.size", step),
                        "lambda": _value("lambda", step),
                        "decay": _value("decay", step),
                        "dropout": _value("dropout", step),
                        "nesterov": _value("nesterov", step),
                    }


                def set_hyperparameters(optimizer, step):
                    \"""Puts those in force at a step that the optimizer's groups know; learning_rate is their lr.\"""
                    for group in optimizer.param_groups:
                        for name, value in hyperparameters(step).items():
                            name = "lr" if name == "learning_rate" else name
                            if name in group:
                                group[name] = value
                """, ScheduleCode.of(Target.PYTORCH, TITLE, Schedule.found(lineage()), SPACE));
    }

    @Test
    void optaxGetsSchedulesThatCanBeTraced() {
        var code = ScheduleCode.of(Target.OPTAX, TITLE, Schedule.found(lineage()), SPACE);
        assertEquals("""
                # A title.
                # For optax: optax.adam(learning_rate), or optax.inject_hyperparams(optax.sgd)(learning_rate, momentum).
                from bisect import bisect_right

                import jax.numpy as jnp

                STEPS = [0, 20]
                VALUES = {
                    "learning_rate": [0.01, 1.0E-5],
                    "batch.size": [16, 17],
                    "lambda": ["a\\"b", "c"],
                    "decay": [float("nan"), 0.25],
                    "dropout": [[0.5, 0.0], [0.125, 0.0]],
                    "nesterov": [True, False],
                }


                def _value(name, step):
                    return VALUES[name][max(bisect_right(STEPS, step) - 1, 0)]


                def _scheduled(name, step):
                    index = jnp.searchsorted(jnp.asarray(STEPS), step, side="right") - 1
                    return jnp.asarray(VALUES[name])[jnp.maximum(index, 0)]


                def learning_rate(step):
                    return _scheduled("learning_rate", step)


                def batch_size(step):
                    return _scheduled("batch.size", step)


                def lambda_(step):
                    return _value("lambda", step)


                def decay(step):
                    return _scheduled("decay", step)
                """, code.substring(0, code.indexOf("\n\ndef dropout")));
    }

    @Test
    void kerasGetsALearningRateScheduleForEachNumber() {
        var code = ScheduleCode.of(Target.KERAS, TITLE, Schedule.found(lineage()), SPACE);
        assertEquals("""
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


                learning_rate = Piecewise(STEPS, VALUES["learning_rate"])


                batch_size = Piecewise(STEPS, VALUES["batch.size"])


                def lambda_(step):
                    return _value("lambda", step)


                decay = Piecewise(STEPS, VALUES["decay"])


                def dropout(step):
                    return _value("dropout", step)
                """, code.substring(code.indexOf("@keras"), code.indexOf("\n\ndef nesterov")));
    }

    // ---- smoothed

    private static Schedule line() {
        return new Schedule(
                List.of(
                        new Schedule.Point(0, values(0.1, 16, "c", Optional.of(0.0), 0.5, true)),
                        new Schedule.Point(20, values(0.001, 17, "a\"b", Optional.empty(), 0.25, false)),
                        new Schedule.Point(40, values(0.001, 19, "c", Optional.of(1.0), 0.25, false))),
                40,
                true);
    }

    @Test
    void aSmoothedScheduleSaysOnWhichScalesItMoves() {
        var code = ScheduleCode.of(Target.PYTORCH, TITLE, line(), SPACE);
        assertEquals("""
                SCALES = {
                    "learning_rate": "log",
                    "batch.size": "linear",
                    "decay": "linear",
                    "dropout": "linear",
                }
                WHOLE = ["batch.size"]
                """, code.substring(code.indexOf("SCALES = "), code.indexOf("\n\ndef _between")));
        var keras = ScheduleCode.of(Target.KERAS, TITLE, line(), SPACE);
        assertEquals("""
                batch_size = PiecewiseLinear(STEPS, VALUES["batch.size"], SCALES["batch.size"], whole=True)
                """, keras.substring(keras.indexOf("batch_size = "), keras.indexOf("\n\ndef lambda_")));
    }

    // ---- run: the plain part, which all modules share, by any Python there is

    private static final String OPTIMIZER = """
            class Optimizer:
                param_groups = [{"lr": 1, "nesterov": None}, {"lr": 1, "momentum": 0.9}]


            for step in STEPS_ASKED:
                set_hyperparameters(Optimizer, step)
                assert Optimizer.param_groups[0]["lr"] == Optimizer.param_groups[1]["lr"] == learning_rate(step)
                assert Optimizer.param_groups[0]["nesterov"] == nesterov(step)
                assert Optimizer.param_groups[1] == {"lr": learning_rate(step), "momentum": 0.9}
                values = hyperparameters(step)
                assert values["batch.size"] == batch_size(step) and values["lambda"] == lambda_(step)
                print(step, *(f"{v:.6g}" if type(v) is float else v for v in values.values()))
            """;

    private static List<String> run(Schedule schedule, String steps) throws IOException, InterruptedException {
        var module = ScheduleCode.of(Target.PYTORCH, TITLE, schedule, SPACE);
        var file = Files.writeString(
                folder.resolve("schedule_pytorch.py"), module + "\n\n" + OPTIMIZER.replace("STEPS_ASKED", steps));
        var process = new ProcessBuilder("python3", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    private static void needPython() {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "python3"))),
                "no python3 on the PATH: whether the exported modules run was not checked");
    }

    @Test
    void aModuleHoldsEachValueToTheNextStep() throws IOException, InterruptedException {
        needPython();
        assertEquals(
                List.of(
                        "0 0.01 16 a\"b None [0.5, 0.0] True",
                        "19 0.01 16 a\"b None [0.5, 0.0] True",
                        "20 1e-05 17 c 0.25 [0.125, 0.0] False",
                        "99 1e-05 17 c 0.25 [0.125, 0.0] False"),
                run(Schedule.found(lineage()), "(0, 19, 20, 99)"));
    }

    /// On the log scale half of the way from 0.1 to 0.001 is 0.01; what is not active at both ends holds.
    @Test
    void aSmoothedModuleMovesNumbersInStraightLinesOnTheirScales() throws IOException, InterruptedException {
        needPython();
        assertEquals(
                List.of(
                        "0 0.1 16 c 0 [0.5, 0.0] True",
                        "5 0.0316228 16 c 0 [0.4375, 0.0] True",
                        "10 0.01 17 c 0 [0.375, 0.0] True",
                        "20 0.001 17 a\"b None [0.25, 0.0] False",
                        "30 0.001 18 a\"b None [0.25, 0.0] False",
                        "40 0.001 19 c 1 [0.25, 0.0] False",
                        "99 0.001 19 c 1 [0.25, 0.0] False"),
                run(line(), "(0, 5, 10, 20, 30, 40, 99)"));
    }

    @Test
    void csvQuotesWhatHasCommasOrQuotes() {
        assertEquals("""
                from,to,member,learning_rate,batch.size,lambda,decay,dropout,nesterov
                0,10,0,0.01,16,"a""b",,"[0.5, 0.0]",true
                10,20,0,0.01,16,"a""b",,"[0.5, 0.0]",true
                20,40,0,1.0E-5,17,c,0.25,"[0.125, 0.0]",false
                """, ScheduleText.csv(lineage(), SPACE));
    }
}
