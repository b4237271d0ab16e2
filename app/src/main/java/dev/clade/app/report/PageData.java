package dev.clade.app.report;

import dev.clade.app.report.Chronicle.Change;
import dev.clade.app.report.Chronicle.Span;
import dev.clade.app.report.Chronicle.Told;
import dev.clade.population.Event;
import dev.clade.population.Finals.Winner;
import dev.clade.population.Lineage;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Measured;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.population.Timings;
import dev.clade.run.Gallery;
import dev.clade.space.Condition;
import dev.clade.space.Domain;
import dev.clade.space.Parameter;
import dev.clade.study.statistics.Interval;
import dev.clade.study.statistics.Student;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The data of the page, as `web/src/model/data.ts` describes it.
final class PageData {

    private static final int FORMAT = 1;
    /// Of the provenance, what may be sent around: no host, no folders.
    private static final List<String> TOLD = List.of("clade", "java", "os");

    private static final Pattern NUMBER = Pattern.compile("NaN|-?(Infinity|[0-9]+([.][0-9]+)?(E-?[0-9]+)?)");

    private final Chronicle chronicle;
    private final Population end;
    private final Specification specification;
    private final String metric;
    private final Optional<Winner> winner;

    private PageData(Chronicle chronicle) {
        this.chronicle = chronicle;
        end = chronicle.end();
        specification = end.specification();
        metric = specification.metric().name();
        winner = end.finals().flatMap(f -> f.winner(specification));
    }

    /// Writes one JSON object that may stand in a script element.
    static void write(Chronicle chronicle, Gallery.Wall wall, Writer to) throws IOException {
        var data = new PageData(chronicle);
        var safe = new ScriptWriter(to);
        Json.write(
                safe,
                json -> json.whole("format", FORMAT)
                        .object("experiment", data::experiment)
                        .objects("parameters", data.specification.space().parameters(), PageData::parameter)
                        .objects("members", data.end.members(), data::member)
                        .objects("segments", data.segments(), data::segment)
                        .objects("decisions", chronicle.decisions(), PageData::decision)
                        .object("winner", data.winner, data::winner)
                        .objects("lineage", data.lineage(), PageData::node)
                        .objects("finals", data.candidates(), data::candidate)
                        .objects("front", data.end.front().pairs(), data::fronted)
                        .objects("pictures", wall.pictures(), PageData::picture)
                        .text("picturesNote", wall.note()));
        safe.flush();
    }

    private void experiment(Json json) {
        json.text("id", end.id())
                .text("name", specification.name())
                .text("metric", metric)
                .text("mode", word(specification.metric().mode()))
                .text("unit", specification.unit())
                .whole("population", specification.population())
                .large("seed", specification.seed())
                .text("created", chronicle.created().toString())
                .text("status", status())
                .text("ended", end.ended().map(why -> simulated() ? why + ", simulated" : why))
                .time("elapsed", end.elapsed())
                .text("budget", specification.budget().toString())
                .text("settings", SettingsText.of(Secrets.masked(specification.settings())))
                .object(
                        "provenance",
                        p -> TOLD.forEach(name -> Optional.ofNullable(
                                        chronicle.provenance().get(name))
                                .ifPresent(said -> p.text(name, said))));
    }

    private boolean simulated() {
        return chronicle.provenance().containsKey(Event.ExperimentCreated.SIMULATED);
    }

    private String status() {
        return end.moved().isPresent()
                ? "moved"
                : end.ended().isEmpty() ? "unfinished" : end.complete() ? "ended" : "finals";
    }

    private static void parameter(Json json, Parameter parameter) {
        json.text("name", parameter.name());
        switch (parameter.domain()) {
            case Domain.Real real ->
                json.text("scale", scale(real.scale()))
                        .real("low", real.low())
                        .real("high", real.high())
                        .nothing("options");
            case Domain.Whole whole ->
                json.text("scale", scale(whole.scale()))
                        .whole("low", whole.low())
                        .whole("high", whole.high())
                        .nothing("options");
            case Domain.Choice choice ->
                json.text("scale", "choice")
                        .nothing("low")
                        .nothing("high")
                        .list("options", o -> choice.options().forEach(o::value));
        }
        json.whole("size", parameter.size()).text("when", parameter.when().map(Condition::toString));
    }

