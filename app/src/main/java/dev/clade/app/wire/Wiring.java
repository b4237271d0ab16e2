package dev.clade.app.wire;

import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.TreeSet;

/// Finds the tuner and the trainer that an experiment names among those installed.
public final class Wiring {

    private static final String DEFAULT_TUNER = "pbt";

    private Wiring() {}

    public static Tuner tuner(Specification specification) {
        var setting = specification.settings().entries().get("tuner");
        var word = setting == null
                ? DEFAULT_TUNER
                : setting instanceof Setting.Mapping map
                        ? map.entries().firstEntry().getKey()
                        : setting.asText();
        var known = new TreeSet<String>();
        for (var tuners : ServiceLoader.load(Tuners.class)) {
            known.add(tuners.word());
            if (tuners.word().equals(word)) {
                return tuners.read(specification);
            }
        }
        throw new Fault(
                1302,
                "no tuner '" + word + "' is installed.",
                word + ".",
                "one of " + String.join(", ", known) + ".",
                "correct 'tuner', or add the artifact that has it to the class path.");
    }

    /// @param folder the experiment file's, for relative paths
    public static Trainer.Factory trainer(Specification specification, Path folder) {
        var setting = specification.settings().entries().get("trainer");
        var mapping = java.util.Objects.requireNonNull(setting).asMapping();
        var known = new TreeSet<String>();
        for (var trainers : ServiceLoader.load(Trainers.class)) {
            trainers.names().forEach(name -> known.add("{" + trainers.word() + ": " + name + "}"));
            if (mapping.entries().containsKey(trainers.word())) {
                return trainers.read(mapping, folder);
            }
        }
        throw new Fault(
                1402,
                mapping.place() + " no such kind of trainer is installed.",
                mapping + ".",
                "one of " + String.join(", ", known) + ".",
                mapping.entries().containsKey("zoo")
                        ? "start Clade once with CLADE_ZOO=1, which adds the zoo (clade-zoo on the class path)."
                        : "correct 'trainer', or add the artifact that has it to the class path.");
    }
}
