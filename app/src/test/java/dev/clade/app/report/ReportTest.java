package dev.clade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Lineage;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final String OPENING = "<script type=\"application/json\" id=\"data\">";
    private static final String CLOSING = "</script>";

    private static final List<Entry> LOG = Runs.bowl(Runs.MIXED);
    private static final Population END = Population.of(LOG);
    private static final JsonNode DATA = data(LOG);

    // ---- everything is there

    @Test
    void theRunHasWhatTheseTestsLookFor() {
        assertThat(segments()).anyMatch(s -> s.source() instanceof Source.Copied);
        assertThat(segments()).anyMatch(s -> s.outcome() instanceof Outcome.Failed);
        assertThat(segments()).anyMatch(s -> s.copied().isPresent());
        assertThat(END.complete()).isTrue();
    }

    @Test
    void everyMemberIsThere() {
        assertThat(DATA.get("members")).hasSize(8);
        for (var node : DATA.get("members")) {
            var member = END.member(id(node.get("id").asInt()));
            assertThat(node.get("step").asLong()).isEqualTo(member.step());
            assertThat(node.get("lineageStep").asLong()).isEqualTo(member.lineageStep());
            assertThat(node.get("control").asBoolean())
                    .isEqualTo(END.specification().control(member.id()));
            assertThat(node.get("status").asString()).isEqualTo("ended");
        }
    }

    @Test
    void everySegmentIsThereWithItsScoreValuesAndOrigin() {
        assertThat(DATA.get("segments")).hasSize((int) segments().count());
        for (var node : DATA.get("segments")) {
            var segment = END.member(id(node.get("member").asInt()))
                    .segment(node.get("index").asInt());
            assertThat(node.get("startStep").asLong()).isEqualTo(segment.startStep());
            assertThat(real(node.get("score"))).isEqualTo(segment.pair().flatMap(p -> mean(p.evaluation())));
            assertThat(real(node.get("copied"))).isEqualTo(segment.copied().flatMap(ReportTest::mean));
            assertThat(node.get("origin").asString())
                    .isEqualTo(
                            switch (segment.source()) {
                                case Source.Fresh fresh -> "fresh";
                                case Source.Own own -> "own";
                                case Source.Copied copied -> "copy";
                                case Source.Blended blended -> "copy";
                            });
            assertThat(root(node.get("from"))).isEqualTo(segment.source().from().map(Pair::root));
            assertThat(node.get("values").propertyNames())
                    .containsExactlyElementsOf(segment.values().active().keySet());
            segment.values()
                    .active()
                    .forEach(
                            (name, value) -> assertThat(plain(node.get("values").get(name)))
                                    .as(name)
                                    .isEqualTo(Runs.json(value)));
        }
    }

    @Test
    void aSegmentThatFailedSaysWhyAndHasNoScore() {
        var failed = elements(DATA.get("segments"))
                .filter(s -> !s.get("failed").isNull())
                .toList();

        assertThat(failed).hasSize((int)
                segments().filter(s -> s.outcome() instanceof Outcome.Failed).count());
        assertThat(failed).allMatch(s -> s.get("score").isNull());
        assertThat(failed.stream().map(s -> s.get("failed").asString()))
                .contains("threw: java.lang.IllegalStateException: a <b>bolt</b> fell out")
                .anyMatch(why -> why.startsWith("diverged: "));
    }

    @Test
    void everyDecisionIsThereWithItsReasons() {
        var decided = LOG.stream()
                .filter(e -> e.event() instanceof Event.Decided || e.event() instanceof Event.WaitBegan)
                .toList();

        assertThat(DATA.get("decisions")).hasSize(decided.size());
        for (int i = 0; i < decided.size(); i++) {
            var node = DATA.get("decisions").get(i);
            assertThat(node.get("position").asLong()).isEqualTo(decided.get(i).position());
            var decision = ((Event.Decided) decided.get(i).event()).decision();
            assertThat(node.get("rule").asString()).isEqualTo(decision.because().rule());
            assertThat(node.get("because").propertyNames())
                    .containsExactlyElementsOf(decision.because().facts().keySet());
            assertThat(node.get("outcome").asString().equals("copy"))
                    .isEqualTo(decision instanceof Decision.Train t && t.weights() instanceof Decision.Weights.Of);
        }
    }

    @Test
    void aCopyNamesItsDonorAndWhatChanged() {
        var copy = elements(DATA.get("decisions"))
                .filter(d -> d.get("outcome").asString().equals("copy"))
                .findFirst()
                .orElseThrow();
        var member = END.member(id(copy.get("member").asInt()));
        var before = member.segment(copy.get("segment").asInt()).values();
        var after = member.segment(copy.get("segment").asInt() + 1).values();

        assertThat(copy.get("donor").asInt())
                .isEqualTo(member.segment(copy.get("segment").asInt() + 1)
                        .source()
                        .from()
                        .orElseThrow()
                        .member()
                        .index());
        assertThat(copy.get("changes").propertyNames()).containsExactlyElementsOf(before.differing(after));
        assertThat(copy.get("changes").get("rate").get(0).asDouble()).isEqualTo(before.real("rate"));
        assertThat(copy.get("changes").get("rate").get(1).asDouble()).isEqualTo(after.real("rate"));
    }

    @Test
    void theWinnerTheFinalsAndTheLineageAreThoseOfTheLog() {
        var finals = END.finals().orElseThrow();
        var winner = finals.winner(END.specification()).orElseThrow();

        assertThat(DATA.at("/winner/member").asInt())
                .isEqualTo(winner.pair().member().index());
        assertThat(DATA.at("/winner/score/mean").asDouble())
                .isEqualTo(mean(winner.measured()).orElseThrow());
        assertThat(DATA.at("/winner/score/samples").asInt()).isEqualTo(12);
        assertThat(DATA.at("/winner/report/metric").asString()).isEqualTo("test_loss");
        assertThat(DATA.at("/winner/provisional").asBoolean()).isFalse();
        assertThat(elements(DATA.get("lineage")).map(n -> root(n).orElseThrow()))
                .containsExactlyElementsOf(Lineage.of(END, winner.pair()).segments().reversed().stream()
                        .map(s -> new Pair.Root(s.member(), s.index()))
                        .toList());
        assertThat(DATA.get("finals")).hasSize(finals.candidates().size());
        assertThat(elements(DATA.get("finals")).filter(c -> c.get("control").asBoolean()))
                .hasSize(1);
    }

    @Test
    void theSearchSpaceIsToldWithItsScales() {
        assertThat(elements(DATA.get("parameters"))
                        .map(p ->
                                p.get("name").asString() + " " + p.get("scale").asString() + " "
                                        + p.get("size").asInt()))
                .containsExactly(
                        "rate log 0",
                        "momentum complement 0",
                        "dropout linear 3",
                        "width log 0",
                        "layers linear 0",
                        "optimizer choice 0",
                        "nesterov choice 0");
        assertThat(DATA.at("/parameters/6/when").asString()).isEqualTo("optimizer in [adam]");
        assertThat(DATA.at("/parameters/5/options/1").asString()).isEqualTo("</script>");
        assertThat(DATA.at("/parameters/3/low").asLong()).isEqualTo(8);
    }

    @Test
    void segmentsRanOneAfterAnotherOnTheRunningClock() {
        for (var node : DATA.get("segments")) {
            assertThat(node.get("began").asDouble())
                    .isBetween(0.0, node.get("ended").asDouble());
            if (node.get("failed").isNull()) {
                assertThat(node.at("/timings/train").asDouble()).isEqualTo(5.0);
            }
        }
    }

    // ---- every state of an experiment has a page

    @Test
    void everyPrefixOfALogHasAPage() {
        var log = Runs.bowl(Runs.MIXED.replace("steps: 60", "steps: 15"));

        var statuses = IntStream.rangeClosed(1, log.size())
                .mapToObj(length -> data(log.subList(0, length)).at("/experiment/status"))
                .map(JsonNode::asString)
                .distinct()
                .toList();

        assertThat(statuses).containsExactly("unfinished", "finals", "ended");
    }

    @Test
    void anExperimentOfOneMemberHasAPage() {
        var data = data(
                Runs.bowl(Runs.MIXED.replace("population: 8", "population: 1").replace("control: 2\n", "")));

        assertThat(data.get("members")).hasSize(1);
        assertThat(data.get("finals")).hasSize(1);
    }

    @Test
    void aSeedThatJavaScriptWouldRoundIsAText() {
        var data = data(Runs.bowl(Runs.MIXED.replace("steps: 60", "steps: 5")).subList(0, 1));

        assertThat(data.at("/experiment/seed").isNumber()).isTrue();
        assertThat(json(j -> j.large("seed", (1L << 53) + 1).large("low", -(1L << 53))))
                .isEqualTo("{\"seed\":\"9007199254740993\",\"low\":-9007199254740992}");
    }

    @Test
    void whatIsNoNumberIsNull() {
        assertThat(json(j -> j.real("a", Double.NaN)
                        .real("b", Double.POSITIVE_INFINITY)
                        .real("c", Optional.empty())))
                .isEqualTo("{\"a\":null,\"b\":null,\"c\":null}");
    }

    // ---- nothing leaves its place

    @Test
    void noTextCanLeaveTheScriptElement() {
        var hostile = "</script><script>alert(1)</script><!--<script>&amp;\u2028\u2029";
        var log = Runs.bowl(Runs.MIXED.replace("unit: epoch", "unit: \"" + hostile + "\""));
        var page = page(log);

        assertThat(embedded(page)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(page.split("<script", -1)).hasSize(page(LOG).split("<script", -1).length);
        assertThat(data(log).at("/experiment/unit").asString()).isEqualTo(hostile);
    }

    @Test
    void thePageFetchesNothing() {
        var page = page(LOG);

        assertThat(page).startsWith("<!doctype html>").endsWith("</html>\n").doesNotContain("CLADE_DATA");
        assertThat(page).contains("default-src 'none'; script-src 'sha256-").doesNotContain("unsafe-inline");
        assertThat(page.replace(embedded(page), ""))
                .doesNotContain("<link", "@import", "src=\"http", "href=\"http", "url(http", "fetch(", "eval(");
    }

    @Test
    void theHostAndFoldersAreNotTold() {
        assertThat(DATA.at("/experiment/provenance").propertyNames()).containsExactly("clade", "java");
    }

    // ---- the file

    @Test
    void aReportIsWrittenWholeInPlaceOfAnOlderOne(@TempDir Path folder) throws IOException {
        var file = folder.resolve("new/report.html");
        Report.write(LOG.subList(0, 1), file);
        Report.write(LOG, file);

        assertThat(Files.readString(file)).isEqualTo(page(LOG));
        try (var beside = Files.list(folder.resolve("new"))) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void whereNoFileCanBeIsAFault(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> Report.write(LOG, file.resolve("report.html")))
                .isInstanceOf(Fault.class)
                .hasMessage("CLADE-4301 the report cannot be written to " + file + "/report.html."
                        + "  Found: java.nio.file.FileAlreadyExistsException: " + file + "."
                        + "  Expected: a file name in a folder that can be written to."
                        + "  Mend: say where: clade report EXPERIMENT --to FILE.");
    }

    // ---- reading it again

    private static String page(List<Entry> log) {
        var out = new StringWriter();
        try {
            Report.write(log, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static String embedded(String page) {
        int from = page.indexOf(OPENING) + OPENING.length();
        return page.substring(from, page.indexOf(CLOSING, from));
    }

    private static JsonNode data(List<Entry> log) {
        return JsonMapper.builder().build().readTree(embedded(page(log)));
    }

    private static String json(Json.Part members) {
        var out = new StringWriter();
        try {
            Json.write(out, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<Segment> segments() {
        return END.members().stream().flatMap(m -> m.segments().stream());
    }

    private static dev.clade.population.MemberId id(int index) {
        return new dev.clade.population.MemberId(index);
    }

    private static Optional<Double> real(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.asDouble());
    }

    private static Optional<Double> mean(Evaluation evaluation) {
        return evaluation.metrics().get("loss") instanceof Reading.Finite finite
                ? Optional.of(finite.mean())
                : Optional.empty();
    }

    private static Optional<Pair.Root> root(JsonNode node) {
        return node.isNull()
                ? Optional.empty()
                : Optional.of(new Pair.Root(
                        id(node.get("member").asInt()), node.get("segment").asInt()));
    }

    private static Object plain(JsonNode node) {
        if (node.isArray()) {
            var items = new ArrayList<Object>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        return node.isNumber() ? node.asDouble() : node.isBoolean() ? node.asBoolean() : node.asString();
    }
}