    private static String scale(Domain.Scale scale) {
        return switch (scale) {
            case LINEAR -> "linear";
            case LOG -> "log";
            case LOG_OF_COMPLEMENT -> "complement";
        };
    }

    private void member(Json json, Member member) {
        json.whole("id", member.id().index())
                .text("group", member.group().name())
                .flag("control", !member.ranked() || specification.control(member.id()))
                .text("status", status(member))
                .text("reason", member.ended().or(() -> member.failure().map(f -> f.message())))
                .whole("step", member.step())
                .whole("lineageStep", member.lineageStep());
    }

    /// As `clade show` says it.
    private static String status(Member member) {
        return member.status() == Member.Status.UNDECIDED && member.failure().isPresent()
                ? "failed"
                : word(member.status());
    }

    // ---- segments

    private List<Segment> segments() {
        return end.members().stream().flatMap(m -> m.segments().stream()).toList();
    }

    private void segment(Json json, Segment segment) {
        var pair = segment.pair();
        var span = chronicle.span(segment);
        json.whole("member", segment.member().index())
                .whole("index", segment.index())
                .text("origin", origin(segment))
                .whole("donor", donor(segment))
                .object("from", segment.source().from().map(Pair::root), PageData::node)
                .whole("startStep", segment.startStep())
                .whole("endStep", pair.map(Pair::step).orElse(segment.startStep()))
                .whole("lineageStart", segment.startLineage())
                .whole("lineageEnd", pair.map(Pair::lineageStep))
                .object("values", v -> segment.values().active().forEach((name, x) -> v.value(name, Optional.of(x))))
                .real("score", pair.flatMap(p -> mean(p.evaluation(), metric)))
                .reals("samples", pair.map(p -> samples(p.evaluation())).orElse(List.of()))
                .real("copied", segment.copied().flatMap(e -> mean(e, metric)))
                .objects("midway", midway(segment), this::measured)
                .text("failed", failed(segment))
                .time("began", span.map(Span::began))
                .time("ended", span.flatMap(Span::ended))
                .object("timings", timings(segment), PageData::timings);
    }

    private static String origin(Segment segment) {
        return switch (segment.source()) {
            case Source.Fresh fresh -> "fresh";
            case Source.Own own -> "own";
            case Source.Copied copied -> "copy";
            case Source.Blended blended -> blended.pair().member().equals(segment.member()) ? "own" : "copy";
        };
    }

    private static Optional<Integer> donor(Segment segment) {
        return segment.source()
                .from()
                .map(Pair::member)
                .filter(m -> !m.equals(segment.member()))
                .map(m -> m.index());
    }

    private static List<Measured> midway(Segment segment) {
        return segment.outcome() instanceof Outcome.Finished finished
                ? finished.measured().subList(0, finished.measured().size() - 1)
                : List.of();
    }

    private void measured(Json json, Measured measured) {
        json.whole("step", measured.step()).real("score", mean(measured.evaluation(), metric));
    }

    private Optional<String> failed(Segment segment) {
        return switch (segment.outcome()) {
            case Outcome.Open open -> Optional.empty();
            case Outcome.Failed failed ->
                Optional.of(
                        word(failed.failure().kind()) + ": " + failed.failure().message());
            case Outcome.Finished finished ->
                switch (finished.pair().evaluation().metrics().get(metric)) {
                    case Reading.Finite finite -> Optional.empty();
                    case Reading.Diverged diverged -> Optional.of("diverged: " + diverged.what());
                    case null -> Optional.of("the metric was not measured");
                };
        };
    }

    private static Optional<Timings> timings(Segment segment) {
        return segment.outcome() instanceof Outcome.Finished finished
                ? Optional.of(finished.timings())
                : Optional.empty();
    }

    private static void timings(Json json, Timings timings) {
        json.time("train", timings.train())
                .time("evaluate", timings.evaluate())
                .time("save", timings.save())
                .time("load", timings.load())
                .time("decide", timings.decide())
                .time("wait", timings.idle());
    }

    // ---- decisions

