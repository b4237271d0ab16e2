package dev.clade.app.cli;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `clade verify NAME`.
@Command(
        name = "verify",
        description = {
            "Prove an experiment's log: chain, outcomes, transitions, every decision made again, checkpoints.",
            "Nothing is changed. The exit status is 1 where something is not as the log says."
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    private static final int UNREADABLE = 2201;
    private static final int BROKEN_CHAIN = 2202;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Option(
            names = "--bytes",
            description = "Read the checkpoints that may still be needed, and compare their digests.")
    private boolean bytes;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        try {
            return named.open(held -> {
                var proof = new Proof(held, bytes);
                var out = spec.commandLine().getOut();
                if (format.format() == Format.TABLE) {
                    print(out, proof);
                } else {
                    document(proof).print(out, format.format());
                }
                out.flush();
                if (!proof.differences().isEmpty()) {
                    throw fails(proof);
                }
                return 0;
            });
        } catch (Fault fault) {
            throw fault.code() == BROKEN_CHAIN || fault.code() == UNREADABLE ? broken(fault) : fault;
        }
    }

    /// What a reader finds is a proof that fails, here.
    private static Fault broken(Fault fault) {
        return new Fault(5102, fault.what(), fault.found(), fault.expected(), fault.mend()).causedBy(fault);
    }

    private static Fault fails(Proof proof) {
        var first = proof.differences().getFirst();
        int count = proof.differences().size();
        return new Fault(
                5201,
                "experiment '" + proof.seen().held().name() + "' does not hold: "
                        + Text.count(count, "difference", "differences") + ". The first"
                        + first.position().map(p -> ", at position " + p).orElse("") + ": " + first.what() + ".",
                first.found() + ".",
                first.expected() + ".",
                "restore store and checkpoints from a copy; nothing was changed.");
    }

    private static void print(PrintWriter out, Proof proof) {
        for (var difference : proof.differences().stream().limit(SHOWN).toList()) {
            out.println(difference.position().map(p -> "position " + p + ": ").orElse("") + difference.what());
            out.println("  found:    " + difference.found());
            out.println("  expected: " + difference.expected());
        }
        if (proof.differences().size() > SHOWN) {
            out.println("and " + (proof.differences().size() - SHOWN) + " more");
        }
        if (proof.differences().isEmpty()) {
            out.println("'" + proof.seen().held().name() + "' holds.");
        }
        line(
                out,
                "log",
                proof.seen().entries().size() + " entries in unbroken order, each with the digest that follows from"
                        + " the one before");
        line(out, "outcomes", proof.outcomes() + ", each once; every transition and term is allowed");
        line(
                out,
                "decisions",
                proof.decisionsMade() + ", " + proof.madeAgain() + " of them made again from their basis: the same"
                        + proof.notMadeAgain().entrySet().stream()
                                .map(e -> "; " + e.getValue() + " not re-derivable: " + e.getKey())
                                .collect(Collectors.joining()));
        line(
                out,
                "checkpoints",
                proof.seen().creation().simulated()
                        ? "none: the run was simulated"
                        : proof.checkpointRows() + " kept; " + proof.roots() + " may still be needed, all of them "
                                + (proof.bytes()
                                        ? "read, with their digests"
                                        : "there with their sizes (--bytes reads them)"));
        if (proof.measured() > 0) {
            line(
                    out,
                    "measurements",
                    proof.measured()
                            + (proof.lost() == 0 ? ", all there" : ", " + proof.lost() + " lost (charts only)"));
        }
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-12s %s%n", name, text);
    }

    private static Document document(Proof proof) {
        return new Document()
                .with("experiment", proof.seen().held().name())
                .with("holds", proof.differences().isEmpty())
                .with("position", proof.seen().population().position())
                .with("outcomes", proof.outcomes())
                .with("decisions", proof.decisionsMade())
                .with("decisions_rederived", proof.madeAgain())
                .with("decisions_not_rederivable", Document.of(proof.notMadeAgain()))
                .with("checkpoints", proof.checkpointRows())
                .with("roots", proof.roots())
                .with("bytes_read", proof.bytes())
                .with("measurements", proof.measured())
                .with("measurements_lost", proof.lost())
                .with(
                        "differences",
                        proof.differences().stream()
                                .map(d -> new Document()
                                        .with("position", d.position())
                                        .with("what", d.what())
                                        .with("found", d.found())
                                        .with("expected", d.expected()))
                                .toList());
    }
}
