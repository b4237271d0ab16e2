package dev.clade.run.session;

import dev.clade.fault.Fault;
import dev.clade.run.session.Message.Alive;
import dev.clade.run.session.Message.Applied;
import dev.clade.run.session.Message.Begin;
import dev.clade.run.session.Message.Draw;
import dev.clade.run.session.Message.Drawn;
import dev.clade.run.session.Message.End;
import dev.clade.run.session.Message.Evaluate;
import dev.clade.run.session.Message.Evaluated;
import dev.clade.run.session.Message.Failed;
import dev.clade.run.session.Message.FromClade;
import dev.clade.run.session.Message.FromProgram;
import dev.clade.run.session.Message.Hello;
import dev.clade.run.session.Message.Midway;
import dev.clade.run.session.Message.Refusal;
import dev.clade.run.session.Message.Report;
import dev.clade.run.session.Message.Request;
import dev.clade.run.session.Message.Save;
import dev.clade.run.session.Message.Saved;
import dev.clade.run.session.Message.Stop;
import dev.clade.run.session.Message.Train;
import dev.clade.run.session.Message.Trained;
import dev.clade.run.session.Message.Welcome;
import dev.clade.space.Value;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Messages as lines of JSON: strict where it reads, but for fields that it does not know, which are skipped.
final class Codec {

    /// The version of the protocol.
    static final int VERSION = 1;

    /// The longest line [bytes].
    static final int LONGEST = 1 << 20;

    /// The deepest nesting.
    static final int DEEPEST = 16;

    /// What a program may say.
    static final List<String> TYPES = List.of(
            "hello", "applied", "report", "midway", "trained", "evaluated", "saved", "drawn", "failed", "alive");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Codec() {}

    // ---- reading

    /// @throws Fault 3503 or 3504
    static FromProgram read(byte[] bytes, int from, int length) {
        var fields = Said.of(object(bytes, from, length));
        return switch (fields.type()) {
            case "hello" ->
                new Hello(
                        fields.versions("protocol"),
                        fields.text("token"),
                        fields.text("program"),
                        fields.words("capabilities"),
                        (int) fields.whole("lanes", Integer.MAX_VALUE));
            case "applied" -> new Applied(fields.lane(), fields.object("hyperparameters"));
            case "report" -> new Report(fields.lane(), fields.whole("step"), fields.numbers("metrics"));
            case "midway" -> new Midway(fields.lane(), fields.whole("step"), fields.samples("metrics"));
            case "trained" -> new Trained(fields.lane(), fields.whole("steps"));
            case "evaluated" -> new Evaluated(fields.lane(), fields.samples("metrics"));
            case "saved" -> new Saved(fields.lane());
            case "drawn" -> new Drawn(fields.lane());
            case "failed" ->
                new Failed(fields.laneIfAny(), fields.choice("kind", Message.Kind.class), fields.text("what"));
            case "alive" -> new Alive();
            default -> throw Breach.unknown(fields.type());
        };
    }

    private static ObjectNode object(byte[] bytes, int from, int length) {
        try {
            if (JSON.readTree(bytes, from, length) instanceof ObjectNode object) {
                return object;
            }
            throw Breach.unreadable(excerpt(bytes, from, length) + ", no object");
        } catch (JacksonException e) {
            throw Breach.unreadable(excerpt(bytes, from, length) + " (" + e.getOriginalMessage() + ")")
                    .causedBy(e);
        }
    }

    /// The beginning of a line, printable.
    private static String excerpt(byte[] bytes, int from, int length) {
        int most = 80;
        var text = new String(bytes, from, Math.min(length, most), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", "?");
        return "'" + text + "'" + (length > most ? " ..." : "");
    }

    // ---- writing

    /// One line, or a batch of them.
    ///
    /// @throws Fault 3503 where it is too long for the protocol
    static byte[] write(List<? extends FromClade> batch) {
        var lines = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < batch.size(); i++) {
            var object = node(batch.get(i));
            if (i + 1 < batch.size()) {
                object.put("more", true);
            }
            var line = JSON.writeValueAsBytes(object);
            if (line.length > LONGEST) {
                throw Breach.tooLong(line.length);
            }
            lines.writeBytes(line);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    static byte[] write(FromClade one) {
        return write(List.of(one));
    }

    private static ObjectNode node(FromClade message) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (message) {
            case Welcome welcome -> welcome(node, welcome);
            case Request request -> request(node, request);
            case Stop stop -> node.put("type", "stop");
            case End end -> node.put("type", "end");
            case Refusal refusal ->
                node.put("type", "error")
                        .put("code", "CLADE-" + refusal.code())
                        .put("what", refusal.what())
                        .put("found", refusal.found())
                        .put("expected", refusal.expected())
                        .put("mend", refusal.mend());
        }
        return node;
    }

    private static void welcome(ObjectNode node, Welcome welcome) {
        node.put("type", "welcome")
                .put("protocol", welcome.protocol())
                .put("clade", welcome.clade())
                .put("experiment", welcome.experiment())
                .put("slot", welcome.slot())
                .put("lanes", welcome.lanes());
        var metrics = node.putArray("metrics");
        welcome.metrics().forEach(metrics::add);
        node.put("unit", welcome.unit());
        var parameters = node.putObject("parameters");
        welcome.parameters()
                .forEach((name, change) ->
                        parameters.putObject(name).put("change", change.name().toLowerCase(Locale.ROOT)));
    }

    private static void request(ObjectNode node, Request request) {
        switch (request) {
            case Begin begin -> begin(node, begin);
            case Train train -> {
                node.put("type", "train").put("lane", train.lane());
                train.steps().ifPresentOrElse(steps -> node.put("steps", steps), () -> node.putNull("steps"));
                node.put("step", train.step());
            }
            case Evaluate evaluate ->
                node.put("type", "evaluate")
                        .put("lane", evaluate.lane())
                        .put("seed", evaluate.seed())
                        .put("purpose", evaluate.purpose());
            case Save save ->
                node.put("type", "save")
                        .put("lane", save.lane())
                        .put("folder", save.folder().toString());
            case Draw draw ->
                node.put("type", "draw")
                        .put("lane", draw.lane())
                        .put("folder", draw.folder().toString())
                        .put("seed", draw.seed());
        }
    }

    private static void begin(ObjectNode node, Begin begin) {
        var from = begin.from();
        node.put("type", "begin")
                .put("lane", begin.lane())
                .put("member", begin.member())
                .put("segment", begin.segment())
                .put("origin", from.origin());
        from.folder().ifPresent(folder -> node.put("folder", folder.toString()));
        node.put("seed", begin.seed());
        var values = node.putObject("hyperparameters");
        begin.asked().values().active().forEach((name, value) -> values.set(name, value(value)));
        var changed = node.putArray("changed");
        begin.asked().changed().forEach(changed::add);
        node.put("rebuild", begin.rebuild()).put("step", begin.step()).put("lineage", begin.lineage());
        from.blend().ifPresent(s -> node.put("keep", s.keep()).put("fresh", s.fresh()));
        from.lane().ifPresent(lane -> node.put("from", lane));
    }

    private static tools.jackson.databind.JsonNode value(Value value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Value.Real real -> nodes.numberNode(real.value());
            case Value.Whole whole -> nodes.numberNode(whole.value());
            case Value.Flag flag -> nodes.booleanNode(flag.value());
            case Value.Text text -> nodes.stringNode(text.value());
            case Value.Vector vector -> {
                ArrayNode array = nodes.arrayNode();
                vector.elements().forEach(element -> array.add(value(element)));
                yield array;
            }
        };
    }
}
