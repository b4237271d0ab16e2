package dev.clade.app.wire;

import dev.clade.fault.Fault;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Installed;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import dev.clade.tune.Tuner;
import dev.clade.tune.Tuners;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/// Finds what an experiment names among what is installed: its engine, its tuner, its trainer.
public final class Wiring {

    private static final String PBT = "pbt";
    private static final String LOCAL = "local";

    /// Trainers that are a process of their own; all others train inside Clade's.
    private static final Set<String> PROCESSES = Set.of("command", "session", "attach");

    private Wiring() {}

    /// Whether all that an experiment names is installed, and fits together.
    ///
    /// @param folder the experiment file's, for relative paths
    /// @throws Fault 1xxx at the place of what is wrong
    public static void check(Specification specification, Path folder) {
        engine(specification);
        fits(specification);
        capable(specification, tuner(specification), trainer(specification, folder));
        inProcess(specification);
    }

    /// Whether an experiment's tuner is installed, and what is asked of it fits together.
    public static void fits(Specification specification) {
        var tuner = tuner(specification);
        byTheClock(specification, tuner);
        atBarriers(specification, tuner);
        parts(specification);
    }

    /// The one engine there is: members train in this process.
    private static void engine(Specification specification) {
        setting(specification, "engine").ifPresent(setting -> {
            var word = word(setting, "engine");
            if (!word.equals(LOCAL)) {
                throw new Fault(
                        1501,
                        setting.place() + " no engine '" + word + "' is installed.",
                        word + ".",
                        LOCAL + ".",
                        word.equals("spark")
                                ? "leave 'engine' out: the artifact clade-spark, which would have it, is not there yet."
                                : "leave 'engine' out, or add the artifact that has it to the class path.");
            }
            bare(setting, "engine", word, "leave 'engine' out.");
        });
    }

    /// Who is ready by the clock is not the same however fast members are, as generations in step are;
    /// nor is it known how many steps to set aside for it.
    private static void byTheClock(Specification specification, Tuner tuner) {
        if (!(tuner instanceof PopulationBasedTraining pbt && pbt.ready().byTheClock())) {
            return;
        }
        if (specification.budget().totalSteps().isPresent()) {
            var ready = setting(specification, "ready").orElseThrow();
            throw new Fault(
                    1506,
                    ready.place() + " steps in all cannot be shared among members that are ready by the clock.",
                    "ready: " + ready + ", with a budget of total_steps.",
                    "ready: {every: N}, or a budget of steps or time.",
                    "count steps, or give each member a budget of its own.");
        }
        if (specification.synchrony().isPresent()) {
            var ready = setting(specification, "ready").orElseThrow();
            throw new Fault(
                    1505,
                    ready.place() + " a synchronous population is not ready by the clock.",
                    "ready: " + ready + ", with synchronous: "
                            + setting(specification, "synchronous").orElseThrow() + ".",
                    "ready: {every: N}, or no 'synchronous'.",
                    "count steps, or take 'synchronous' out.");
        }
    }

    /// Decisions that must see one another cannot be made for a whole generation from one basis.
    private static void atBarriers(Specification specification, Tuner tuner) {
        if (specification.synchrony().isPresent() && !tuner.synchronous()) {
            var synchronous = setting(specification, "synchronous").orElseThrow();
            throw new Fault(
                    1507,
                    synchronous.place() + " the tuner '" + tuner.word() + "' does not decide for generations at once.",
                    "synchronous: " + synchronous + ".",
                    "no 'synchronous' for '" + tuner.word() + "', whose decisions must see one another.",
                    "take 'synchronous' out, or choose another tuner.");
        }
    }

    /// A part of PBT that is given and does not count would be believed to count.
    private static void parts(Specification specification) {
        var word = setting(specification, "tuner").map(s -> word(s, "tuner")).orElse(PBT);
        var counts = provider(specification, word).parts();
        for (var part : Tuners.PARTS) {
            var given = setting(specification, part);
            if (given.isPresent() && !counts.contains(part)) {
                throw new Fault(
                        1508,
                        given.get().place() + " '" + part + "' does not count for the tuner '" + word + "'.",
                        part + ": " + given.get() + ".",
                        counts.isEmpty() ? "no part of PBT." : "only " + String.join(", ", new TreeSet<>(counts)) + ".",
                        "take '" + part + "' out, or choose another tuner.");
            }
        }
    }

    /// A tuner that asks for more than trainers must do, of one that does not do it.
    private static void capable(Specification specification, Tuner tuner, Trainer.Factory trainers) {
        for (var need : new TreeSet<>(tuner.needs())) {
            if (!trainers.capabilities().contains(need)) {
                var trainer = setting(specification, "trainer").orElseThrow();
                var word = need.name().toLowerCase(Locale.ROOT);
                throw new Fault(
                        1381,
                        trainer.place() + " the tuner '" + tuner.word() + "' needs a trainer that can '" + word + "'.",
                        "trainer: " + trainer + ", which cannot.",
                        need == Capability.BLEND
                                ? "a trainer that mixes a checkpoint with fresh weights (Origin.Blend)."
                                : "a trainer with the capability " + need + ".",
                        "choose another tuner, or teach the trainer and let it say so.");
            }
        }
    }

