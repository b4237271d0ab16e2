package dev.clade.study.compare;

import dev.clade.fault.Fault;
import dev.clade.population.Lineage;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.replay.Schedule;
import dev.clade.tune.Tuners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What each arm trains with: the file's settings, and only those differences that its tuner asks for.
/// Space, population, budget, evaluations and finals are the same for all, and for a seed the initial
/// draws too.
///
/// @param file the experiment file
public record Recipe(Setting.Mapping file, Installed installed) {

    private static final String PBT = "pbt";

    /// Settings that say how a machine is used, not what is trained: they may differ when a comparison
    /// goes on.
    private static final Set<String> OF_THE_MACHINE =
            Set.of("name", "slots", "resources", "environment", "deadlines", "store", "checkpoints");

    /// An arm's settings for one seed.
    ///
    /// @param notes what was taken out of the file, and why, beside the tuner itself
    public record Settings(Setting.Mapping settings, List<String> notes) {

        public Settings {
            notes = List.copyOf(notes);
        }
    }

    /// The settings of an arm that needs nothing but the file.
    ///
    /// @throws Fault 1302, or what its tuner finds wrong with its settings
    public Settings of(Arm arm, long seed) {
        return switch (arm) {
            case Arm.Tuned tuned -> tuned(written(tuned), seed);
            case Arm.Ablated ablated
            when ablated.ablation().follows() ->
                throw new IllegalArgumentException(arm.name() + " needs what pbt found");
            case Arm.Ablated ablated -> {
                var pbt = tuned(Setting.word(PBT), seed);
                yield fit(new Settings(ablated.ablation().of(pbt.settings()), pbt.notes()));
            }
        };
    }

    /// The settings of an arm that trains again what the pbt arm of the same seed has found.
    ///
    /// @param found what the winner's weights went through
    /// @throws Fault 1510 if the tuner for it is not installed
    public Settings of(Ablation ablation, long seed, List<Lineage.Stage> found) {
        need(ablation);
        return tuned(ablation.tuner(found), seed);
    }

    /// @throws Fault 1510 if an ablation needs a tuner that is not installed
    public void need(Ablation ablation) {
        if (ablation.follows() && !installed.has(Schedule.TUNER)) {
            throw new Fault(
                    1510,
                    "the ablation '" + ablation.word() + "' cannot be trained.",
                    "no tuner '" + Schedule.TUNER + "', which trains what was found again.",
                    "the artifact that has it, on the class path.",
                    "leave '" + ablation.word() + "' out of --ablate.");
        }
    }

    /// The file's own settings of a tuner, where it has that tuner and the arm is only its word.
    private Setting written(Arm.Tuned tuned) {
        return Optional.ofNullable(file.entries().get("tuner"))
                .filter(given -> tuned.tuner() instanceof Setting.Scalar
                        && given instanceof Setting.Mapping map
                        && map.entries().containsKey(tuned.word()))
                .orElse(tuned.tuner());
    }

    private Settings tuned(Setting tuner, long seed) {
        var notes = new ArrayList<String>();
        var settings = file.with("tuner", tuner).with("seed", Setting.word(Long.toString(seed)));
        var word = new Arm.Tuned("", tuner).word();
        var counts = installed.parts(word);
        for (var part : Tuners.PARTS) {
            if (settings.entries().containsKey(part) && !counts.contains(part)) {
                settings = settings.without(part);
                notes.add("'" + part + "' is left out: it does not count for '" + word + "'");
            }
        }
        if (settings.entries().containsKey("control")) {
            settings = settings.without("control");
            notes.add("'control' is left out of all arms: every member of a population counts");
        }
        return fit(new Settings(settings, notes));
    }

    /// Decisions that must see one another cannot wait for a generation.
    private Settings fit(Settings made) {
        var specification = Specification.read(made.settings());
        var tuner = installed.tuner(specification);
        if (specification.synchrony().isEmpty() || tuner.synchronous()) {
            return made;
        }
        var notes = new ArrayList<>(made.notes());
        notes.add("'synchronous' is left out: decisions of '" + tuner.word() + "' must see one another");
        return new Settings(made.settings().without("synchronous"), notes);
    }

    /// What differs in meaning between settings that were recorded and those that a file gives now; none:
    /// the same.
    public Optional<String> differing(Setting.Mapping recorded, Setting.Mapping now) {
        var names = new ArrayList<>(recorded.entries().sequencedKeySet());
        now.entries().keySet().stream().filter(n -> !names.contains(n)).forEach(names::add);
        return names.stream()
                .filter(n -> !OF_THE_MACHINE.contains(n))
                .filter(n -> !same(n, recorded, now))
                .findFirst();
    }

    /// Whether one setting means the same; a default that is written out is no difference.
    private boolean same(String name, Setting.Mapping recorded, Setting.Mapping now) {
        var before = Optional.ofNullable(recorded.entries().get(name));
        var after = Optional.ofNullable(now.entries().get(name));
        if (before.equals(after) || name.equals("trainer")) {
            return before.equals(after);
        }
        try {
            var one = Specification.read(recorded);
            var mixed =
                    Specification.read(after.map(s -> recorded.with(name, s)).orElseGet(() -> recorded.without(name)));
            return mixed.means(one) && installed.tuner(mixed).equals(installed.tuner(one));
        } catch (Fault together) {
            return false; // only with another difference does it make sense
        }
    }
}
