package dev.clade.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `clade best NAME --to DIR`.
@Command(
        name = "best",
        description = "Take the best model away: its weights, schedule, lineage and provenance in a new folder.")
final class BestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "A folder that is not there yet.")
    private Path to = Path.of("");

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var seen = Seen.of(held);
            var best = seen.someBest();
            seen.trained();
            ModelFolder.write(seen, best, to);
            var out = spec.commandLine().getOut();
            var metric = seen.specification().metric().name();
            if (best.provisional()) {
                out.printf(
                        "Provisional: '%s' has not ended. The best single reading so far: member %s at %s %d, %s %s.%n",
                        held.name(),
                        best.pair().member(),
                        seen.specification().unit(),
                        best.pair().lineageStep(),
                        metric,
                        Text.number(seen.raw(best.evaluation())));
            } else {
                out.printf(
                        "The winner of '%s': member %s, %s %s.%n",
                        held.name(), best.pair().member(), metric, Readings.interval(best.evaluation(), metric));
            }
            out.println(
                    "Its weights, the same as in the checkpoint by their digest: " + to.resolve(ModelFolder.WEIGHTS));
            var front = seen.population().front().pairs().size();
            if (front > 0) {
                out.printf(
                        "It is the best by %s alone. Of several metrics there is a front of %s: 'clade show %s'.%n",
                        metric, Text.count(front, "model", "models"), held.name());
            }
            out.println("Beside them: schedule.csv, lineage.json, provenance.json, experiment.yaml.");
            out.flush();
            return 0;
        });
    }
}
