package dev.clade.app.cli;

import dev.clade.app.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `clade report NAME`.
@Command(
        name = "report",
        description = "Write an experiment's page: curves, hyperparameters, lineage, ranks, decisions, in one file.")
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "The page; an earlier one is replaced (default: runs/NAME/report.html).")
    private Optional<Path> to = Optional.empty();

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var seen = Seen.of(held);
            var page = to.orElse(Path.of("runs", held.name(), Training.REPORT));
            Report.write(seen.entries(), held.gallery().wall(seen.population().openings()), page);
            var out = spec.commandLine().getOut();
            out.println("The page of '" + held.name() + "', " + seen.status() + ", for any browser: " + page);
            out.flush();
            return 0;
        });
    }
}
