package dev.clade.app.cli;

import dev.clade.population.Lineage;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.run.Gallery;
import dev.clade.space.Parameter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run says at its end.
final class Summary {

    private static final int LINES = 8;

    private Summary() {}

    /// @param model the folder that it is in
    /// @param report the page
    /// @param wall the winner's pictures
    /// @param store what commands must be told to find the store, with a space before it
    static void print(
            PrintWriter out, Seen seen, Seen.Best best, Path model, Path report, Gallery.Wall wall, String store) {
        var end = seen.population();
        var specification = end.specification();
        var metric = specification.metric().name();
        var lineage = Lineage.of(end, best.pair());
        out.println();
        line(
                out,
                "winner",
                "member %s, %s %s, measured afresh"
                        .formatted(best.pair().member(), metric, Readings.interval(best.evaluation(), metric)));
        best.report()
                .ifPresent(measured -> specification
                        .report()
                        .ifPresent(r -> line(out, "reported", r.name() + " " + Readings.interval(measured, r.name()))));
        control(end).ifPresent(text -> line(out, "controls", text));
        line(
                out,
                "lineage",
                "%d %ss in %s by %s; %s on the way"
                        .formatted(
                                best.pair().lineageStep(),
                                specification.unit(),
                                Text.count(lineage.segments().size(), "segment", "segments"),
                                Text.count(
                                        lineage.segments().stream()
                                                .map(Segment::member)
                                                .distinct()
                                                .count(),
                                        "member",
                                        "members"),
                                Text.count(copies(lineage), "copy", "copies")));
        failures(out, seen);
        line(out, "best model", model.toString());
        line(out, "report", report + " (for any browser" + pictures(wall) + ")");
        wall.note().ifPresent(note -> line(out, "pictures", note));
        out.println();
        schedule(out, seen, lineage);
        out.println();
        var name = seen.held().name();
        out.println("To go on:");
        command(out, "clade show " + name + store, "how every member ended");
        command(out, "clade why " + name + " " + best.pair().member() + store, "what the winner did, and why");
        command(out, "clade schedule " + name + " -f pytorch" + store, "the schedule as code (optax, keras, csv ...)");
        command(out, "clade best " + name + " --to DIR" + store, "the model with its history, again");
        out.flush();
    }

    private static String pictures(Gallery.Wall wall) {
        int count = wall.pictures().size();
        return count == 0 ? "" : ", with " + Text.count(count, "picture", "pictures") + " of the winner";
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-11s %s%n", name, text);
    }

    private static void command(PrintWriter out, String command, String what) {
        out.printf("  %-40s  %s%n", command, what);
    }

    /// A population goes on whatever fails; who reads only the end must not miss it.
    private static void failures(PrintWriter out, Seen seen) {
        var failed = new Census(seen).failed();
        if (!failed.isEmpty()) {
            var failure = Seen.failure(failed.getLast()).orElseThrow();
            line(
                    out,
                    "failures",
                    "%s failed; the last, of member %s: %s: %s"
                            .formatted(
                                    Text.count(failed.size(), "segment", "segments"),
                                    failed.getLast().member(),
                                    failure.kind().name().toLowerCase(Locale.ROOT),
                                    failure.message().lines().findFirst().orElse("")));
        }
    }

    private static Optional<String> control(Population end) {
        var finals = end.finals().orElseThrow();
        var specification = end.specification();
        for (int i = 0; i < finals.candidates().size(); i++) {
            var member = finals.candidates().get(i).member();
            if (specification.control(member) && finals.results().get(i).isPresent()) {
                var metric = specification.metric().name();
                return Optional.of("the best of " + specification.controls() + ", member " + member + ": " + metric
                        + " " + Readings.interval(finals.results().get(i).get(), metric));
            }
        }
        return Optional.empty();
    }

    private static long copies(Lineage lineage) {
        return lineage.segments().stream()
                .filter(s -> s.source() instanceof Segment.Source.Copied)
                .count();
    }

    // ---- the schedule

    private static void schedule(PrintWriter out, Seen seen, Lineage lineage) {
        var specification = seen.specification();
        var names =
                specification.space().parameters().stream().map(Parameter::name).toList();
        var heads = new ArrayList<>(List.of("from " + specification.unit(), "member"));
        heads.addAll(names);
        var table = new Table(heads);
        for (var stage : stages(lineage)) {
            var row = new ArrayList<>(
                    List.of(Long.toString(stage.from()), stage.member().toString()));
            names.forEach(
                    name -> row.add(stage.values().find(name).map(Text::value).orElse("-")));
            table.row(row);
        }
        int all = lineage.schedule().size();
        out.println("  Its schedule" + (all > LINES ? " (" + LINES + " of " + all + " stages)" : "") + ":");
        table.print(out, "  ");
    }

    /// At most [#LINES] stages, evenly spread, the last among them.
    private static List<Lineage.Stage> stages(Lineage lineage) {
        var all = lineage.schedule();
        if (all.size() <= LINES) {
            return all;
        }
        return Stream.iterate(0, i -> i + 1)
                .limit(LINES)
                .map(i -> all.get((int) ((long) i * (all.size() - 1) / (LINES - 1))))
                .toList();
    }
}
