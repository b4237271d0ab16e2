package dev.clade.study.compare;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Decision;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Place;
import dev.clade.settings.Setting;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.tune.Tuner;
import dev.clade.tuners.RandomSearch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An experiment for tests, and who is installed there: pbt, random, and `serial`, which can do nothing
/// but be asked.
final class Settings {

    private Settings() {}

    static Setting word(String word) {
        return Setting.word(word);
    }

    /// A drifting optimum: a population of 4, 100 steps each, decisions every 10, one control.
    static Setting.Mapping file() {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("name", word("study"));
        entries.put("metric", word("score"));
        entries.put("population", word("4"));
        entries.put("control", word("1"));
        entries.put("budget", Setting.map("steps", word("100")));
        entries.put("ready", Setting.map("every", word("10")));
        entries.put("exploit", Setting.map("truncation", word("0.25")));
        entries.put("synchronous", word("true"));
        entries.put("final", Setting.map(Map.of("candidates", word("2"), "repeats", word("3"))));
        entries.put(
                "parameters",
                Setting.map("h", Setting.map("loguniform", Setting.list(java.util.List.of(word("0.1"), word("2"))))));
        entries.put(
                "trainer", Setting.map(Map.of("toy", word("drift"), "horizon", word("100"), "noise", word("0.01"))));
        entries.put("seed", word("5"));
        return new Setting.Mapping(entries, Place.PROGRAM);
    }

    static final Installed INSTALLED = new Installed() {
        @Override
        public boolean has(String word) {
            return Set.of("pbt", "random", "serial").contains(word);
        }

        @Override
        public Set<String> parts(String word) {
            return word.equals("pbt") ? new PbtReader().parts() : Set.of("ready");
        }

        @Override
        public Tuner tuner(Specification specification) {
            var tuner = specification.settings().entries().get("tuner");
            return switch (String.valueOf(tuner)) {
                case "random" -> new RandomSearch().read(specification);
                case "serial" -> new Serial();
                default -> new PbtReader().read(specification);
            };
        }
    };

    static Recipe recipe() {
        return new Recipe(file(), INSTALLED);
    }

    /// A tuner whose decisions must see one another.
    record Serial() implements Tuner {
        @Override
        public String word() {
            return "serial";
        }

        @Override
        public int revision() {
            return 1;
        }

        @Override
        public Decision decide(Population seen, MemberId who, Randomness random) {
            throw new IllegalStateException("nobody asks it");
        }

        @Override
        public boolean serial() {
            return true;
        }
    }

    /// Runs settings in virtual time, in two slots.
    static VirtualEngine.Result run(Setting.Mapping settings) {
        var specification = Specification.read(settings);
        var trainer = java.util.Objects.requireNonNull(settings.entries().get("trainer"))
                .asMapping();
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("study", settings, new TreeMap<>()),
                            INSTALLED.tuner(specification),
                            new Toys().read(trainer, Path.of("")),
                            checkpoints,
                            2,
                            Costs.STEPS)
                    .run();
        }
    }
}
