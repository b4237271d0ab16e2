package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade resume NAME`.
@Command(
        name = "resume",
        description = {
            "Go on with an experiment that was interrupted, killed or lost its machine.",
            "With another file it goes on under other settings; a larger budget opens again what is complete."
        })
final class ResumeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The experiment; 'clade list' shows them.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the best model and its schedule (default: runs/NAME).")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private SlotsOption slots = new SlotsOption();

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description =
                    "Go on under the settings of this file. What it changes is noted in the log; what may not change is"
                            + " an error.")
    private Optional<Path> with = Optional.empty();

    @Option(
            names = "--accept-space",
            description = "Let the file change the domains of parameters. Values outside are brought inside at the"
                    + " member's next copy or explore.")
    private boolean acceptSpace;

    @Override
    public Integer call() throws InterruptedException, IOException {
        var asked = slots.count();
        var settings = with.map(ExperimentFile::read);
        if (acceptSpace && with.isEmpty()) {
            throw new Fault(
                    4110,
                    "no new search space is given.",
                    "--accept-space without --with.",
                    "both or neither.",
                    "name the file: --with FILE.");
        }
        try (var experiments = settings.isPresent()
                        ? Experiments.existing(store.url(), settings.get(), folder())
                        : store.existing();
                var experiment = experiments.named(name)) {
            settings.ifPresent(s -> Amendment.make(
                    experiment, s, acceptSpace, spec.commandLine().getOut()));
            return resume(experiments, experiment, asked);
        }
    }

    private Path folder() {
        return with.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of("."));
    }

    private int resume(Experiments experiments, Experiments.Held experiment, Optional<Integer> asked)
            throws InterruptedException, IOException {
        var out = spec.commandLine().getOut();
        var results = to.orElseGet(() -> Training.results(name));
        var training = new Training(experiments, experiment, out, Training.resume(experiments, experiment, asked, to));
        Seen.of(experiment).trained();
        var population = experiment.newest();
        var best = Training.best(results, population.openings());
        if (population.complete() && Files.exists(best)) {
            out.println("'" + name + "' is complete already; its best model is in " + best + ".");
            return 0;
        }
        if (!population.complete()) {
            ModelFolder.ready(best);
            if (!training.train(asked)) {
                return Training.INTERRUPTED;
            }
        }
        training.finish(results);
        return 0;
    }
}
