package dev.clade.bench.speed;

import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.simulate.Landscape;
import dev.clade.study.simulate.Model;
import dev.clade.study.simulate.Simulation;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/// The decisions of each tuner that is installed, timed as they come: a population of 1,000, all of them at work in
/// virtual time, on a landscape of three numbers and a choice, with eight segments each.
final class Made {

    private static final int SIZE = 1_000;
    private static final int SEGMENTS = 8;
    private static final int EVERY = 10;
    private static final int MOST = SIZE * SEGMENTS;
    /// Time for one tuner, the simulation included [s].
    private static final int LONGEST = 60;

    /// With a rung for each step they would start 60,000 configurations.
    private static final Set<String> HALVING = Set.of("asha", "sha", "hyperband");

    private Made() {}

    /// @param asked words of tuners; none stands for all
    static void print(List<String> asked, PrintStream out) {
        for (var provider : ServiceLoader.load(Tuners.class)) {
            if (!asked.isEmpty() && !asked.contains(provider.word())) {
                continue;
            }
            try {
                out.printf("a decision of %s in a population of %,d: %s%n", provider.word(), SIZE, times(provider));
            } catch (Fault fault) {
                out.println(provider.word() + " is not measured: " + fault.getMessage());
            }
        }
    }

    private static Times times(Tuners provider) {
        var settings = settings(provider);
        var specification = Specification.read(settings);
        var model = new Model(Landscape.DEFAULT.trainers(specification, SEGMENTS * EVERY), Costs.STEPS, "a landscape");
        var times = new Timed.Laps(MOST, LONGEST);
        Function<Specification, Tuner> timed = s -> new Timed(Wiring.tuner(s), times);
        try {
            new Simulation(settings, timed, model, SIZE, Conditions.IDEAL).run(1);
        } catch (Timed.Enough enough) {
            // As intended: the rest of the experiment is of no use.
        }
        return times.times();
    }

    private static Setting.Mapping settings(Tuners provider) {
        var loguniform = Setting.list(List.of(Setting.number(1e-5), Setting.number(1e-1)));
        var uniform = Setting.list(List.of(Setting.number(0), Setting.number(1)));
        var kinds = Setting.list(List.of(Setting.word("a"), Setting.word("b"), Setting.word("c")));
        var space = Setting.map("learning_rate", Setting.map("loguniform", loguniform))
                .with("decay", Setting.map("loguniform", loguniform))
                .with("dropout", Setting.map("uniform", uniform))
                .with("kind", Setting.map("choice", kinds));
        var settings = Setting.map("name", Setting.text("made"))
                .with("tuner", tuner(provider.word()))
                .with("metric", Setting.word("score"))
                .with("population", Setting.number(SIZE))
                .with("budget", Setting.map("steps", Setting.number(SEGMENTS * EVERY)))
                .with("final", Setting.map(Map.of("repeats", Setting.number(1), "candidates", Setting.number(1))))
                .with("parameters", space)
                .with("trainer", Setting.map("toy", Setting.word("sleeper")));
        return provider.parts().contains("ready")
                ? settings.with("ready", Setting.map("every", Setting.number(EVERY)))
                : settings;
    }

    private static Setting tuner(String word) {
        if (HALVING.contains(word)) {
            return Setting.map(word, Setting.map("rungs", Setting.number(3)));
        }
        if (!word.equals("schedule")) {
            return Setting.word(word);
        }
        var values = Setting.map("learning_rate", Setting.number(1e-3))
                .with("decay", Setting.number(1e-3))
                .with("dropout", Setting.number(0.5))
                .with("kind", Setting.word("a"));
        var point = Setting.map("step", Setting.number(0)).with("values", values);
        return Setting.map(word, Setting.map("at", Setting.list(List.of(point))));
    }
}
