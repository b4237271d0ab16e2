package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade run FILE`.
@Command(
        name = "run",
        description = {
            "Train the population that an experiment file describes.",
            "Ctrl-C saves what is in training and ends; 'clade resume NAME' goes on. At the end come the winner,"
                    + " measured afresh, its folder, its schedule and the page."
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(names = "--name", paramLabel = "NAME", description = "A name for this run (default: the file's).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the best model and its schedule (default: runs/NAME).")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private SlotsOption slots = new SlotsOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        var asked = slots.count();
        var written = ExperimentFile.read(file);
        var from = StartFrom.of(written);
        var plain = StartFrom.without(written);
        var specification = Specification.read(plain);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        Wiring.check(specification, folder);
        Training.room(specification, asked);
        name.filter(n -> !Specification.named(n)).ifPresent(n -> {
            throw new Fault(
                    4006,
                    "an experiment cannot be called '" + n + "'.",
                    n + ".",
                    Specification.NAMES + ".",
                    "choose another --name.");
        });
        try (var experiments = Experiments.forNew(store.url(), plain, folder)) {
            var free = free(experiments, name.orElse(specification.name()), name.isPresent());
            var results = to.orElseGet(() -> Training.results(free));
            var out = spec.commandLine().getOut();
            if (!free.equals(specification.name()) && name.isEmpty()) {
                out.println("'" + specification.name() + "' is complete already; this run is '" + free + "'.");
            }
            var found = from.map(f -> f.find(experiments, specification, out));
            var settings = found.map(f -> plain.with("start", f.start())).orElse(plain);
            Specification.read(settings);
            ModelFolder.ready(Training.best(results, 1));
            try (var experiment = experiments.create(
                    free,
                    settings,
                    folder,
                    Main.VERSION,
                    found.map(StartFrom.Found::provenance).orElse(Map.of()))) {
                var training = new Training(experiments, experiment, out);
                if (!training.train(asked)) {
                    return Training.INTERRUPTED;
                }
                training.finish(results);
            }
            return 0;
        }
    }

    /// A name that no experiment has: where one is complete, the next number after it.
    private static String free(Experiments experiments, String wanted, boolean exactly) {
        var free = wanted;
        for (int i = 2; ; i++) {
            var taken = experiments.find(free);
            if (taken.isEmpty()) {
                return free;
            }
            try (var there = taken.get()) {
                if (exactly || !there.newest().complete()) {
                    throw taken(there, free);
                }
            }
            free = wanted + "-" + i;
        }
    }

    private static Fault taken(Experiments.Held there, String name) {
        var seen = there.newest();
        return new Fault(
                4104,
                "experiment '" + name + "' is in the store already" + (seen.complete() ? "." : ", and not complete."),
                seen.size() + " members, "
                        + seen.best().map(p -> "the best at step " + p.step()).orElse("none with a score yet")
                        + ".",
                "a name that is free.",
                "go on with it by 'clade resume " + name + "', or begin another: --name NAME.");
    }
}
