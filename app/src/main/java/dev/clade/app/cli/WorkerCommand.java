package dev.clade.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade worker NAME`.
@Command(
        name = "worker",
        description = {
            "Help to train a running experiment, from another terminal of the same host.",
            "It ends when the experiment is complete; Ctrl-C ends it before, and the others go on."
        })
final class WorkerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOption store = new StoreOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment to help.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--experiment", paramLabel = "NAME", description = "The same.")
    private Optional<String> experiment = Optional.empty();

    @Mixin
    private SlotsOption slots = new SlotsOption();

    @Override
    public Integer call() throws InterruptedException {
        var name = this.name
                .or(() -> experiment)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "Missing required parameter: 'NAME'"));
        var asked = slots.count();
        try (var experiments = store.existing();
                var experiment = experiments.named(name)) {
            var out = spec.commandLine().getOut();
            if (!new Training(experiments, experiment, out).train(asked)) {
                return Training.INTERRUPTED;
            }
            out.println("'" + name + "' is complete: clade show " + name);
            return 0;
        }
    }
}
