package dev.clade.study.simulate;

import dev.clade.settings.Setting;
import java.util.List;
import java.util.Map;

/// Settings of small experiments, for tests.
final class Settings {

    private Settings() {}

    static Setting numbers(double... numbers) {
        return Setting.list(
                java.util.Arrays.stream(numbers).mapToObj(Setting::number).toList());
    }

    /// One hyperparameter `h`, ready 10 times in 100 steps, ranked by `score`.
    static Setting.Mapping small(int population) {
        return Setting.map("name", Setting.text("small"))
                .with("metric", Setting.word("score"))
                .with("population", Setting.number(population))
                .with("budget", Setting.map("steps", Setting.number(100)))
                .with("ready", Setting.map("every", Setting.number(10)))
                .with("final", Setting.map(Map.of("repeats", Setting.number(2), "candidates", Setting.number(2))))
                .with("parameters", Setting.map("h", Setting.map("loguniform", numbers(0.1, 2))))
                .with("trainer", Setting.map("toy", Setting.word("none")));
    }

    static Setting words(String... words) {
        return Setting.list(List.of(words).stream().map(Setting::word).toList());
    }
}