    private static void decision(Json json, Told told) {
        json.whole("position", told.position())
                .whole("member", told.member().index())
                .whole("segment", told.segment())
                .whole("step", told.step())
                .text("rule", told.because().rule())
                .text("outcome", word(told.outcome()))
                .whole("donor", told.donor().map(d -> d.index()))
                .object("because", b -> told.because().facts().forEach((name, fact) -> fact(b, name, fact)))
                .list(
                        "over",
                        o -> told.because().over().forEach(m -> o.value(new dev.clade.space.Value.Whole(m.index()))))
                .object("changes", c -> told.changes().forEach((name, change) -> change(c, name, change)));
    }

    /// A number where the fact is one, so that the page can round it.
    private static void fact(Json json, String name, String fact) {
        if (NUMBER.matcher(fact).matches()) {
            json.real(name, Double.parseDouble(fact));
        } else {
            json.text(name, fact);
        }
    }

    private static void change(Json json, String name, Change change) {
        json.list(name, l -> {
            l.value(change.before());
            l.value(change.after());
        });
    }

    // ---- the end

    private void winner(Json json, Winner winner) {
        json.whole("member", winner.pair().member().index())
                .whole("segment", winner.pair().segment())
                .flag("provisional", !end.complete())
                .object("score", s -> reading(s, winner.measured(), metric))
                .object("report", winner.report(), this::report)
                .text("checkpoint", winner.pair().checkpoint().digest())
                .whole("lineageStep", winner.pair().lineageStep());
    }

    private void report(Json json, Evaluation evaluation) {
        specification.report().ifPresent(r -> {
            json.text("metric", r.name());
            reading(json, evaluation, r.name());
        });
    }

    private List<Pair.Root> lineage() {
        return winner.map(w -> Lineage.of(end, w.pair()).segments().reversed().stream()
                        .map(s -> new Pair.Root(s.member(), s.index()))
                        .toList())
                .orElse(List.of());
    }

    private List<Candidate> candidates() {
        return end.finals()
                .map(f -> java.util.stream.IntStream.range(0, f.candidates().size())
                        .mapToObj(i ->
                                new Candidate(f.candidates().get(i), f.results().get(i)))
                        .toList())
                .orElse(List.of());
    }

    /// A candidate of the finals with what it measured there, once it did.
    private record Candidate(Pair pair, Optional<Evaluation> measured) {}

    private void candidate(Json json, Candidate candidate) {
        var pair = candidate.pair();
        json.whole("member", pair.member().index())
                .whole("segment", pair.segment())
                .flag("control", specification.control(pair.member()))
                .real("before", mean(pair.evaluation(), metric))
                .object("score", candidate.measured(), (s, e) -> reading(s, e, metric));
    }

    /// A pair that nobody dominates, where there are several metrics.
    private void fronted(Json json, Pair pair) {
        json.whole("member", pair.member().index())
                .whole("segment", pair.segment())
                .object(
                        "scores",
                        s -> specification
                                .objectives()
                                .forEach(m -> s.real(m.name(), mean(pair.evaluation(), m.name()))));
    }

    private static void node(Json json, Pair.Root node) {
        json.whole("member", node.member().index()).whole("segment", node.segment());
    }

    /// A picture whole: the page fetches nothing. One that has gone meanwhile is left out by the page.
    private static void picture(Json json, Gallery.Picture picture) {
        json.text("name", picture.name())
                .whole("width", picture.width())
                .whole("height", picture.height())
                .text("png", base64(picture.file()));
    }

    private static Optional<String> base64(Path file) {
        try {
            return Optional.of(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // ---- readings

    private static void reading(Json json, Evaluation evaluation, String metric) {
        var samples = evaluation.metrics().get(metric) instanceof Reading.Finite finite
                ? finite.samples()
                : List.<Double>of();
        var interval = Student.interval(samples);
        json.real("mean", mean(evaluation, metric))
                .real("low", interval.map(Interval::low))
                .real("high", interval.map(Interval::high))
                .whole("samples", samples.size());
    }

    private static Optional<Double> mean(Evaluation evaluation, String metric) {
        return evaluation.metrics().get(metric) instanceof Reading.Finite finite
                ? Optional.of(finite.mean())
                : Optional.empty();
    }

    private List<Double> samples(Evaluation evaluation) {
        return evaluation.metrics().get(metric) instanceof Reading.Finite finite ? finite.samples() : List.of();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
