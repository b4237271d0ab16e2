package dev.clade.app.cli;

import dev.clade.fault.Fault;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// `clade`: the command line.
@Command(
        name = "clade",
        description = "Population Based Training: trains a population of models at once, and finds a schedule of"
                + " hyperparameters while it trains.",
        version = "clade " + Main.VERSION,
        subcommands = {
            RunCommand.class,
            ResumeCommand.class,
            WorkerCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WhyCommand.class,
            LogsCommand.class,
            BestCommand.class,
            ScheduleCommand.class,
            ReplayCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            SimulateCommand.class,
            PlanCommand.class,
            VerifyCommand.class,
            GcCommand.class,
            DoctorCommand.class,
            ImportCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "'clade COMMAND --help' explains each. Begin with: clade run examples/quickstart.yaml",
            "Exit status: 0 done, 1 failed, 2 usage, 3 a bad experiment file, 4 the store, 130 interrupted."
        })
public final class Main {

    /// The version of this program.
    public static final String VERSION = "0.1.0-SNAPSHOT";

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int FILE = 3;
    private static final int STORE = 4;

    private static final int WIDTH = 110;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain this, and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version, and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(new CommandLine(new Main()), arguments));
    }

    /// Runs a command that writes here.
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return execute(new CommandLine(new Main()).setOut(out).setErr(err), arguments);
    }

    /// Runs a command; its exit status: 0 done, 1 failed, 2 usage, 3 bad experiment file, 4 store, 130
    /// interrupted.
    private static int execute(CommandLine line, String... arguments) {
        line.setUsageHelpWidth(WIDTH);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            var fault = Fault.in(thrown);
            if (fault.isEmpty()) {
                throw thrown;
            }
            fault.ifPresent(f -> print(command, f));
            return status(fault.get());
        });
        line.setParameterExceptionHandler((wrong, given) -> {
            print(wrong.getCommandLine(), usage(wrong, given));
            return USAGE;
        });
        if (arguments.length == 0) {
            line.usage(line.getOut());
            return USAGE;
        }
        int status = line.execute(arguments);
        return line.getOut().checkError() && status == 0 ? FAILED : status; // what nobody can read is not done
    }

    private static Fault usage(ParameterException wrong, String[] given) {
        var command = wrong.getCommandLine().getCommandSpec();
        var name = command.qualifiedName();
        var near =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.<String>of();
        var mend = (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ") + "'" + name
                + " --help' explains it.";
        var found = String.join(" ", given) + ".";
        if (wrong instanceof UnmatchedArgumentException unmatched
                && command.parent() == null
                && !unmatched.isUnknownOption()) {
            return new Fault(
                    4001,
                    "there is no command '" + unmatched.getUnmatched().getFirst() + "'.",
                    found,
                    "one of " + String.join(", ", command.subcommands().keySet()) + ".",
                    mend);
        }
        var help = new CommandLine.Help(command, CommandLine.Help.Ansi.OFF);
        var message = String.valueOf(wrong.getMessage());
        return new Fault(
                4001,
                message.endsWith(".") ? message : message + ".",
                found,
                help.synopsis(0).strip().replaceAll("\\s+", " "),
                mend);
    }

    private static void print(CommandLine command, Fault fault) {
        command.getErr().println("CLADE-" + fault.code() + " " + fault.what());
        command.getErr().println("  Found:    " + fault.found());
        command.getErr().println("  Expected: " + fault.expected());
        command.getErr().println("  Mend:     " + fault.mend());
        command.getErr().flush();
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
