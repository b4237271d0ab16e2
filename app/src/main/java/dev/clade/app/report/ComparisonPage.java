package dev.clade.app.report;

import dev.clade.population.Metric;
import dev.clade.settings.Setting;
import dev.clade.space.Value;
import dev.clade.study.compare.Ablation;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Comparison;
import dev.clade.study.compare.Comparison.Line;
import dev.clade.study.compare.Recipe;
import dev.clade.study.compare.Spent;
import dev.clade.study.compare.Versus;
import dev.clade.study.statistics.Band;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Improvement;
import dev.clade.study.statistics.Interval;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The page of a comparison: who is better, by how much and how sure, learning curves with bands, costs,
/// settings. Its data is as `web/src/compare/data.ts` describes it.
///
/// @param verdict what may be said, sentence by sentence
/// @param settings of each arm, by its name, under the first seed that it has
/// @param budget in words
public record ComparisonPage(
        Comparison comparison, List<String> verdict, Map<String, Recipe.Settings> settings, String budget) {

    private static final int FORMAT = 1;

    private static final Page PAGE = new Page("compare.html", "clade compare FILE --to DIR");

    public ComparisonPage {
        verdict = List.copyOf(verdict);
        settings = new TreeMap<>(settings);
    }

    /// Writes it to a file, whole or not at all.
    ///
    /// @throws dev.clade.fault.Fault 4301 if it cannot be written
    public void write(Path to) {
        PAGE.write(this::data, to);
    }

    private void data(Writer to) throws IOException {
        var safe = new ScriptWriter(to);
        Json.write(
                safe,
                json -> json.whole("format", FORMAT)
                        .text("name", comparison.name())
                        .object("score", s -> metric(s, comparison.score()))
                        .object("selection", s -> metric(s, comparison.selection()))
                        .text("unit", comparison.unit())
                        .text("budget", budget)
                        .text("centre", comparison.centre().word())
                        .text("first", comparison.first())
                        .list(
                                "seeds",
                                s -> comparison.seeds().forEach(seed -> s.value(new Value.Text(Long.toString(seed)))))
                        .list("verdict", v -> verdict.forEach(said -> v.value(new Value.Text(said))))
                        .objects("arms", comparison.lines(), this::line));
        safe.flush();
    }

    private static void metric(Json json, Metric metric) {
        json.text("name", metric.name()).text("mode", metric.mode().name().toLowerCase(Locale.ROOT));
    }

    private void line(Json json, Line line) {
        var recipe = Optional.ofNullable(settings.get(line.arm().name()));
        json.text("name", line.arm().name())
                .text("meaning", meaning(line.arm()))
                .whole("rank", comparison.rank(line))
                .object("score", line.estimate(), ComparisonPage::estimate)
                .object("selected", line.selected(), ComparisonPage::estimate)
                .objects(
                        "scores",
                        line.scores().entrySet(),
                        (s, e) -> s.text("seed", Long.toString(e.getKey())).real("value", e.getValue()))
                .object("versus", line.versus(), ComparisonPage::versus)
                .object("spent", line.spent(), ComparisonPage::spent)
                .objects(
                        "failures",
                        line.failures().entrySet(),
                        (f, e) -> f.text("seed", Long.toString(e.getKey())).text("reason", e.getValue()))
                .objects("bySteps", line.bySteps().places(), ComparisonPage::place)
                .objects("byTime", line.byTime().places(), ComparisonPage::place)
                .text("settings", recipe.map(r -> text(r.settings())))
                .list("notes", n -> recipe.ifPresent(r -> r.notes().forEach(note -> n.value(new Value.Text(note)))));
    }

    private static Optional<String> meaning(Arm arm) {
        return switch (arm) {
            case Arm.Tuned tuned -> Optional.empty();
            case Arm.Ablated ablated -> Optional.of(ablated.ablation()).map(Ablation::meaning);
        };
    }

    private static String text(Setting.Mapping settings) {
        return SettingsText.of(Secrets.masked(settings));
    }

    private static void estimate(Json json, Estimate estimate) {
        json.real("value", estimate.value());
        interval(json, estimate.interval());
        json.whole("samples", estimate.samples())
                .text("by", estimate.by().name().toLowerCase(Locale.ROOT));
    }

    private static void interval(Json json, Optional<Interval> interval) {
        json.real("low", interval.map(Interval::low)).real("high", interval.map(Interval::high));
    }

    private static void versus(Json json, Versus versus) {
        json.object("difference", d -> estimate(d, versus.difference()))
                .object("better", b -> improvement(b, versus.better()))
                .whole("won", versus.won())
                .text("claim", versus.claim().name().toLowerCase(Locale.ROOT));
    }

    private static void improvement(Json json, Improvement improvement) {
        json.real("value", improvement.value());
        interval(json, improvement.interval());
    }

    private static void spent(Json json, Spent spent) {
        json.real("steps", spent.steps())
                .real("share", spent.share())
                .real("evaluations", spent.evaluations())
                .real("copies", spent.copies())
                .time("training", spent.training())
                .time("finals", spent.finals())
                .text("shortfall", spent.shortfall());
    }

    private static void place(Json json, Band.Place place) {
        json.real("at", place.at()).real("value", place.value());
        interval(json, place.interval());
    }
}
