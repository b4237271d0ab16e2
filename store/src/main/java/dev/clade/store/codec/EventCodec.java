package dev.clade.store.codec;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Events as lines of JSON, each with the digest of the line before it: a chain that shows where a log was cut or
/// changed.
public final class EventCodec {

    /// Of every kind of event, so far.
    public static final int VERSION = 1;

    /// What the first line's chain begins with.
    public static final String ORIGIN = "0".repeat(64);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Shape EVENT = Shape.of(Event.class);

    private EventCodec() {}

    /// An event's text.
    public static String write(Event event) {
        var object = (ObjectNode) EVENT.write(event);
        object.put("v", VERSION);
        return JSON.writeValueAsString(object);
    }

    /// The event of a text.
    ///
    /// @throws Fault 2201 for a kind or version that this program does not know, or a damaged text: never a skip
    public static Event read(String text, long position) {
        try {
            JsonNode node = JSON.readTree(text);
            int version = node.path("v").intValue(0);
            if (version != VERSION) {
                throw unknown(position, "version " + version);
            }
            return (Event) EVENT.read(node);
        } catch (JacksonException e) {
            throw unknown(position, "text that is damaged: " + e.getOriginalMessage())
                    .causedBy(e);
        } catch (IllegalArgumentException e) {
            throw unknown(position, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static Fault unknown(long position, String found) {
        return new Fault(
                2201,
                "the event at position " + position + " cannot be read.",
                found + ".",
                "an event of version " + VERSION + ".",
                "use the newest Clade that has written to this store; if it is damaged, restore it from a copy. Nothing was"
                        + " changed.");
    }

    /// The digest of an entry, given that of the entry before it.
    public static String digest(String before, long position, Instant at, Duration elapsed, String text) {
        try {
            var line = before + "\n" + position + "\n" + at.toEpochMilli() + "\n" + elapsed.toNanos() + "\n" + text;
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// An entry of its stored parts.
    public static Entry entry(long position, long atMillis, long elapsedNanos, String text) {
        return new Entry(
                position, Instant.ofEpochMilli(atMillis), Duration.ofNanos(elapsedNanos), read(text, position));
    }
}
