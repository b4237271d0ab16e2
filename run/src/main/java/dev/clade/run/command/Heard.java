package dev.clade.run.command;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What of a program's standard output counts: the last of everything, so that it is little however much is printed.
final class Heard {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes them
            .build();

    static final String APPLIED = "applied";

    /// Of a line that a pattern is looked for in: what is longer is no text of a person's.
    private static final int LONGEST = 1 << 16;

    private final Score score;
    private final Lines lines = new Lines(this::line);
    private Optional<ObjectNode> scored = Optional.empty();
    private Optional<ObjectNode> applied = Optional.empty();
    private Optional<ObjectNode> other = Optional.empty();
    private Optional<String> matched = Optional.empty();

    Heard(Score score) {
        this.score = score;
    }

    Lines lines() {
        return lines;
    }

    private synchronized void line(String text) {
        if (score instanceof Score.Matched(var pattern) && text.length() <= LONGEST) {
            match(pattern, text);
        }
        var line = text.strip();
        if (line.startsWith("{") && line.endsWith("}")) {
            object(line).ifPresent(this::object);
        }
    }

    private void match(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            matched = Optional.ofNullable(matcher.group(1)).or(() -> matched);
        }
    }

    private void object(ObjectNode object) {
        if (score instanceof Score.Printed(var key) && object.has(key)) {
            scored = Optional.of(object);
        } else {
            other = Optional.of(object);
        }
        if (object.has(APPLIED)) {
            applied = Optional.of(object);
        }
    }

    /// A text as a JSON object, if it is one.
    static Optional<ObjectNode> object(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The last object with the score.
    synchronized Optional<ObjectNode> scored() {
        return scored;
    }

    /// The last object with a receipt.
    synchronized Optional<ObjectNode> applied() {
        return applied;
    }

    /// The last object that has no score.
    synchronized Optional<ObjectNode> other() {
        return other;
    }

    synchronized Optional<String> matched() {
        return matched;
    }
}
