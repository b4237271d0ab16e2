package dev.clade.app.cli;

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
@Command(name = "resume", description = "Go on with an experiment that was interrupted, killed or lost its machine.")
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

    @Override
    public Integer call() throws InterruptedException, IOException {
        var asked = slots.count();
        var out = spec.commandLine().getOut();
        var results = to.orElse(Path.of("runs", name));
        try (var experiments = store.existing();
                var experiment = experiments.named(name)) {
            var training = new Training(experiments, experiment, out);
            boolean complete = experiment.newest().complete();
            if (complete && Files.exists(results.resolve(Training.BEST))) {
                out.println("'" + name + "' is complete already; its best model is in " + results.resolve(Training.BEST)
                        + ".");
                return 0;
            }
            if (!complete) {
                ModelFolder.ready(results.resolve(Training.BEST));
                if (!training.train(asked)) {
                    return Training.INTERRUPTED;
                }
            }
            training.finish(results);
            return 0;
        }
    }
}
