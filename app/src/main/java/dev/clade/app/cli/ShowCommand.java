package dev.clade.app.cli;

import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Greed;
import dev.clade.population.Member;
import dev.clade.population.Metric;
import dev.clade.population.Segment;
import dev.clade.space.Parameter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clade show NAME`.
@Command(
        name = "show",
        description = "How an experiment stands: its members, their ranks, hyperparameters and failures.")
final class ShowCommand implements Callable<Integer> {

    /// How many failures a table shows.
    private static final int FAILURES = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var seen = Seen.of(held);
            var out = spec.commandLine().getOut();
            if (format.format() == Format.TABLE) {
                print(out, seen, new Census(seen));
            } else {
                document(seen, new Census(seen)).print(out, format.format());
            }
            out.flush();
            return 0;
        });
    }

    // ---- for people

    private static void print(PrintWriter out, Seen seen, Census census) throws IOException {
        var specification = seen.specification();
        var population = seen.population();
        var unit = specification.unit();
        out.printf(
                "%s  %s%s  created %s by Clade %s%n%n",
                seen.held().name(),
                seen.status(),
                population.ended().map(why -> " (" + why + ")").orElse(""),
                Text.minute(seen.created()),
                seen.creation().provenance().getOrDefault("clade", "of unknown version"));
        line(out, "ranked by", metric(seen));
        line(out, "budget", Text.budget(specification) + progress(seen, unit));
        line(out, "members", members(seen));
        line(
                out,
                "decisions",
                census.decisions() + " made"
                        + census.left()
                                .map(l -> l == 0 ? "" : ", about " + l + " left")
                                .orElse("") + "; " + Text.count(census.copies(), "copy", "copies"));
        line(out, "founders", census.foundersAlive() + " of " + census.founders() + " have living descendants");
        line(out, "greed", greed(Greed.of(population)));
        line(out, "time", census.shares().map(ShowCommand::shares).orElse("nothing trained yet"));
        line(out, "best", best(seen));
        line(out, "checkpoints", checkpoints(seen));
        changes(seen).forEach(c -> line(out, "changed", Text.minute(c.at()) + ": " + c.what()));
        out.println();
        table(seen, census).print(out, "");
        var front = new FrontTable(seen);
        if (front.present()) {
            out.println();
            front.print(out);
        }
        failures(out, census);
        out.println();
        next(out, seen);
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-12s %s%n", name, text);
    }

    private static String greed(Greed greed) {
        var spread = greed.spread().entrySet().stream()
                .map(e -> e.getKey() + " " + "%.2f".formatted(e.getValue()))
                .collect(Collectors.joining(", "));
        return Text.count(greed.stale(), "decision", "decisions") + " since the best score was last bettered"
                + (spread.isEmpty() ? "" : "; spread (1: as wide as the prior) " + spread);
    }

    private static String metric(Seen seen) {
        var objectives = seen.specification().objectives();
        return objectives.stream()
                        .map(m -> m.name() + ", the " + (m.mode() == Metric.Mode.MAX ? "higher" : "lower")
                                + " the better")
                        .collect(Collectors.joining("; "))
                + (objectives.size() > 1 ? "; by fronts, the winner by the first" : "");
    }

    private static String progress(Seen seen, String unit) {
        var steps = seen.population().members().stream().mapToLong(Member::step).summaryStatistics();
        return steps.getCount() == 0
                ? ""
                : "; mean %s %s, from %d to %d"
                        .formatted(unit, Text.number(steps.getAverage()), steps.getMin(), steps.getMax());
    }

    private static String members(Seen seen) {
        var specification = seen.specification();
        var population = seen.population();
        var missing = specification.population() - population.size();
        return population.size()
                + (missing > 0 ? " of " + specification.population() : "")
                + (specification.controls() > 0
                        ? ", of them " + Text.count(specification.controls(), "control", "controls")
                        : "")
                + (population.ended().isEmpty() && population.live() < population.size()
                        ? "; " + (population.size() - population.live()) + " over"
                        : "");
    }

    private static String shares(Census.Shares shares) {
        return "training %s, evaluation %s, switching %s (load %s, save %s, decide %s)"
                .formatted(
                        percent(shares.train()),
                        percent(shares.evaluate()),
                        percent(shares.switching()),
                        percent(shares.load()),
                        percent(shares.save()),
                        percent(shares.decide()));
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }

    private static String best(Seen seen) {
        return seen.best()
                .map(b -> "%s %s, member %s at %s %d%s"
                        .formatted(
                                seen.specification().metric().name(),
                                b.measured()
                                        .map(e -> Readings.interval(
                                                e, seen.specification().metric().name()))
                                        .orElseGet(() -> Text.number(seen.raw(b.evaluation()))),
                                b.pair().member(),
                                seen.specification().unit(),
                                b.pair().lineageStep(),
                                b.provisional() ? " (provisional: the best single reading so far)" : ""))
                .orElse(seen.population().complete() ? "no winner: see the failures" : "no score yet");
    }

    private static String checkpoints(Seen seen) throws IOException {
        var rows = seen.held().opened().shelf().rows();
        return rows.size() + ", " + Text.size(GcCommand.used(seen.held().bytes())) + " in "
                + seen.held().bytes();
    }

    private static Table table(Seen seen, Census census) {
        var parameters = parameters(seen);
        var heads = new ArrayList<>(List.of("rank", "member"));
        boolean grouped =
                seen.population().members().stream().anyMatch(m -> !m.group().equals(dev.clade.population.Group.ALL));
        if (grouped) {
            heads.add("group");
        }
        heads.addAll(List.of(
                "status",
                seen.specification().unit(),
                "lineage",
                seen.specification().metric().name(),
                "copied"));
        heads.addAll(parameters);
        var table = new Table(heads);
        for (var member : census.inOrder()) {
            var row = new ArrayList<String>();
            row.add(census.place(member).map(Census.Place::toString).orElse("-"));
            row.add(member.id().toString());
            if (grouped) {
                row.add(member.group().name());
            }
            row.add(status(member));
            row.add(Long.toString(member.step()));
            row.add(Long.toString(member.lineageStep()));
            row.add(member.standing()
                    .map(p -> Text.number(seen.raw(p.evaluation())))
                    .orElse("-"));
            row.add(census.lastCopy(member)
                    .map(c -> c.donor() + " at " + c.at())
                    .orElse("-"));
            parameters.forEach(name -> row.add(member.segment()
                    .flatMap(s -> s.values().find(name))
                    .map(Text::value)
                    .orElse("-")));
            table.row(row);
        }
        return table;
    }

    private static List<String> parameters(Seen seen) {
        return seen.specification().space().parameters().stream()
                .map(Parameter::name)
                .toList();
    }

    private static String status(Member member) {
        return switch (member.status()) {
            case UNDECIDED -> member.failure().isPresent() ? "failed" : "undecided";
            case DECIDED -> "queued";
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case WAITING -> "waiting";
            case ENDED -> "over: " + member.ended().orElse("");
        };
    }

    private static void failures(PrintWriter out, Census census) {
        var failed = census.failed();
        if (failed.isEmpty()) {
            return;
        }
        out.println();
        out.println(Text.count(failed.size(), "segment has failed", "segments have failed")
                + (failed.size() > FAILURES ? "; the last " + FAILURES + ":" : ":"));
        failed.subList(Math.max(0, failed.size() - FAILURES), failed.size()).forEach(s -> {
            var failure = Seen.failure(s).orElseThrow();
            out.printf(
                    "  member %s, segment %d, from step %d: %s: %s%n",
                    s.member(),
                    s.index(),
                    s.startStep(),
                    failure.kind().name().toLowerCase(Locale.ROOT),
                    failure.message());
        });
    }

    private static void next(PrintWriter out, Seen seen) {
        var name = seen.held().name();
        switch (seen.status()) {
            case SIMULATED -> out.println("Simulated: nothing was trained, and its scores are made up.");
            case INTERRUPTED -> out.println("To go on: clade resume " + name);
            case RUNNING -> out.println("To help it: clade worker " + name);
            case COMPLETE ->
                out.println("The model: clade best " + name + " --to DIR. Its schedule: clade schedule " + name
                        + ". Why a member did what it did: clade why " + name + " MEMBER");
        }
    }

    // ---- for programs

    private static Document document(Seen seen, Census census) throws IOException {
        var specification = seen.specification();
        var population = seen.population();
        var rows = seen.held().opened().shelf().rows();
        var document = new Document()
                .with("name", seen.held().name())
                .with("id", population.id())
                .with("status", seen.status())
                .with("ended", population.ended())
                .with("created", seen.created())
                .with("provenance", Document.of(seen.creation().provenance()))
                .with("position", population.position())
                .with("metric", specification.metric().name())
                .with("mode", specification.metric().mode().name().toLowerCase(Locale.ROOT))
                .with("unit", specification.unit())
                .with("budget", budget(seen))
                .with("decisions", census.decisions())
                .with("decisions_left", census.left())
                .with("copies", census.copies())
                .with("founders", census.founders())
                .with("founders_alive", census.foundersAlive())
                .with("greed", document(Greed.of(population)))
                .with("time", census.shares().map(ShowCommand::document))
                .with("best", seen.best().map(b -> document(seen, b)))
                .with(
                        "checkpoints",
                        new Document()
                                .with("count", rows.size())
                                .with("bytes", GcCommand.used(seen.held().bytes()))
                                .with("folder", seen.held().bytes()))
                .with("changes", changed(seen))
                .with(
                        "members",
                        census.inOrder().stream()
                                .map(m -> document(seen, census, m))
                                .toList())
                .with(
                        "failures",
                        census.failed().stream().map(ShowCommand::document).toList());
        return specification.objectives().size() > 1
                ? document.with("front", new FrontTable(seen).document())
                : document;
    }

    private static Document document(Greed greed) {
        return new Document()
                .with("founders", greed.founders())
                .with("members", greed.members())
                .with("decisions_since_best", greed.stale())
                .with("spread", Document.of(greed.spread()));
    }

    private record Change(long position, Instant at, String what) {}

    /// What operators have changed.
    private static List<Change> changes(Seen seen) {
        return seen.entries().stream()
                .flatMap(e -> e.event() instanceof Event.OperatorActed acted
                        ? Stream.of(new Change(e.position(), e.at(), acted.what()))
                        : Stream.empty())
                .toList();
    }

    /// The same for programs.
    static List<Document> changed(Seen seen) {
        return changes(seen).stream()
                .map(c -> new Document()
                        .with("position", c.position())
                        .with("at", c.at())
                        .with("what", c.what()))
                .toList();
    }

    private static Document budget(Seen seen) {
        var budget = seen.specification().budget();
        return new Document()
                .with("steps", budget.steps())
                .with("seconds", budget.time().map(t -> t.toMillis() / 1e3))
                .with("total_steps", budget.totalSteps())
                .with("target", budget.target());
    }

    private static Document document(Census.Shares shares) {
        return new Document()
                .with("train", shares.train())
                .with("evaluate", shares.evaluate())
                .with("load", shares.load())
                .with("save", shares.save())
                .with("decide", shares.decide())
                .with("switching", shares.switching());
    }

    static Document document(Seen seen, Seen.Best best) {
        return new Document()
                .with("member", best.pair().member())
                .with("segment", best.pair().segment())
                .with("step", best.pair().step())
                .with("lineage_step", best.pair().lineageStep())
                .with("score", seen.raw(best.evaluation()))
                .with("provisional", best.provisional())
                .with("measured", best.measured().map(Readings::document))
                .with("report", best.report().map(Readings::document))
                .with("hyperparameters", best.pair().values())
                .with("checkpoint", best.pair().checkpoint());
    }

    private static Document document(Seen seen, Census census, Member member) {
        return new Document()
                .with("member", member.id())
                .with("group", member.group().name())
                .with("status", status(member))
                .with("step", member.step())
                .with("lineage_step", member.lineageStep())
                .with("score", member.standing().map(p -> seen.raw(p.evaluation())))
                .with("rank", census.place(member).map(Census.Place::rank))
                .with("tied", census.place(member).map(Census.Place::tied).orElse(false))
                .with(
                        "last_copy",
                        census.lastCopy(member)
                                .map(c ->
                                        new Document().with("donor", c.donor()).with("at", c.at())))
                .with("hyperparameters", member.segment().map(Segment::values))
                .with("failure", member.failure().map(f -> f.kind() + ": " + f.message()));
    }

    private static Document document(Segment failed) {
        var failure = Seen.failure(failed).orElseThrow();
        return new Document()
                .with("member", failed.member())
                .with("segment", failed.index())
                .with("step", failed.startStep())
                .with("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .with("message", failure.message());
    }

    /// The member that a word names.
    ///
    /// @throws Fault 4106 if there is none
    static Member member(Seen seen, String word) {
        return Optional.of(word)
                .filter(w -> w.matches("\\d{1,9}"))
                .flatMap(w -> seen.population().find(new dev.clade.population.MemberId(Integer.parseInt(w))))
                .orElseThrow(() -> new Fault(
                        4106,
                        "experiment '" + seen.held().name() + "' has no member '" + word + "'.",
                        seen.population().size() + " members.",
                        seen.population().size() == 0
                                ? "one that is enrolled."
                                : "a number from 0 to " + (seen.population().size() - 1) + ".",
                        "'clade show " + seen.held().name() + "' shows them."));
    }
}
