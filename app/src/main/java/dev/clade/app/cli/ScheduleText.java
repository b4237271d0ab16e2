package dev.clade.app.cli;

import dev.clade.population.Lineage;
import dev.clade.population.Specification;
import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.space.Space;
import dev.clade.space.Value;
import dev.clade.study.replay.Knots;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A schedule as data.
final class ScheduleText {

    private ScheduleText() {}

    /// A line a stage: first and last step of the weights, the member that trained them, the values.
    static String csv(Lineage lineage, Space space) {
        var names = space.parameters().stream().map(Parameter::name).toList();
        var head =
                Stream.concat(Stream.of("from", "to", "member"), names.stream()).collect(Collectors.joining(","));
        return lineage.schedule().stream()
                .map(stage -> Stream.concat(
                                Stream.of(
                                        Long.toString(stage.from()),
                                        Long.toString(stage.to()),
                                        stage.member().toString()),
                                names.stream()
                                        .map(n -> stage.values()
                                                .find(n)
                                                .map(ScheduleText::cell)
                                                .orElse("")))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    /// The same for people.
    static String table(Lineage lineage, Specification specification) {
        var names =
                specification.space().parameters().stream().map(Parameter::name).toList();
        var heads = new ArrayList<>(List.of("from " + specification.unit(), "to", "member"));
        heads.addAll(names);
        var table = new Table(heads);
        for (var stage : lineage.schedule()) {
            var row = new ArrayList<>(List.of(
                    Long.toString(stage.from()),
                    Long.toString(stage.to()),
                    stage.member().toString()));
            names.forEach(
                    name -> row.add(stage.values().find(name).map(Text::value).orElse("-")));
            table.row(row);
        }
        return text(table);
    }

    // ---- smoothed to a few knots

    /// The scale on which a number moves in a straight line from one knot to the next; none for what does not move.
    static Optional<String> scale(Parameter parameter) {
        return switch (parameter.domain()) {
            case Domain.Choice choice -> Optional.empty();
            case Domain.Real real -> Optional.of(scale(real.scale()));
            case Domain.Whole whole -> Optional.of(scale(whole.scale()));
        };
    }

    private static String scale(Domain.Scale scale) {
        return switch (scale) {
            case LINEAR -> "linear";
            case LOG -> "log";
            case LOG_OF_COMPLEMENT -> "log of 1-x";
        };
    }

    /// A line a knot: its step, the values.
    static String csv(Knots knots, Space space) {
        var names = space.parameters().stream().map(Parameter::name).toList();
        return knots.schedule().points().stream()
                .map(point -> Stream.concat(
                                Stream.of(Long.toString(point.step())),
                                names.stream()
                                        .map(n -> point.values()
                                                .find(n)
                                                .map(ScheduleText::cell)
                                                .orElse("")))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "step," + String.join(",", names) + "\n", "\n"));
    }

    /// The same for people.
    static String table(Knots knots, Specification specification) {
        var names =
                specification.space().parameters().stream().map(Parameter::name).toList();
        var heads = new ArrayList<>(List.of(specification.unit()));
        heads.addAll(names);
        var table = new Table(heads);
        for (var point : knots.schedule().points()) {
            var row = new ArrayList<>(List.of(Long.toString(point.step())));
            names.forEach(
                    name -> row.add(point.values().find(name).map(Text::value).orElse("-")));
            table.row(row);
        }
        return text(table);
    }

    static Document document(String experiment, Specification specification, Knots knots) {
        var scales = new Document();
        specification.space().parameters().forEach(p -> scale(p).ifPresent(scale -> scales.with(p.name(), scale)));
        return new Document()
                .with("experiment", experiment)
                .with("unit", specification.unit())
                .with("interpolate", "linear")
                .with("scales", scales)
                .with("end", knots.schedule().end())
                .with("error", knots.error())
                .with(
                        "knots",
                        knots.schedule().points().stream()
                                .map(point -> new Document()
                                        .with("step", point.step())
                                        .with("hyperparameters", point.values()))
                                .toList());
    }

    private static String text(Table table) {
        var text = new StringWriter();
        table.print(new PrintWriter(text, true), "");
        return text.toString();
    }

    private static String cell(Value value) {
        var text = value.toString();
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    static Document document(Seen seen, Seen.Best best, Lineage lineage) {
        return new Document()
                .with("experiment", seen.held().name())
                .with("provisional", best.provisional())
                .with("unit", seen.specification().unit())
                .with(
                        "stages",
                        lineage.schedule().stream()
                                .map(stage -> new Document()
                                        .with("from", stage.from())
                                        .with("to", stage.to())
                                        .with("member", stage.member())
                                        .with("hyperparameters", stage.values()))
                                .toList());
    }
}
