package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Recipe;
import dev.clade.study.simulate.Landscape;
import dev.clade.study.simulate.Model;
import dev.clade.study.simulate.Recorded;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What stands for the trainer in a simulation: the file's own where it is a toy, else an experiment that was recorded,
/// else a made-up landscape.
final class ModelOption {

    private static final String TOY = "toy";

    /// A toy that learns as real trainers do, and takes its time.
    private static final String LEARNS = "pole";

    @Option(
            names = "--from",
            paramLabel = "NAME",
            description =
                    "A finished experiment of the same parameters: what its segments gained is what simulated ones"
                            + " gain, and what they took.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--landscape",
            paramLabel = "KEY=X,...",
            description =
                    "Where neither --from nor a toy stands for the trainer: a made-up one. seed=1, moving=0.5 (how"
                            + " far the optimum moves), greed=0.25 (how much early gains deceive), noise=0.01, width=0.25.")
    private Optional<String> landscape = Optional.empty();

    @Option(
            names = "--costs",
            paramLabel = "KEY=TIME,...",
            description = "What work takes: step=10ms, evaluate=1s, save=200ms, load=200ms (default: what --from took;"
                    + " else a step takes a second and all else nothing).")
    private Optional<String> costs = Optional.empty();

    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "Where the experiment of --from is (default: CLADE_STORE, else " + Experiments.DEFAULT_STORE + ").")
    private Optional<String> store = Optional.empty();

    /// The model of an experiment's trainer.
    ///
    /// @param horizon steps in which a landscape's optimum goes its way
    Model of(Specification specification, Path folder, long horizon) {
        var model = stand(specification, folder, horizon);
        return costs.map(text -> model.taking(costs(text, model.costs()))).orElse(model);
    }

    private Model stand(Specification specification, Path folder, long horizon) {
        if (from.isPresent()) {
            try (var experiments = Experiments.existing(store);
                    var held = experiments.named(from.get())) {
                return Recorded.of(from.get(), held.newest(), specification);
            }
        }
        var trainer = trainer(specification);
        if (landscape.isEmpty() && standsForItself(trainer)) {
            return new Model(Wiring.trainer(specification, folder), Costs.STEPS, "the file's own toy, " + trainer);
        }
        var made = landscape.map(ModelOption::landscape).orElse(Landscape.DEFAULT);
        return new Model(
                made.trainers(specification, horizon),
                Costs.STEPS,
                "a made-up landscape (seed %d, moving %s, greed %s, noise %s, width %s)"
                        .formatted(
                                made.seed(),
                                Text.number(made.moving()),
                                Text.number(made.greed()),
                                Text.number(made.noise()),
                                Text.number(made.width())));
    }

    Optional<String> store() {
        return store;
    }

    /// Whether nothing of the real trainer is known to it.
    boolean madeUp(Specification specification) {
        return from.isEmpty() && (landscape.isPresent() || !standsForItself(trainer(specification)));
    }

    private static boolean standsForItself(Setting.Mapping trainer) {
        var toy = trainer.entries().get(TOY);
        return toy != null && !toy.toString().equals(LEARNS);
    }

    private static Setting.Mapping trainer(Specification specification) {
        return Objects.requireNonNull(specification.settings().entries().get("trainer"))
                .asMapping();
    }

    private static Landscape landscape(String text) {
        var fields = Pairs.of("--landscape", text);
        var known = Landscape.DEFAULT;
        var made = new Landscape(
                fields.find("seed").map(Setting::asWhole).orElse(known.seed()),
                fields.find("moving").map(s -> s.asReal(0, 1)).orElse(known.moving()),
                fields.find("greed").map(s -> s.asReal(0, 1)).orElse(known.greed()),
                fields.find("noise").map(s -> s.asReal(0, 1e9)).orElse(known.noise()),
                fields.find("width").map(s -> s.asReal(1e-6, 1e6)).orElse(known.width()),
                known.exponent());
        fields.end();
        return made;
    }

    private static Costs costs(String text, Costs known) {
        var fields = Pairs.of("--costs", text);
        var made = new Costs(
                fields.find("load").map(Setting::asDuration).orElse(known.load()),
                fields.find("step").map(Setting::asDuration).orElse(known.step()),
                fields.find("evaluate").map(Setting::asDuration).orElse(known.evaluate()),
                fields.find("save").map(Setting::asDuration).orElse(known.save()));
        fields.end();
        return made;
    }

    /// The settings of a file with what a simulation has no use for taken out.
    static Setting.Mapping simulated(Path file) {
        var written = StartFrom.without(ExperimentFile.read(file));
        return written.without("report")
                .without("environment")
                .without("resources")
                .without("store");
    }

    /// Settings under another tuner, with what does not count for it taken out.
    static Setting.Mapping under(Setting.Mapping settings, String word) {
        var arm = new Arm.Tuned(word, Setting.word(word));
        long seed = Specification.read(settings).seed();
        return new Recipe(settings, Wiring.installed()).of(arm, seed).settings();
    }

    static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
    }

    /// @throws Fault 4153 for an experiment without a budget of steps
    static long steps(Specification specification) {
        return specification
                .budget()
                .steps()
                .orElseThrow(() -> new Fault(
                        4153,
                        "nothing says how many steps to simulate.",
                        "a budget of " + specification.budget() + ".",
                        "'steps' in the budget.",
                        "add, say, 'steps: 20k' to the budget."));
    }
}