    /// What asks for a process of its own, of a trainer that has none.
    private static void inProcess(Specification specification) {
        var trainer = setting(specification, "trainer").orElseThrow();
        if (PROCESSES.stream().anyMatch(trainer.asMapping().entries()::containsKey)) {
            return;
        }
        if (specification.resources().gpus() > 0) {
            var resources = setting(specification, "resources").orElseThrow();
            throw new Fault(
                    1502,
                    resources.place() + " devices are given to processes, and this trainer is none of its own.",
                    "gpus: "
                            + Objects.requireNonNull(
                                    resources.asMapping().entries().get("gpus")) + ", for the trainer " + trainer + ".",
                    "gpus: 0 for what trains inside Clade's process.",
                    "take 'gpus' out; what the trainer computes on is a setting of the trainer.");
        }
        if (!specification.environment().isEmpty()) {
            var environment = setting(specification, "environment").orElseThrow();
            throw new Fault(
                    1503,
                    environment.place() + " variables are set for a trainer's process, and this trainer has none of"
                            + " its own.",
                    String.join(", ", specification.environment().keySet()) + ", for the trainer " + trainer + ".",
                    "no 'environment' for what trains inside Clade's process: it has the variables that Clade has.",
                    "take 'environment' out, and set the variables where Clade is started.");
        }
    }

    private static Optional<Setting> setting(Specification specification, String name) {
        return Optional.ofNullable(specification.settings().entries().get(name));
    }

    /// The word that a setting selects by: `pbt`, or the one key of `{asha: {...}}`.
    private static String word(Setting setting, String name) {
        if (!(setting instanceof Setting.Mapping map)) {
            return setting.asText();
        }
        if (map.entries().size() != 1) {
            throw setting.wrong(map.toString(), "one " + name);
        }
        return map.entries().firstEntry().getKey();
    }

    /// What has no settings of its own has none here.
    private static void bare(Setting setting, String name, String word, String mend) {
        if (setting instanceof Setting.Mapping map) {
            throw new Fault(
                    1504,
                    setting.place() + " the " + name + " '" + word + "' has no settings of its own.",
                    map + ".",
                    "'" + name + ": " + word + "'.",
                    mend);
        }
    }

    public static Tuner tuner(Specification specification) {
        var setting = setting(specification, "tuner");
        var word = setting.map(s -> word(s, "tuner")).orElse(PBT);
        if (word.equals(PBT)) {
            setting.ifPresent(s -> bare(
                    s,
                    "tuner",
                    word,
                    "write its parts 'ready', 'scores', 'exploit', 'explore' and 'inherit' beside 'tuner', not in"
                            + " it."));
        }
        return provider(specification, word).read(specification);
    }

    private static Tuners provider(Specification specification, String word) {
        return provider(word)
                .orElseThrow(() -> unknown(
                        word,
                        setting(specification, "tuner")
                                .map(s -> s.place() + " ")
                                .orElse(""),
                        "correct 'tuner', or add the artifact that has it to the class path."));
    }

    private static Optional<Tuners> provider(String word) {
        return ServiceLoader.load(Tuners.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(tuners -> tuners.word().equals(word))
                .findFirst();
    }

    private static Fault unknown(String word, String place, String mend) {
        var known = new TreeSet<String>();
        ServiceLoader.load(Tuners.class).forEach(tuners -> known.add(tuners.word()));
        return new Fault(
                1302,
                place + "no tuner '" + word + "' is installed.",
                word + ".",
                "one of " + String.join(", ", known) + ".",
                mend);
    }

    /// The tuners that are installed, as a comparison needs to know them.
    public static Installed installed() {
        return new Installed() {
            @Override
            public boolean has(String word) {
                return provider(word).isPresent();
            }

            @Override
            public Set<String> parts(String word) {
                return provider(word)
                        .orElseThrow(() -> unknown(
                                word, "", "correct --tuners, or add the artifact that has it to the class path."))
                        .parts();
            }

            @Override
            public Tuner tuner(Specification specification) {
                return Wiring.tuner(specification);
            }
        };
    }

    /// What names a kind of trainer: its word, with the name that follows it where that is one of a few.
    public static String kind(Setting.Mapping trainer) {
        for (var trainers : ServiceLoader.load(Trainers.class)) {
            var name = trainer.entries().get(trainers.word());
            if (name != null) {
                return "{" + trainers.word() + ": " + (trainers.names().contains(name.toString()) ? name : "...") + "}";
            }
        }
        return trainer.toString();
    }

    /// @param folder the experiment file's, for relative paths
    public static Trainer.Factory trainer(Specification specification, Path folder) {
        var mapping = setting(specification, "trainer").orElseThrow().asMapping();
        var known = new TreeSet<String>();
        for (var trainers : ServiceLoader.load(Trainers.class)) {
            trainers.names().forEach(name -> known.add("{" + trainers.word() + ": " + name + "}"));
            if (mapping.entries().containsKey(trainers.word())) {
                return trainers.read(mapping, folder, specification.settings());
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
