package dev.clade.run.command;

import dev.clade.run.Receipt;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import dev.clade.trainer.TrainingFailed;
import dev.clade.trainer.TrainingFailed.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a run of a command says of its model.
///
/// @param command that was run
/// @param heard on its standard output
/// @param saved the folder that it was given as `${save}`
/// @param began when it was started
record Measured(Command command, Heard heard, Path saved, FileTime began) {

    /// Bytes of a file with a score.
    private static final long LARGEST = 16L << 20;

    // ---- the score

    /// The score under the metric's name, and every other number beside it under its own.
    ///
    /// @throws TrainingFailed where there is no score
    Evaluation evaluation() {
        return switch (command.score()) {
            case Score.Printed(var key) -> evaluation(heard.scored().orElseThrow(() -> unprinted(key)), key);
            case Score.Written(var name, var key) -> evaluation(written(name), key);
            case Score.Matched(var pattern) ->
                new Evaluation(new TreeMap<>())
                        .and(
                                command.metric(),
                                number(heard.matched()
                                        .orElseThrow(() -> none("no line of its standard output matches " + pattern))));
        };
    }

    private Evaluation evaluation(ObjectNode object, String key) {
        var metrics = new TreeMap<String, Reading>();
        object.properties()
                .forEach(e -> samples(e.getValue()).ifPresent(samples -> metrics.put(e.getKey(), Reading.of(samples))));
        var score = Optional.ofNullable(object.get(key)).flatMap(Measured::samples);
        metrics.put(
                command.metric(),
                Reading.of(score.orElseThrow(
                        () -> none("'" + key + "' is no number and no list of numbers among " + keys(object)))));
        return new Evaluation(metrics);
    }

    private static Optional<List<Double>> samples(JsonNode node) {
        if (!(node instanceof ArrayNode array)) {
            return real(node).map(List::of);
        }
        var samples = new ArrayList<Double>();
        array.forEach(element -> real(element).ifPresent(samples::add));
        return array.isEmpty() || samples.size() < array.size() ? Optional.empty() : Optional.of(samples);
    }

    private static Optional<Double> real(JsonNode node) {
        if (!node.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(node.isBigInteger() ? node.bigIntegerValue().doubleValue() : node.doubleValue());
    }

    private double number(String text) {
        return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(text.strip());
                } catch (NumberFormatException e) {
                    throw none("'" + text + "' is no number");
                }
            }
        };
    }

    private ObjectNode written(String name) {
        var inSave = saved.resolve(name);
        var inFolder = command.folder().resolve(name);
        var file = Stream.of(inSave, inFolder)
                .filter(f -> Files.isRegularFile(f))
                .findFirst()
                .orElseThrow(() -> none("it has written no " + name + " into ${save} or " + command.folder()));
        try {
            if (file.equals(inFolder) && Files.getLastModifiedTime(file).compareTo(began) < 0) {
                throw none(file + " is older than this run");
            }
            var text = Files.size(file) > LARGEST ? "" : Files.readString(file);
            return Heard.object(text).orElseThrow(() -> none(name + " is no JSON object"));
        } catch (IOException e) {
            throw none(e.toString());
        }
    }

    private TrainingFailed unprinted(String key) {
        return none(heard.other()
                .map(object -> "no JSON object on its standard output has the key '" + key + "'; the last one has "
                        + keys(object))
                .orElse("no line of its standard output is a JSON object with the key '" + key + "'"));
    }

    private static String keys(ObjectNode object) {
        return String.join(", ", new TreeSet<>(object.propertyNames()));
    }

    private static TrainingFailed none(String why) {
        return new TrainingFailed(
                Kind.THREW, "CLADE-3522 the program has ended well, and " + why + ": 'score' says where it is");
    }

    // ---- the receipt

    /// Compares what is in force with what was asked for.
    ///
    /// @throws TrainingFailed of the kind RECEIPT where it differs, or is missing and required
    void receipt(Hyperparameters asked) {
        var applied = found().map(object -> object.get(Heard.APPLIED)).filter(JsonNode::isObject);
        if (applied.isEmpty()) {
            if (command.receipts()) {
                throw new TrainingFailed(
                        Kind.RECEIPT, "the program has not said which values are in force ('applied' in its JSON)");
            }
            return;
        }
        var inForce = new TreeMap<String, Value>();
        var compared = new TreeMap<>(asked.active());
        asked.active().forEach((name, value) -> {
            var node = applied.get().get(name);
            if (node != null) {
                inForce.put(name, value(value, node));
            } else if (!command.receipts()) {
                compared.remove(name);
            }
        });
        Receipt.difference(new Hyperparameters(compared), new Hyperparameters(inForce))
                .ifPresent(difference -> {
                    throw new TrainingFailed(Kind.RECEIPT, difference);
                });
    }

    private Optional<ObjectNode> found() {
        return command.score() instanceof Score.Written(var name, var key)
                ? Optional.of(written(name)).filter(o -> o.has(Heard.APPLIED)).or(heard::applied)
                : heard.applied();
    }

    /// A value of the type that was asked for, where it can be: JSON does not tell 1 from 1.0.
    private static Value value(Value asked, JsonNode node) {
        return switch (asked) {
            case Value.Real real
            when real(node).filter(Double::isFinite).isPresent() ->
                new Value.Real(real(node).orElseThrow());
            case Value.Whole whole
            when node.canConvertToExactIntegral() && node.canConvertToLong() -> new Value.Whole(node.longValue());
            case Value.Flag flag when node.isBoolean() -> new Value.Flag(node.booleanValue());
            case Value.Text text when node.isString() -> new Value.Text(node.stringValue());
            case Value.Vector vector
            when node instanceof ArrayNode array
                    && array.size() == vector.elements().size() -> {
                var elements = new ArrayList<Value>();
                for (int i = 0; i < array.size(); i++) {
                    elements.add(value(vector.elements().get(i), array.get(i)));
                }
                yield new Value.Vector(elements);
            }
            default -> new Value.Text(node.toString());
        };
    }
}
