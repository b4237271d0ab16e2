package dev.clade.app.cli;

import dev.clade.app.cli.KeptOutput.Stream;
import dev.clade.app.wire.Experiments;
import dev.clade.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade logs NAME [MEMBER]`.
@Command(
        name = "logs",
        description = {
            "Show what a member's program has printed: in its last segment, or in another.",
            "Without MEMBER it lists of whom something is kept on this host."
        })
final class LogsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Parameters(index = "1", arity = "0..1", paramLabel = "MEMBER", description = "Its number.")
    private Optional<String> member = Optional.empty();

    @Option(names = "--segment", paramLabel = "N", description = "In this segment (default: the last).")
    private Optional<Integer> segment = Optional.empty();

    @Option(
            names = "--slot",
            paramLabel = "N",
            description = "Instead of a member: what a slot's programs have printed before their first segment.")
    private Optional<Integer> slot = Optional.empty();

    @ArgGroup
    private Which which = new Which();

    @Option(names = "--tail", paramLabel = "N", description = "The last N lines only.")
    private Optional<Integer> tail = Optional.empty();

    /// Both streams, unless one is named.
    private static final class Which {
        @Option(names = "--out", required = true, description = "Standard output alone, as it is.")
        private boolean out;

        @Option(names = "--err", required = true, description = "Standard error alone, as it is.")
        private boolean err;

        List<Stream> streams() {
            return out == err ? List.of(Stream.values()) : List.of(out ? Stream.OUT : Stream.ERR);
        }
    }

    @Override
    public Integer call() throws IOException {
        tail.filter(n -> n < 0).ifPresent(n -> {
            throw new Fault(4182, "--tail is a number of lines.", n + ".", "0 or more.", "write, say, '--tail 20'.");
        });
        return named.open(held -> {
            var kept = new KeptOutput(held.logs());
            var out = spec.commandLine().getOut();
            if (slot.isPresent()) {
                int number = slot.get();
                print(out, "slot " + number, stream -> kept.ofSlot(number, stream), held, kept);
            } else if (member.isPresent()) {
                int who = ShowCommand.member(Seen.of(held), member.get()).id().index();
                int which = segment(held, kept, who);
                print(
                        out,
                        "member " + who + ", segment " + which,
                        stream -> kept.ofSegment(who, which, stream),
                        held,
                        kept);
            } else {
                list(out, held, kept);
            }
            out.flush();
            return 0;
        });
    }

    private int segment(Experiments.Held held, KeptOutput kept, int who) throws IOException {
        var there = kept.segments(who);
        if (there.isEmpty()) {
            throw nothing("member " + who, held, kept);
        }
        segment.filter(s -> !there.contains(s)).ifPresent(s -> {
            throw new Fault(
                    4181,
                    "nothing is kept of segment " + s + " of member " + who + ".",
                    "segments " + KeptOutput.ranges(there) + ", in " + kept.folder() + ".",
                    "one of these.",
                    "leave --segment out for the last one; a program that printed nothing has no file.");
        });
        return segment.orElseGet(there::last);
    }

    private void print(
            PrintWriter out,
            String whose,
            Function<Stream, Optional<Path>> files,
            Experiments.Held held,
            KeptOutput kept)
            throws IOException {
        var streams = which.streams();
        var found = streams.stream().filter(s -> files.apply(s).isPresent()).toList();
        boolean some =
                List.of(Stream.values()).stream().anyMatch(s -> files.apply(s).isPresent());
        if (!some) {
            throw nothing(whose, held, kept);
        }
        for (var stream : found) {
            if (streams.size() > 1) {
                out.println("==> " + whose + ", " + stream.words + " <==");
            }
            KeptOutput.print(files.apply(stream).orElseThrow(), tail, out);
        }
    }

    private static Fault nothing(String of, Experiments.Held held, KeptOutput kept) throws IOException {
        var members = kept.members();
        var slots = kept.slots();
        if (members.isEmpty() && !slots.isEmpty()) {
            return new Fault(
                    4180,
                    "nothing that " + of + " has printed is kept on this host.",
                    "what programs of '" + held.name() + "' printed before their first segment: slots "
                            + KeptOutput.ranges(slots) + ", in " + kept.folder() + ".",
                    "a member whose program has printed something here.",
                    "clade logs " + held.name() + " --slot " + slots.iterator().next() + ".");
        }
        return new Fault(
                4180,
                "nothing that " + of + " has printed is kept on this host.",
                members.isEmpty()
                        ? "no output of '" + held.name() + "' in " + kept.folder() + "."
                        : "output of members " + KeptOutput.ranges(members) + ", in " + kept.folder() + ".",
                "a member whose program has printed something here.",
                members.isEmpty()
                        ? "only trainers that are processes ('command', 'session') have output of their own; look on the"
                                + " host where they ran."
                        : "choose one of these, or look on the host where it ran.");
    }

    private static void list(PrintWriter out, Experiments.Held held, KeptOutput kept) throws IOException {
        var members = kept.members();
        var slots = kept.slots();
        if (members.isEmpty() && slots.isEmpty()) {
            throw nothing("a member", held, kept);
        }
        out.println("Output of '" + held.name() + "' that is kept in " + kept.folder() + ":");
        var table = new Table("member", "segments", "size");
        for (int member : members) {
            table.row(Integer.toString(member), KeptOutput.ranges(kept.segments(member)), Text.size(kept.size(member)));
        }
        table.print(out, "  ");
        if (!slots.isEmpty()) {
            out.println("Before their first segment: slots " + KeptOutput.ranges(slots) + " ('--slot N').");
        }
    }
}
