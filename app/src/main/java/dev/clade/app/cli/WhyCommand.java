package dev.clade.app.cli;

import dev.clade.fault.Fault;
import dev.clade.pbt.Standing;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade why NAME MEMBER [SEGMENT]`.
@Command(
        name = "why",
        description = "Why a member went on, copied another or stopped: its decisions, or one of them in full.")
final class WhyCommand implements Callable<Integer> {

    /// The longest ranking that is printed whole.
    private static final int WHOLE = 24;

    private static final int EDGE = 8;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Parameters(index = "1", paramLabel = "MEMBER", description = "Its number.")
    private String member = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "SEGMENT",
            description = "Explain the decision at the end of this segment in full; 0: how the member began.")
    private Optional<Integer> segment = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var seen = Seen.of(held);
            var who = ShowCommand.member(seen, member).id();
            var explanations = explanations(seen, who);
            if (segment.isPresent() && explanations.isEmpty()) {
                throw none(seen, who, segment.get());
            }
            var out = spec.commandLine().getOut();
            if (format.format() != Format.TABLE) {
                new Document()
                        .with("experiment", held.name())
                        .with("member", who)
                        .with(
                                "decisions",
                                explanations.stream().map(Explanation::document).toList())
                        .print(out, format.format());
            } else if (segment.isPresent()) {
                explain(out, explanations.getFirst());
            } else {
                overview(out, seen, who, explanations);
            }
            out.flush();
            return 0;
        });
    }

    private List<Explanation> explanations(Seen seen, MemberId who) {
        var decisions = seen.entries().stream()
                .filter(e -> e.event() instanceof Event.Decided d
                        && d.member().equals(who)
                        && (segment.isEmpty() || segment.get() == d.segment()))
                .toList();
        var prefixes = new Prefixes(
                seen.entries(),
                decisions.stream().map(e -> ((Event.Decided) e.event()).basis()).collect(Collectors.toSet()));
        return decisions.stream()
                .map(e -> {
                    var decided = (Event.Decided) e.event();
                    return new Explanation(
                            e.position(), decided, prefixes.at(decided.basis()), prefixes.again(decided));
                })
                .toList();
    }

    private static Fault none(Seen seen, MemberId who, int segment) {
        int decided = seen.population().member(who).decided();
        return new Fault(
                4107,
                "member " + who + " has not decided at the end of segment " + segment + ".",
                Text.count(decided, "decision", "decisions") + ".",
                decided == 0 ? "a member that has decided." : "a segment from 0 to " + (decided - 1) + ".",
                "'clade why " + seen.held().name() + " " + who + "' lists them.");
    }

    // ---- all decisions

    private static void overview(PrintWriter out, Seen seen, MemberId who, List<Explanation> explanations) {
        var unit = seen.specification().unit();
        var metric = seen.specification().metric().name();
        out.printf(
                "Member %s of '%s': %s%n%n",
                who, seen.held().name(), Text.count(explanations.size(), "decision", "decisions"));
        var table = new Table("segment", unit, "lineage", metric, "decision", "because");
        for (var e : explanations) {
            table.row(
                    Integer.toString(e.decided().segment()),
                    Long.toString(e.member().step()),
                    Long.toString(e.member().lineageStep()),
                    e.own().map(p -> Text.number(e.raw(p))).orElse("-"),
                    e.what(),
                    e.because());
        }
        table.print(out, "");
        out.println();
        out.println("One in full: clade why " + seen.held().name() + " " + who + " SEGMENT");
    }

    // ---- one decision

    private static void explain(PrintWriter out, Explanation e) {
        out.printf("Member %s %s%n", e.who(), e.what());
        out.printf(
                "  %s, position %d of the log, seeing all up to position %d%n%n",
                e.decided().segment() == 0
                        ? "when it was enrolled"
                        : "at the end of segment " + e.decided().segment(),
                e.position(),
                e.decided().basis());
        line(
                out,
                "rule",
                e.decided().decision().because().rule() + " (" + e.decided().tuner() + ", revision "
                        + e.decided().revision() + "): " + e.because());
        e.own().ifPresent(p -> line(out, "own", pair(e, p)));
        e.opponent()
                .filter(o -> !e.donor().equals(Optional.of(o)))
                .flatMap(e::pair)
                .ifPresent(p -> line(out, "opponent", pair(e, p)));
        e.donor().flatMap(e::pair).ifPresent(p -> line(out, "donor", pair(e, p)));
        var among = e.drawnAmong();
        if (!among.isEmpty()) {
            line(
                    out,
                    "draw",
                    e.opponent().orElseThrow() + " among "
                            + among.stream().map(MemberId::toString).collect(Collectors.joining(" ")) + " (" + e.key()
                            + ")");
        }
        var facts = e.decided().decision().because().facts();
        Optional.ofNullable(facts.get("p"))
                .ifPresent(p -> line(out, "test", "Welch's t, one-sided: p = " + Explanation.shortly(p)));
        Optional.ofNullable(facts.get("interval"))
                .ifPresent(steps -> line(
                        out,
                        "interval",
                        steps + " " + e.specification().unit() + "s between decisions, by now (adaptive)"));
        line(out, "next", e.next());
        line(out, "proof", e.rederived());
        values(out, e);
        e.standing().filter(s -> !s.best().isEmpty()).ifPresent(s -> ranking(out, e, s));
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-9s %s%n", name, text);
    }

    private static String pair(Explanation e, Pair pair) {
        var rank = e.standing().map(s -> s.rank(pair.member())).filter(r -> r >= 0);
        return "member %s%s: %s %s at %s %d (its weights: %d), segment %d"
                .formatted(
                        pair.member(),
                        rank.map(r -> ", rank " + (r + 1) + " of "
                                        + e.standing().orElseThrow().best().size())
                                .orElse(""),
                        e.specification().metric().name(),
                        Text.number(e.raw(pair)),
                        e.specification().unit(),
                        pair.step(),
                        pair.lineageStep(),
                        pair.segment());
    }

    private static void values(PrintWriter out, Explanation e) {
        var moves = e.moves();
        if (moves.isEmpty()) {
            return;
        }
        out.println();
        boolean inherited = e.donor().isPresent();
        var table = inherited
                ? new Table("hyperparameter", "own", "donor's", "new", "")
                : new Table("hyperparameter", "own", "new", "");
        for (var move : moves) {
            var own = move.own().map(Text::value).orElse("-");
            var now = move.now().map(Text::value).orElse("-");
            table.row(
                    inherited
                            ? List.of(
                                    move.name(),
                                    own,
                                    move.inherited().map(Text::value).orElse("-"),
                                    now,
                                    move.how())
                            : List.of(move.name(), own, now, move.how()));
        }
        table.print(out, "  ");
    }

    private static void ranking(PrintWriter out, Explanation e, Standing standing) {
        out.println();
        var table = new Table(
                "rank",
                "member",
                e.specification().unit(),
                e.specification().metric().name(),
                "");
        int count = standing.best().size();
        int own = standing.rank(e.who());
        boolean gap = false;
        for (int i = 0; i < count; i++) {
            boolean near = i < EDGE || i >= count - EDGE || Math.abs(i - own) <= 1;
            if (count > WHOLE && !near) {
                gap = true;
                continue;
            }
            if (gap) {
                table.row("...", "", "", "", "");
                gap = false;
            }
            var place = standing.best().get(i);
            table.row(
                    Integer.toString(i + 1),
                    place.member().toString(),
                    place.pair().map(p -> Long.toString(p.step())).orElse("-"),
                    place.pair().map(p -> Text.number(e.raw(p))).orElse("failed"),
                    place.member().equals(e.who())
                            ? "<- this one"
                            : Optional.of(place.member()).equals(e.donor()) ? "<- the donor" : "");
        }
        table.print(out, "  ");
        var leftOut = new TreeMap<String, List<String>>();
        standing.leftOut()
                .forEach((member, why) ->
                        leftOut.computeIfAbsent(why, w -> new ArrayList<>()).add(member.toString()));
        leftOut.forEach((why, members) -> out.printf(
                "  no place: %s %s, %s%n", members.size() == 1 ? "member" : "members", String.join(" ", members), why));
    }
}
