package dev.clade.app.cli;

import dev.clade.population.Metric;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Comparison;
import dev.clade.study.compare.Comparison.Line;
import dev.clade.study.compare.Plan;
import dev.clade.study.compare.Recipe;
import dev.clade.study.compare.Spent;
import dev.clade.study.compare.Versus;
import dev.clade.study.statistics.Band;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Improvement;
import dev.clade.study.statistics.Interval;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A comparison on a terminal, and for programs.
record ComparisonText(Comparison comparison, Plan plan) {

    private static final int WIDTH = 110;
    private static final String NONE = "-";

    // ---- for people

    /// @param page that shows it
    /// @param store what commands must be told to find the store, with a space before it
    void print(PrintWriter out, Path page, String store) {
        var metric = comparison.score();
        out.println();
        out.printf(
                "%s: %s, the %s the better, of each winner; %s of %s%n",
                comparison.name(),
                metric.name(),
                metric.mode() == Metric.Mode.MAX ? "higher" : "lower",
                comparison.centre().word(),
                Text.count(comparison.seeds().size(), "seed", "seeds"));
        out.println();
        results().print(out, "  ");
        if (comparison.lines().stream().anyMatch(line -> line.spent().isPresent())) {
            out.println();
            out.println("  One experiment cost, on average:");
            costs().print(out, "  ");
        }
        if (comparison.failed()) {
            out.println();
            failures(out);
        }
        out.println();
        comparison.verdict(Text::number).forEach(said -> wrapped(out, said));
        out.println();
        out.println("  page  " + page + " (for any browser)");
        best().ifPresent(one -> out.println("  best  clade best " + one + " --to DIR" + store));
        out.flush();
    }

    private Table results() {
        var selected = comparison.lines().stream().anyMatch(l -> l.selected().isPresent());
        var heads = new ArrayList<>(
                List.of("rank", "arm", "seeds", comparison.score().name(), "95 % interval"));
        if (selected) {
            heads.add(comparison.selection().name());
        }
        heads.addAll(List.of("minus " + comparison.first(), "95 % interval", "P(better)", "95 % interval"));
        var table = new Table(heads);
        for (var line : comparison.lines()) {
            var row = new ArrayList<>(List.of(
                    comparison.rank(line).map(String::valueOf).orElse(NONE),
                    line.arm().name(),
                    Integer.toString(line.scores().size()),
                    value(line.estimate()),
                    interval(line.estimate())));
            if (selected) {
                row.add(value(line.selected()));
            }
            var difference = line.versus().map(Versus::difference);
            var better = line.versus().map(Versus::better);
            row.add(difference.map(d -> signed(d.value())).orElse(NONE));
            row.add(interval(difference));
            row.add(better.map(b -> Text.number(b.value())).orElse(NONE));
            row.add(better.flatMap(Improvement::interval)
                    .map(ComparisonText::words)
                    .orElse(NONE));
            table.row(row);
        }
        return table;
    }

    private static String value(Optional<Estimate> estimate) {
        return estimate.map(e -> Text.number(e.value())).orElse(NONE);
    }

    private static String interval(Optional<Estimate> estimate) {
        return estimate.flatMap(Estimate::interval).map(ComparisonText::words).orElse(NONE);
    }

    private static String words(Interval interval) {
        return Text.number(interval.low()) + " to " + Text.number(interval.high());
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Text.number(value);
    }

    private Table costs() {
        var unit = comparison.unit() + "s";
        var table = new Table("arm", unit, "of budget", "evaluations", "copies", "training", "finals");
        for (var line : comparison.lines()) {
            line.spent()
                    .ifPresent(spent -> table.row(
                            line.arm().name(),
                            whole(spent.steps()),
                            spent.share().map(s -> whole(100 * s) + " %").orElse(NONE),
                            whole(spent.evaluations()),
                            whole(spent.copies()),
                            Text.brief(spent.training()),
                            Text.brief(spent.finals())));
        }
        return table;
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }

    private void failures(PrintWriter out) {
        for (var line : comparison.lines()) {
            line.failures()
                    .forEach((seed, reason) ->
                            wrapped(out, "failed: " + line.arm().name() + ", seed " + seed + ": " + reason));
        }
    }

