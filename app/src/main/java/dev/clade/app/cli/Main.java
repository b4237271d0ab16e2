package dev.clade.app.cli;

import dev.clade.fault.Fault;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `clade`: the command line.
@Command(
        name = "clade",
        description = "Population Based Training: trains a population of models at once, and finds a schedule of"
                + " hyperparameters while it trains.",
        version = "clade " + Main.VERSION,
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /// The version of this program.
    public static final String VERSION = "0.1.0-SNAPSHOT";

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int FILE = 3;
    private static final int STORE = 4;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /// Runs a command; its exit status: 0 done, 1 failed, 2 usage, 3 bad experiment file, 4 store, 130 interrupted.
    static int execute(String... arguments) {
        var line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            var fault = Fault.in(thrown);
            if (fault.isEmpty()) {
                throw thrown;
            }
            fault.ifPresent(f -> print(command, f));
            return status(fault.get());
        });
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return USAGE;
        }
        return line.execute(arguments);
    }

    private static void print(CommandLine command, Fault fault) {
        command.getErr().println("CLADE-" + fault.code() + " " + fault.what());
        command.getErr().println("  Found:    " + fault.found());
        command.getErr().println("  Expected: " + fault.expected());
        command.getErr().println("  Mend:     " + fault.mend());
    }

    private static int status(Fault fault) {
        return switch (fault.kind()) {
            case FILE -> FILE;
            case STORE -> STORE;
            case USAGE -> USAGE;
            case RUN, PROOF -> FAILED;
        };
    }
}
