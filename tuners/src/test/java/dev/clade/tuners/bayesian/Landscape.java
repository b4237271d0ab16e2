package dev.clade.tuners.bayesian;

import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// An experiment whose loss is a function of the hyperparameters alone, in virtual time.
record Landscape(Map<String, Setting> settings, ToDoubleFunction<Hyperparameters> loss) {

    /// Twelve configurations of four steps in two segments, x and y in [0, 1].
    static Landscape of(ToDoubleFunction<Hyperparameters> loss) {
        var settings = new LinkedHashMap<String, Setting>();
        settings.put("name", Setting.word("landscape"));
        settings.put("metric", Setting.word("loss"));
        settings.put("mode", Setting.word("min"));
        settings.put("population", Setting.number(12));
        settings.put("budget", Setting.map("steps", Setting.number(4)));
        settings.put("ready", Setting.map("every", Setting.number(2)));
        settings.put("final", Setting.map("repeats", Setting.number(1)));
        settings.put("trainer", Setting.map("toy", Setting.word("none")));
        settings.put("parameters", Setting.map(Map.of("x", range(0, 1), "y", range(0, 1))));
        return new Landscape(settings, loss);
    }

    static Setting range(double low, double high) {
        return Setting.map("uniform", Setting.list(List.of(Setting.number(low), Setting.number(high))));
    }

    Landscape with(String name, Setting setting) {
        var more = new LinkedHashMap<>(settings);
        more.put(name, setting);
        return new Landscape(more, loss);
    }

    Landscape bo(Map<String, Setting> own) {
        return with("tuner", Setting.map("bo", Setting.map(own)));
    }

    Specification specification() {
        return Specification.read(Setting.map(settings));
    }

    VirtualEngine.Result run(int slots) {
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("landscape", Setting.map(settings), new TreeMap<>()),
                            new Bayesian().read(specification()),
                            place -> new Plain(loss),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
        }
    }

    private static final class Plain implements Trainer {
        private final ToDoubleFunction<Hyperparameters> loss;
        private Hyperparameters values = Hyperparameters.NONE;

        Plain(ToDoubleFunction<Hyperparameters> loss) {
            this.loss = loss;
        }

        @Override
        public Hyperparameters begin(Start start) {
            values = start.values();
            return values;
        }

        @Override
        public void train(Stretch stretch) {
            while (stretch.advance(1)) {
                loss.applyAsDouble(values);
            }
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("loss", loss.applyAsDouble(values));
        }

        @Override
        public void save(Path folder) throws IOException {
            Files.writeString(folder.resolve("state"), values.toString());
        }
    }
}