    /// Broken between words.
    private static void wrapped(PrintWriter out, String text) {
        var line = new StringBuilder("  ");
        for (var word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder("    ");
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    /// The experiment with the best final score.
    private Optional<String> best() {
        var metric = comparison.score();
        return comparison.lines().stream()
                .flatMap(line -> line.scores().entrySet().stream()
                        .map(e -> Map.entry(metric.oriented(e.getValue()), new Plan.Entry(line.arm(), e.getKey()))))
                .max(Map.Entry.comparingByKey())
                .map(e -> plan.named(e.getValue()));
    }

    // ---- for programs

    /// @param settings of each arm
    Document document(Map<String, Recipe.Settings> settings, Path page) {
        return new Document()
                .with("name", comparison.name())
                .with("metric", metric(comparison.score()))
                .with("selection", metric(comparison.selection()))
                .with("centre", comparison.centre().word())
                .with("first", comparison.first())
                .with("seeds", comparison.seeds())
                .with(
                        "arms",
                        comparison.lines().stream()
                                .map(line -> arm(
                                        line,
                                        Optional.ofNullable(
                                                settings.get(line.arm().name()))))
                                .toList())
                .with("verdict", comparison.verdict(Text::number))
                .with("page", page);
    }

    private static Document metric(Metric metric) {
        return new Document()
                .with("name", metric.name())
                .with("mode", metric.mode().name().toLowerCase(Locale.ROOT));
    }

    private Document arm(Line line, Optional<Recipe.Settings> settings) {
        return new Document()
                .with("name", line.arm().name())
                .with("rank", comparison.rank(line))
                .with("meaning", meaning(line.arm()))
                .with("score", line.estimate().map(ComparisonText::estimate))
                .with("selected", line.selected().map(ComparisonText::estimate))
                .with(
                        "scores",
                        comparison.seeds().stream()
                                .map(seed -> score(line, seed))
                                .toList())
                .with("against_first", line.versus().map(ComparisonText::versus))
                .with("spent", line.spent().map(ComparisonText::spent))
                .with("curve_by_steps", curve(line.bySteps()))
                .with("curve_by_seconds", curve(line.byTime()))
                .with("notes", settings.map(Recipe.Settings::notes).orElse(List.of()));
    }

    private static Optional<String> meaning(Arm arm) {
        return arm instanceof Arm.Ablated ablated
                ? Optional.of(ablated.ablation().meaning())
                : Optional.empty();
    }

    private Document score(Line line, long seed) {
        return new Document()
                .with("seed", seed)
                .with("experiment", plan.named(new Plan.Entry(line.arm(), seed)))
                .with("value", Optional.ofNullable(line.scores().get(seed)))
                .with("failed", Optional.ofNullable(line.failures().get(seed)));
    }

    private static Document estimate(Estimate estimate) {
        return new Document()
                .with("value", estimate.value())
                .with("interval95", ends(estimate.interval()))
                .with("interval_by", estimate.by().name().toLowerCase(Locale.ROOT))
                .with("samples", estimate.samples());
    }

    private static Optional<List<Double>> ends(Optional<Interval> interval) {
        return interval.map(i -> List.of(i.low(), i.high()));
    }

    private static Document versus(Versus versus) {
        return new Document()
                .with("difference", estimate(versus.difference()))
                .with("probability_better", improvement(versus.better()))
                .with("probability_better_unpaired", improvement(versus.unpaired()))
                .with("won", versus.won())
                .with("claim", versus.claim().name().toLowerCase(Locale.ROOT));
    }

    private static Document improvement(Improvement improvement) {
        return new Document().with("value", improvement.value()).with("interval95", ends(improvement.interval()));
    }

    private static Document spent(Spent spent) {
        return new Document()
                .with("steps", spent.steps())
                .with("share_of_budget", spent.share())
                .with("evaluations", spent.evaluations())
                .with("copies", spent.copies())
                .with("seconds_training", spent.training().toNanos() / 1e9)
                .with("seconds_finals", spent.finals().toNanos() / 1e9)
                .with("shortfall", spent.shortfall());
    }

    private static List<Document> curve(Band band) {
        return band.places().stream()
                .map(place -> new Document()
                        .with("at", place.at())
                        .with("value", place.value())
                        .with("interval95", ends(place.interval())))
                .toList();
    }
}
