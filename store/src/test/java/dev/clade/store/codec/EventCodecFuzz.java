package dev.clade.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.fault.Fault;
import dev.clade.random.Philox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EventCodecFuzz {

    private static final int LINES = 20_000;

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "1e18",
            "99999999999999999999",
            "\"nan\"",
            "\"inf\"",
            "\"\"",
            "{}",
            "[]",
            "[[]]",
            "\\u0000",
            "\\",
            "\u0000",
            "\uD800",
            "\"kind\":\"Stop\"",
            "\"kind\":\"Own\"",
            "\"kind\":\"Fresh\"",
            "\"kind\":\"MemberEnrolled\"",
            "\"v\":2",
            "\"v\":1");

    /// A line with a few changes is an event or fault 2201; nothing else is ever thrown. An event that was read can be
    /// written, and comes back equal. The same lines each time.
    @Test
    void aChangedLine_isAnEventOrAFault() throws IOException {
        var golden = golden();
        int read = 0;
        for (int i = 0; i < LINES; i++) {
            var random = Philox.keyed(1, 0, i, "fuzz");
            var line = changed(golden.get(random.nextInt(golden.size())), random);
            try {
                var event = EventCodec.read(line, 9);
                assertThat(EventCodec.read(EventCodec.write(event), 9)).as(line).isEqualTo(event);
                read++;
            } catch (Fault fault) {
                assertThat(fault.code()).as(line).isEqualTo(2201);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("line " + i + ": " + line, e);
            }
        }
        assertThat(read).isBetween(LINES / 20, LINES / 2);
    }

    @Test
    void aLineOfUnreasonableDepth_isAFault() {
        for (var deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
            assertThat(thrown("{\"v\":1,\"kind\":\"OperatorActed\",\"settings\":" + deep))
                    .isInstanceOf(Fault.class);
        }
    }

    private static Throwable thrown(String line) {
        try {
            EventCodec.read(line, 9);
            return new AssertionError("it was read");
        } catch (RuntimeException | StackOverflowError e) {
            return e;
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream lines = EventCodecFuzz.class.getResourceAsStream("events-1.jsonl")) {
            return new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static String changed(String line, RandomGenerator random) {
        var text = new StringBuilder(line);
        for (int change = random.nextInt(3); change >= 0 && !text.isEmpty(); change--) {
            int at = random.nextInt(text.length());
            var word = WORDS.get(random.nextInt(WORDS.size()));
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, word);
                case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 3 -> text.setLength(at);
                case 4 -> value(text, at, word);
                default -> digits(text, at, random);
            }
        }
        return text.toString();
    }

    /// What stands behind a colon, up to the next comma or bracket, changes.
    private static void value(StringBuilder text, int at, String word) {
        int colon = text.indexOf(":", at);
        int end = colon + 1;
        while (colon >= 0 && end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (colon >= 0) {
            text.replace(colon + 1, end, word);
        }
    }

    /// The next digit changes: the line stays JSON.
    private static void digits(StringBuilder text, int at, RandomGenerator random) {
        for (int i = at; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                text.setCharAt(i, (char) ('0' + random.nextInt(10)));
                return;
            }
        }
    }
}
