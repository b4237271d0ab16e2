package dev.clade.app.cli;

import dev.clade.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade import`: what other tools have found.
@Command(
        name = "import",
        description = "Bring over what another tool has found.",
        synopsisSubcommandLabel = "KIND",
        subcommands = ImportCommand.Policy.class)
final class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 2;
    }

    /// `clade import ray-policy FILE`.
    @Command(
            name = "ray-policy",
            description = {
                "A schedule that Ray Tune's PBT wrote (pbt_policy_TRIAL.txt), as settings of Clade's tuner 'schedule'.",
                "Put them into an experiment file: its members then train under that schedule, each with a seed of its"
                        + " own."
            })
    static final class Policy implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "FILE", description = "The policy, pbt_policy_TRIAL.txt.")
        private Path file = Path.of("");

        @Option(
                names = "--steps",
                paramLabel = "N",
                description = "Steps of one training iteration of Ray's (default: 1).")
        private long steps = 1;

        @Option(
                names = "--only",
                paramLabel = "NAME",
                split = ",",
                description = "Hyperparameters to take (default: those that the policy changes).")
        private List<String> only = List.of();

        @Mixin
        private FormatOption format = new FormatOption();

        @Override
        public Integer call() {
            if (steps < 1) {
                throw new Fault(
                        4155, "'--steps' counts something.", "--steps " + steps + ".", "1 or more.", "raise it.");
            }
            var policy = RayPolicy.read(file);
            var names = names(policy);
            var out = spec.commandLine().getOut();
            document(policy, names).print(out, format.format() == Format.JSON ? Format.JSON : Format.YAML);
            out.flush();
            var left = policy.names();
            left.removeAll(names);
            if (!left.isEmpty() && only.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("Left out, since the policy never changes them: " + String.join(", ", left)
                                + ". --only names others.");
            }
            return 0;
        }

        private SortedSet<String> names(RayPolicy policy) {
            var there = policy.names();
            var unknown = new TreeSet<>(only);
            unknown.removeAll(there);
            if (!unknown.isEmpty()) {
                throw new Fault(
                        4147,
                        "the policy knows no '" + unknown.first() + "'.",
                        "--only " + String.join(",", only) + ".",
                        "any of " + String.join(", ", there) + ".",
                        "correct --only, or leave it out.");
            }
            return only.isEmpty() ? policy.moved() : new TreeSet<>(only);
        }

        private Document document(RayPolicy policy, SortedSet<String> names) {
            var at = policy.points().entrySet().stream()
                    .map(point -> new Document()
                            .with("step", Math.multiplyExact(point.getKey(), steps))
                            .with("values", Document.of(taken(point.getValue(), names))))
                    .toList();
            return new Document().with("tuner", new Document().with("schedule", new Document().with("at", at)));
        }

        private static SortedMap<String, Object> taken(SortedMap<String, Object> values, SortedSet<String> names) {
            var taken = new TreeMap<>(values);
            taken.keySet().retainAll(names);
            return taken;
        }
    }
}
