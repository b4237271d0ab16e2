package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.report.ComparisonPage;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Ablation;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Comparison;
import dev.clade.study.compare.Plan;
import dev.clade.study.compare.Recipe;
import dev.clade.study.statistics.Centre;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade compare FILE`.
@Command(
        name = "compare",
        description = {
            "Train an experiment under several tuners and seeds, and say which is better here, by how much and how sure.",
            "All have the same budget, initial draws and finals. Every one of them is an experiment NAME.ARM.SEED of the"
                    + " store; the same command again goes on, or shows what came of it."
        })
final class CompareCommand implements Callable<Integer> {

    private static final String PBT = "pbt";
    private static final String PAGE = "compare.html";
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--tuners",
            paramLabel = "LIST",
            description = "Who is compared: words of tuners with commas between, or {word: {settings}}; the others are"
                    + " compared with the first (default: pbt,random).")
    private String tuners = "pbt,random";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many populations of each: the file's seed, the next, ... (default: ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(
            names = "--ablate",
            paramLabel = "LIST",
            split = ",",
            description =
                    "Also PBT without a part, or what it found trained again: no-exploit, no-explore, weights-only,"
                            + " hyperparameters-only, frozen, final-fixed, schedule.")
    private List<String> ablate = new ArrayList<>();

    @Option(
            names = "--centre",
            paramLabel = "WHICH",
            description = "What stands for several seeds: mean (default), or iqm, the inter-quartile mean.")
    private String centre = Centre.MEAN.word();

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(names = "--name", paramLabel = "NAME", description = "A name for the comparison (default: the file's).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the page of the comparison (default: runs/NAME).")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private SlotsOption slots = new SlotsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws InterruptedException {
        var asked = slots.count();
        var middle = centre();
        var written = ExperimentFile.read(file);
        var from = StartFrom.of(written);
        var plain = StartFrom.without(written);
        var specification = Specification.read(plain);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        var plan = new Plan(name.orElse(specification.name()), arms(), Plan.seeds(specification.seed(), seeds()));
        plan.entries().forEach(plan::named);
        var results = to.orElseGet(() -> Training.results(plan.name()));
        var out = spec.commandLine().getOut();
        var said = format.format() == Format.TABLE ? out : spec.commandLine().getErr();
        try (var experiments = Experiments.forNew(store.url(), plain, folder)) {
            var settings = from.map(f -> plain.with(
                            "start", f.find(experiments, specification, said).start()))
                    .orElse(plain);
            var comparing = new Comparing(
                    experiments, plan, new Recipe(settings, Wiring.installed()), folder, ShellWords.given(spec), said);
            comparing.prepare();
            if (!comparing.train(asked)) {
                return Training.INTERRUPTED;
            }
            var comparison = Comparison.of(plan, specification, comparing.outcomes(), middle);
            var page = results.resolve(PAGE);
            new ComparisonPage(
                            comparison,
                            comparison.verdict(Text::number),
                            comparing.settings(),
                            Text.budget(specification))
                    .write(page);
            print(comparison, plan, comparing, page, Training.store(experiments), out);
            return comparison.failed() ? FAILED : 0;
        }
    }

    private void print(
            Comparison comparison, Plan plan, Comparing comparing, Path page, String store, PrintWriter out) {
        var text = new ComparisonText(comparison, plan);
        if (format.format() == Format.TABLE) {
            text.print(out, page, store);
        } else {
            text.document(comparing.settings(), page).print(out, format.format());
        }
    }

    // ---- what is asked for

    private int seeds() {
        if (seeds < 1) {
            throw new Fault(
                    4122, "nothing is compared under no seed.", "--seeds " + seeds + ".", "1 or more.", "ask for 5.");
        }
        return seeds;
    }

    private Centre centre() {
        return Arrays.stream(Centre.values())
                .filter(c -> c.word().equals(centre))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        4123,
                        "there is no such centre of several seeds.",
                        "--centre " + centre + ".",
                        "mean or iqm.",
                        "correct it, or leave --centre out."));
    }

    /// Tuners in their order, then ablations: pbt comes first where these ask for it and nobody named it.
    private List<Arm> arms() {
        var listed = ExperimentFile.parse("tuners: [" + tuners + "]", "--tuners")
                .entries()
                .sequencedValues()
                .getFirst()
                .asList();
        var arms = new ArrayList<>(Arm.tuned(listed));
        if (arms.isEmpty()) {
            throw new Fault(
                    4125,
                    "nobody is compared.",
                    "--tuners '" + tuners + "'.",
                    "one tuner or more.",
                    "leave --tuners out, or name some: --tuners pbt,random.");
        }
        if (!ablate.isEmpty() && arms.stream().noneMatch(arm -> arm.name().equals(PBT))) {
            arms.addFirst(new Arm.Tuned(PBT, Setting.word(PBT)));
        }
        new LinkedHashSet<>(ablate).forEach(word -> arms.add(new Arm.Ablated(ablation(word))));
        return arms;
    }

    private static Ablation ablation(String word) {
        return Ablation.of(word)
                .orElseThrow(() -> new Fault(
                        4126,
                        "there is no ablation '" + word + "'.",
                        word + ".",
                        "one of "
                                + Arrays.stream(Ablation.values())
                                        .map(Ablation::word)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "correct --ablate."));
    }
}
