package dev.clade.run;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.tune.Tuner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Settings of small experiments, for tests.
public record Experiment(Setting.Mapping settings) {

    /// One hyperparameter `x`, ranked by `q`, ready every 10 of 40 steps; finals of one evaluation.
    public static Experiment of(int population) {
        var x = Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))));
        return new Experiment(Setting.map("name", Setting.text("test"))
                        .with("metric", Setting.word("q"))
                        .with("budget", Setting.map("steps", Setting.number(40)))
                        .with("ready", Setting.map("every", Setting.number(10)))
                        .with("exploit", Setting.map("truncation", Setting.number(0.34)))
                        .with(
                                "explore",
                                Setting.map(
                                        "perturb", Setting.list(List.of(Setting.number(0.8), Setting.number(1.25)))))
                        .with(
                                "final",
                                Setting.map(Map.of("repeats", Setting.number(1), "candidates", Setting.number(2))))
                        .with("parameters", Setting.map("x", x))
                        .with("trainer", Setting.map("toy", Setting.word("none"))))
                .with("population", Setting.number(population));
    }

    public Experiment with(String name, Setting value) {
        return new Experiment(settings.with(name, value));
    }

    public Experiment synchronous() {
        return with("synchronous", Setting.word("true"));
    }

    public Event.ExperimentCreated created() {
        return new Event.ExperimentCreated(UUID.randomUUID().toString(), settings, new TreeMap<>());
    }

    public Tuner tuner() {
        return new PbtReader().read(Specification.read(settings));
    }
}
