package dev.clade.app.report;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Logs of small experiments, run in virtual time.
final class Runs {

    /// Every kind of domain, vectors, a condition, controls, a report metric, failures.
    static final String MIXED = """
            name: mixed
            metric: loss
            mode: min
            report: {metric: test_loss, mode: min}
            unit: epoch
            population: 8
            control: 2
            budget: {steps: 60}
            ready: {every: 5}
            exploit: {truncation: 0.25}
            explore: {perturb: [0.8, 1.25]}
            final: {candidates: 3, repeats: 4}
            seed: 11
            parameters:
              rate: {loguniform: [1e-5, 1e-1]}
              momentum: {loguniform: [0.5, 0.999], of: 1-x}
              dropout: {uniform: [0, 0.5], size: 3}
              width: {logint: [8, 512]}
              layers: {int: [1, 6]}
              optimizer: {choice: [adam, "</script>"]}
              nesterov: {choice: [true, false], when: {optimizer: adam}}
            trainer: {test: bowl}
            """;

    private static final Costs COSTS =
            new Costs(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(300));

    private Runs() {}

    /// The log of an experiment with its own trainer.
    static List<Entry> log(String yaml) {
        var settings = ExperimentFile.parse(yaml, "test.yaml");
        return log(settings, Wiring.trainer(Specification.read(settings), Path.of(".")));
    }

    /// The log of an experiment on a bowl whose trainer fails now and then.
    static List<Entry> bowl(String yaml) {
        return log(ExperimentFile.parse(yaml, "test.yaml"), place -> new Bowl());
    }

    private static List<Entry> log(Setting.Mapping settings, Trainer.Factory trainers) {
        var specification = Specification.read(settings);
        var provenance = new TreeMap<>(Map.of("clade", "test", "java", "25", "host", "ann", "folder", "/home/ann"));
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("id-of-" + specification.name(), settings, provenance),
                            Wiring.tuner(specification),
                            trainers,
                            checkpoints,
                            3,
                            COSTS)
                    .run()
                    .entries();
        }
    }

    /// A loss that falls, faster at a good rate. A rate near its upper end diverges; one in a hundred steps throws.
    private static final class Bowl implements Trainer {
        private double loss = 1;
        private double rate;
        private long steps;

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            switch (start.origin()) {
                case Origin.Fresh fresh -> loss = 1;
                case Origin.Resume(var folder) -> load(folder);
                case Origin.Copy(var folder) -> load(folder);
                case Origin.Keep keep -> {}
                case Origin.Blend blend -> throw new IllegalArgumentException("a bowl does not blend");
                case Origin.Lane lane -> throw new IllegalArgumentException("a bowl has no lanes");
            }
            rate = start.values().real("rate");
            return start.values();
        }

        private void load(Path folder) throws IOException {
            loss = Double.parseDouble(Files.readString(folder.resolve("loss")));
        }

        @Override
        public void train(Stretch stretch) {
            while (stretch.advance(1)) {
                steps++;
                if (steps % 101 == 0) {
                    throw new IllegalStateException("a <b>bolt</b> fell out");
                }
                loss = rate > 0.05 ? Double.NaN : loss * (1 - rate);
            }
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("loss", List.of(loss, loss * 1.01, loss * 0.98))
                    .and("test_loss", loss * 1.1);
        }

        @Override
        public void save(Path folder) throws IOException {
            Files.writeString(folder.resolve("loss"), Double.toString(loss));
        }
    }

    /// What a value must look like in JSON.
    static Object json(Value value) {
        return switch (value) {
            case Value.Real real -> real.value();
            case Value.Whole whole -> (double) whole.value();
            case Value.Flag flag -> flag.value();
            case Value.Text text -> text.value();
            case Value.Vector vector ->
                vector.elements().stream().map(Runs::json).toList();
        };
    }
}
