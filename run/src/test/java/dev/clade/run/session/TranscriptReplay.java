package dev.clade.run.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Value;
import dev.clade.trainer.Capability;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.TrainingFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The transcripts of `docs/protocol`: the program's side is played as it stands there, Clade's side is a session that
/// is
/// asked for what the transcript has it ask for. What it says must be the same, message by message.
class TranscriptReplay {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path TRANSCRIPTS = Path.of("..", "docs", "protocol");

    private record Spoken(boolean clade, JsonNode message) {

        static Spoken of(String line) {
            var node = JSON.readTree(line);
            return new Spoken(node.get("from").stringValue().equals("clade"), node.get("message"));
        }

        String type() {
            return message.get("type").stringValue();
        }
    }

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        try (var files = Files.list(TRANSCRIPTS)) {
            var all =
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(8);
            return all.stream().map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> replay(f)));
        }
    }

    private static void replay(Path file) throws Exception {
        var spoken = Files.readAllLines(file).stream()
                .filter(l -> !l.isBlank())
                .map(Spoken::of)
                .toList();
        var played = new CompletableFuture<Integer>();
        var session = session(spoken, new Played(socket -> {
            try (var peer = new Peer(socket)) {
                played.complete(play(spoken, peer));
            } catch (IOException | AssertionError e) {
                played.completeExceptionally(e);
            }
        }));
        try (session) {
            conduct(spoken, session);
        }
        assertThat(played.get(10, TimeUnit.SECONDS)).isEqualTo(spoken.size());
    }

    /// @return the messages played
    private static int play(List<Spoken> spoken, Peer peer) throws IOException {
        for (var one : spoken) {
            if (one.clade()) {
                assertThat(JSON.readTree(peer.hears())).isEqualTo(one.message());
            } else {
                peer.says(JSON.writeValueAsString(one.message()));
            }
        }
        assertThat(peer.hears()).isEqualTo("(end)");
        return spoken.size();
    }

    private static Session session(List<Spoken> spoken, Played host) {
        var welcome = spoken.stream().filter(s -> s.type().equals("welcome")).findFirst();
        var changes = new TreeMap<String, Parameter.Change>();
        welcome.ifPresent(w -> w.message()
                .get("parameters")
                .properties()
                .forEach(p -> changes.put(
                        p.getKey(),
                        Parameter.Change.valueOf(
                                p.getValue().get("change").stringValue().toUpperCase(Locale.ROOT)))));
        int lanes = welcome.map(w -> w.message().get("lanes").intValue()).orElse(1);
        var claim = lanes > 1 ? new Claim(Set.of(Capability.LANES), lanes) : Claim.NOTHING;
        return new Session(new Terms("digits", List.of("accuracy"), "step", changes), claim, host, 0, lanes);
    }

    // ---- Clade's side

    private static void conduct(List<Spoken> spoken, Session session) throws IOException {
        for (int i = 0; i < spoken.size(); i++) {
            var batch = new ArrayList<JsonNode>();
            while (i < spoken.size() && spoken.get(i).clade()) {
                batch.add(spoken.get(i).message());
                if (!spoken.get(i).message().has("more")) {
                    break;
                }
                i++;
            }
            if (!batch.isEmpty()) {
                ask(batch, spoken.subList(i + 1, spoken.size()), session);
            } else if (spoken.get(i).message().path("protocol").toString().equals("[7]")) {
                refused(session);
            }
        }
    }

    private static void refused(Session session) {
        var fresh = start(JSON.readTree("""
                {"origin":"fresh","seed":1,"hyperparameters":{},"changed":[],
                 "member":0,"segment":0,"step":0,"lineage":0}"""));
        var starts = new TreeMap<Integer, Start>();
        starts.put(0, fresh);
        var failure = catchThrowableOfType(TrainingFailed.class, () -> session.begin(starts));
        assertThat(failure.kind()).isEqualTo(TrainingFailed.Kind.THREW);
        assertThat(failure)
                .hasMessage("CLADE-3502 no version of the protocol is spoken by both.  Found: [7]  Expected: 1"
                        + "  Mend: install the version of the client that belongs to this Clade.");
    }

    private static void ask(List<JsonNode> batch, List<Spoken> next, Session session) throws IOException {
        var failure = next.stream()
                .takeWhile(s -> !s.clade() || s.type().equals("stop"))
                .filter(s -> s.type().equals("failed"))
                .findFirst();
        try {
            answered(batch, next, session);
            assertThat(failure).isEmpty();
        } catch (TrainingFailed e) {
            assertThat(failure).isPresent();
            var told = failure.get().message();
            assertThat(e.kind().name().toLowerCase(Locale.ROOT))
                    .isEqualTo(told.get("kind").stringValue());
            assertThat(e).hasMessage(told.get("what").stringValue());
        }
    }

    private static void answered(List<JsonNode> batch, List<Spoken> next, Session session) throws IOException {
        switch (batch.getFirst().get("type").stringValue()) {
            case "begin" -> {
                var starts = new TreeMap<Integer, Start>();
                batch.forEach(m -> starts.put(m.get("lane").intValue(), start(m)));
                session.begin(starts)
                        .forEach((lane, values) ->
                                assertThat(values).isEqualTo(starts.get(lane).values()));
            }
            case "train" -> train(batch, next, session);
            case "evaluate" -> {
                if (batch.getFirst().get("purpose").stringValue().equals("report")) {
                    session.report(batch.getFirst().get("lane").intValue(), seed(batch.getFirst()));
                } else {
                    var seeds = new TreeMap<Integer, Long>();
                    batch.forEach(m -> seeds.put(m.get("lane").intValue(), seed(m)));
                    assertThat(session.evaluate(seeds)).hasSameSizeAs(seeds);
                }
            }
            case "save" ->
                session.save(
                        batch.getFirst().get("lane").intValue(),
                        Path.of(batch.getFirst().get("folder").stringValue()));
            case "draw" ->
                session.pictures(
                        batch.getFirst().get("lane").intValue(),
                        Path.of(batch.getFirst().get("folder").stringValue()),
                        seed(batch.getFirst()));
            default -> {}
        }
    }

    private static void train(List<JsonNode> batch, List<Spoken> next, Session session) {
        var stretches = new TreeMap<Integer, Stretch>();
        batch.forEach(m -> stretches.put(
                m.get("lane").intValue(),
                new Steps(
                        m.get("step").longValue(),
                        m.get("steps").longValue(1),
                        m.get("steps").isNull())));
        session.train(stretches);
        stretches.forEach((lane, stretch) -> {
            long trained = next.stream()
                    .filter(s -> s.type().equals("trained")
                            && s.message().get("lane").intValue() == lane)
                    .mapToLong(s -> s.message().get("steps").longValue())
                    .findFirst()
                    .orElseThrow();
            assertThat(((Steps) stretch).granted()).isEqualTo(trained);
        });
    }

    private static Start start(JsonNode m) {
        var values = new TreeMap<String, Value>();
        m.get("hyperparameters").properties().forEach(p -> values.put(p.getKey(), value(p.getValue())));
        var changed = new TreeSet<String>();
        m.get("changed").forEach(name -> changed.add(name.stringValue()));
        return new Start(
                origin(m),
                seed(m),
                new Hyperparameters(values),
                changed,
                new Start.Whose(
                        m.get("member").intValue(),
                        m.get("segment").intValue(),
                        m.get("step").longValue(),
                        m.get("lineage").longValue()));
    }

    private static long seed(JsonNode m) {
        return m.get("seed").longValue() << 11;
    }

    private static Value value(JsonNode node) {
        if (node.isArray()) {
            var elements = new ArrayList<Value>();
            node.forEach(element -> elements.add(value(element)));
            return new Value.Vector(elements);
        }
        return node.isString() ? new Value.Text(node.stringValue()) : new Value.Real(node.doubleValue());
    }

    private static Origin origin(JsonNode m) {
        var folder = Optional.ofNullable(m.get("folder")).map(f -> Path.of(f.stringValue()));
        return switch (m.get("origin").stringValue()) {
            case "fresh" -> new Origin.Fresh();
            case "keep" -> new Origin.Keep();
            case "resume" -> new Origin.Resume(folder.orElseThrow());
            case "copy" -> new Origin.Copy(folder.orElseThrow());
            case "lane" -> new Origin.Lane(m.get("from").intValue());
            default -> throw new AssertionError(m.toString());
        };
    }
}
