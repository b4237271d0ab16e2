package dev.clade.bench.paper;

import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Lineage;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Ablation;
import dev.clade.study.compare.Recipe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Who is compared. All arms have one experiment file, so one space, population, budget, rhythm of evaluations and
/// finals, and with equal seeds the same initial draws; an arm's name is all that differs. Names are joined by `+`:
/// `random+n40`.
///
/// @param changes of the file, in this order
/// @param ablation what is left of PBT
record Arm(String name, List<UnaryOperator<Setting.Mapping>> changes, Optional<Ablation> ablation)
        implements Comparable<Arm> {

    private static final Setting NONE = Setting.word("none");

    /// PBT as the file says: what those who follow it begin with.
    static final String PBT = "pbt";

    static final String RANDOM = "random";

    /// A name of one meaning.
    private record Word(String word, String meaning, UnaryOperator<Setting.Mapping> change) {}

    /// A setting of the file that an arm has another value of, by its path: `trainer.world=crossing`.
    private static final String SETTING = "[a-z_]+(\\.[a-z_]+)*=[a-z0-9_./-]+";

    /// In the order in which they are told.
    private static final List<Word> WORDS = List.of(
            new Word(PBT, "as the file says", file -> file),
            new Word(RANDOM, "nobody copies, nobody changes", Arm::still),
            new Word(
                    "cosine",
                    "as random; the learning rate falls from the drawn one to 0 on half a cosine",
                    file -> decaying(still(file))),
            new Word("truncation", "the exploit rule: truncation", Arm::truncation),
            new Word("tournament", "the exploit rule: binary tournament", file -> exploit(file, "binary_tournament")),
            new Word("t-test", "the exploit rule: Welch's t-test", file -> exploit(file, "t_test")),
            new Word("both", "a copy takes weights and hyperparameters", Arm::both));

    /// Other names of ablations.
    private static final Map<String, Ablation> ALIASES = Map.of("none", Ablation.NO_EXPLOIT);

    Arm {
        changes = List.copyOf(changes);
    }

    /// The arm of a name.
    ///
    /// @throws Fault 6011 for a name that is none
    static Arm of(String name) {
        var changes = new ArrayList<UnaryOperator<Setting.Mapping>>();
        Optional<Ablation> ablation = Optional.empty();
        for (var part : name.split("\\+", -1)) {
            var word = word(part);
            var left = left(part);
            if (word.isPresent()) {
                changes.add(word.get().change());
            } else if (left.isPresent() && ablation.isEmpty()) {
                ablation = left;
            } else if (part.matches("n[1-9][0-9]{0,5}")) {
                changes.add(file -> file.with("population", Setting.word(part.substring(1))));
            } else if (part.matches(SETTING)) {
                changes.add(file -> set(file, List.of(at(part).split("\\.")), Setting.word(value(part))));
            } else {
                throw unknown(name, part);
            }
        }
        return new Arm(name, changes, ablation);
    }

    private static String at(String part) {
        return part.substring(0, part.indexOf('='));
    }

    private static String value(String part) {
        return part.substring(part.indexOf('=') + 1);
    }

    private static Setting.Mapping set(Setting.Mapping file, List<String> path, Setting value) {
        var name = path.getFirst();
        if (path.size() == 1) {
            return file.with(name, value);
        }
        if (!(file.entries().get(name) instanceof Setting.Mapping within)) {
            throw new Fault(
                    6011,
                    "an arm sets what the settings do not have.",
                    "no mapping '" + name + "'.",
                    String.join(", ", file.entries().keySet()) + ".",
                    "correct --arms.");
        }
        return file.with(name, set(within, path.subList(1, path.size()), value));
    }

    private static Optional<Word> word(String part) {
        return WORDS.stream().filter(w -> w.word().equals(part)).findFirst();
    }

    private static Optional<Ablation> left(String part) {
        return Ablation.of(part).or(() -> Optional.ofNullable(ALIASES.get(part)));
    }

    private static Fault unknown(String name, String part) {
        var known = new ArrayList<String>();
        WORDS.forEach(w -> known.add(w.word()));
        List.of(Ablation.values()).forEach(a -> known.add(a.word()));
        known.addAll(ALIASES.keySet());
        return new Fault(
                6011,
                "there is no arm '" + name + "'.",
                part + ".",
                String.join(", ", known) + ", or nNUMBER for a population of so many, or PATH=VALUE for a setting, as"
                        + " trainer.world=crossing; joined by +, one ablation each.",
                "correct --arms.");
    }

    /// What its members do, in words.
    String meaning() {
        return String.join(
                "; ", List.of(name.split("\\+", -1)).stream().map(Arm::meaning).toList());
    }

    private static String meaning(String part) {
        return word(part)
                .map(Word::meaning)
                .or(() -> left(part).map(Ablation::meaning))
                .orElseGet(() -> part.matches(SETTING)
                        ? at(part) + " is " + value(part)
                        : "a population of " + part.substring(1));
    }

    /// Whether it trains again what the arm [#PBT] has found under the same seed.
    boolean follows() {
        return ablation.filter(Ablation::follows).isPresent();
    }

    /// This arm's experiment.
    ///
    /// @param file the settings of all
    /// @param found what PBT's winner of this seed went through, for those who follow it
    Setting.Mapping of(Setting.Mapping file, long seed, Optional<List<Lineage.Stage>> found) {
        var changed = file;
        for (var change : changes) {
            changed = change.apply(changed);
        }
        var recipe = new Recipe(changed, Wiring.installed());
        if (follows()) {
            return recipe.of(ablation.orElseThrow(), seed, found.orElseThrow()).settings();
        }
        var arm = ablation.<dev.clade.study.compare.Arm>map(dev.clade.study.compare.Arm.Ablated::new)
                .orElseGet(() -> new dev.clade.study.compare.Arm.Tuned(PBT, Setting.word(PBT)));
        return recipe.of(arm, seed).settings();
    }

    // ---- changes

    private static Setting.Mapping still(Setting.Mapping file) {
        return file.with("exploit", NONE).with("explore", NONE);
    }

    private static Setting.Mapping exploit(Setting.Mapping file, String rule) {
        return file.with("exploit", Setting.word(rule));
    }

    /// With the share that the file gives, where it gives one.
    private static Setting.Mapping truncation(Setting.Mapping file) {
        boolean given = file.entries().get("exploit") instanceof Setting.Mapping map
                && map.entries().containsKey("truncation");
        return given ? file : exploit(file, "truncation");
    }

    private static Setting.Mapping both(Setting.Mapping file) {
        return file.with("inherit", Setting.list(List.of(Setting.word("weights"), Setting.word("hyperparameters"))));
    }

    private static Setting.Mapping decaying(Setting.Mapping file) {
        var steps = Objects.requireNonNull(mapping(file, "budget").entries().get("steps"));
        return file.with("trainer", mapping(file, "trainer").with("schedule", Setting.map("cosine", steps)));
    }

    private static Setting.Mapping mapping(Setting.Mapping file, String name) {
        return Objects.requireNonNull(file.entries().get(name)).asMapping();
    }

    // ---- order

    private static final Comparator<Arm> ORDER = Comparator.<Arm>comparingInt(Arm::place)
            .thenComparingInt(Arm::population)
            .thenComparing(Arm::name);

    @Override
    public int compareTo(Arm other) {
        return ORDER.compare(this, other);
    }

    /// Names of one meaning first, then populations, then ablations.
    private int place() {
        var first = name.split("\\+", -1)[0];
        int populations = WORDS.size();
        return word(first)
                .map(WORDS::indexOf)
                .or(() -> left(first)
                        .map(a -> populations + 1 + List.of(Ablation.values()).indexOf(a)))
                .orElse(populations);
    }

    /// The population that its name gives, or 0.
    private int population() {
        for (var part : name.split("\\+", -1)) {
            if (part.matches("n[1-9][0-9]{0,5}")) {
                return Integer.parseInt(part.substring(1));
            }
        }
        return 0;
    }

    /// Two arms of one name are one.
    @Override
    public boolean equals(Object other) {
        return other instanceof Arm that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
