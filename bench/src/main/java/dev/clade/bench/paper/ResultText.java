package dev.clade.bench.paper;

import dev.clade.population.Lineage;
import dev.clade.population.MemberId;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.study.statistics.Curve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// A result as settings, and back, to the last bit.
final class ResultText {

    private ResultText() {}

    // ---- writing

    static Setting.Mapping written(Result result) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("measured", numbers(result.measured()));
        entries.put("reported", numbers(result.reported()));
        result.population().ifPresent(mean -> entries.put("population_mean", Setting.number(mean)));
        entries.put("cost", cost(result.cost()));
        entries.put(
                "curve",
                Setting.list(result.curve().points().stream()
                        .map(p -> Setting.list(List.of(Setting.number(p.at()), Setting.number(p.value()))))
                        .toList()));
        entries.put(
                "drawn",
                Setting.list(result.drawn().stream().map(SpaceReader::written).toList()));
        entries.put(
                "schedule",
                Setting.list(result.schedule().stream().map(ResultText::stage).toList()));
        result.descent().ifPresent(descent -> entries.put("descent", descent(descent)));
        return Setting.map(entries);
    }

    private static Setting numbers(SortedMap<String, Double> numbers) {
        var entries = new LinkedHashMap<String, Setting>();
        numbers.forEach((name, value) -> entries.put(name, Setting.number(value)));
        return Setting.map(entries);
    }

    private static Setting cost(Result.Cost cost) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("steps", whole(cost.steps()));
        entries.put("evaluations", whole(cost.evaluations()));
        entries.put("copies", whole(cost.copies()));
        entries.put("failed", whole(cost.failed()));
        entries.put("cpu_seconds", Setting.number(cost.cpu()));
        entries.put("wall_seconds", Setting.number(cost.wall()));
        return Setting.map(entries);
    }

    private static Setting stage(Lineage.Stage stage) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("from", whole(stage.from()));
        entries.put("to", whole(stage.to()));
        entries.put("member", whole(stage.member().index()));
        entries.put("values", SpaceReader.written(stage.values()));
        return Setting.map(entries);
    }

    /// Spans as `[member, from, to]`, those with a parent `[member, from, to, parent]`.
    private static Setting descent(Descent descent) {
        var entries = new LinkedHashMap<String, Setting>();
        entries.put("winner", whole(descent.winner()));
        entries.put(
                "spans",
                Setting.list(descent.spans().stream().map(ResultText::span).toList()));
        return Setting.map(entries);
    }

    private static Setting span(Descent.Span span) {
        var numbers = new ArrayList<Setting>();
        numbers.add(whole(span.member()));
        numbers.add(whole(span.from()));
        numbers.add(whole(span.to()));
        span.parent().ifPresent(parent -> numbers.add(whole(parent)));
        return Setting.list(numbers);
    }

    private static Setting whole(long value) {
        return Setting.word(Long.toString(value));
    }

    // ---- reading

    /// @param space of the experiment
    /// @throws dev.clade.fault.Fault where it is no result
    static Result read(Setting.Mapping written, Space space) {
        var fields = Fields.of(written, "the result");
        var population = fields.find("population_mean");
        return new Result(
                numbers(fields.need("measured")),
                numbers(fields.need("reported")),
                population.map(mean -> OptionalDouble.of(mean.asReal())).orElse(OptionalDouble.empty()),
                new Curve(fields.need("curve").asList().stream()
                        .map(p -> new Curve.Point(
                                p.asList().getFirst().asReal(),
                                p.asList().getLast().asReal()))
                        .toList()),
                fields.need("drawn").asList().stream()
                        .map(values -> values(values, space))
                        .toList(),
                fields.need("schedule").asList().stream()
                        .map(stage -> stage(stage.asMapping().entries(), space))
                        .toList(),
                fields.find("descent")
                        .map(descent -> descent(descent.asMapping().entries())),
                cost(fields.need("cost").asMapping().entries()));
    }

    private static SortedMap<String, Double> numbers(Setting written) {
        var numbers = new TreeMap<String, Double>();
        written.asMapping().entries().forEach((name, value) -> numbers.put(name, value.asReal()));
        return numbers;
    }

    private static Result.Cost cost(Map<String, Setting> written) {
        return new Result.Cost(
                of(written, "steps").asWhole(),
                of(written, "evaluations").asWhole(),
                of(written, "copies").asWhole(),
                of(written, "failed").asWhole(),
                of(written, "cpu_seconds").asReal(),
                of(written, "wall_seconds").asReal());
    }

    private static Lineage.Stage stage(Map<String, Setting> written, Space space) {
        return new Lineage.Stage(
                of(written, "from").asWhole(),
                of(written, "to").asWhole(),
                values(of(written, "values"), space),
                new MemberId(of(written, "member").asCount(0)));
    }

    private static Descent descent(Map<String, Setting> written) {
        return new Descent(
                of(written, "spans").asList().stream().map(ResultText::span).toList(),
                of(written, "winner").asCount(0));
    }

    private static Descent.Span span(Setting written) {
        var numbers = written.asList();
        return new Descent.Span(
                numbers.get(0).asCount(0),
                numbers.get(1).asWhole(),
                numbers.get(2).asWhole(),
                numbers.size() > 3 ? OptionalInt.of(numbers.get(3).asCount(0)) : OptionalInt.empty());
    }

    private static Hyperparameters values(Setting written, Space space) {
        var values = new TreeMap<String, Value>();
        written.asMapping().entries().forEach((name, value) -> values.put(name, SpaceReader.given(space, name, value)));
        return new Hyperparameters(values);
    }

    private static Setting of(Map<String, Setting> written, String name) {
        return Objects.requireNonNull(written.get(name), name);
    }
}
