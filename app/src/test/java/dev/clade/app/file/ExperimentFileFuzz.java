package dev.clade.app.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.fault.Fault;
import dev.clade.population.MemberId;
import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.tune.Initial;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExperimentFileFuzz {

    private static final int FILES = 4_000;

    private static final String LINES = """
            control: [{lr: 1e-3}]
            start: [{opt: sgd, lr: 0.002}]
            evaluate: {repeats: 2, window: 5}
            scores: {within: 500}
            inherit: [weights]
            synchronous: {quorum: 0.8, deadline: 10m}
            report: {metric: test, mode: min}
            final: {candidates: 3, repeats: 2}
            deadlines: {segment: 1h}
            sampling: independent
            retries: 2
            """;

    private static final List<String> WORDS = List.of(
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "-",
            "?",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "'",
            "\"",
            "#",
            "%",
            "@",
            "`",
            "\t",
            "\n",
            "  ",
            "${x}",
            "nan",
            "-1",
            "0",
            "1e309",
            "1e18",
            "9e15",
            "1-x",
            "true",
            "null",
            "~",
            "when",
            "size",
            "1e-320",
            "\u0000",
            "\uD800",
            "\uFEFF",
            "é",
            "...",
            "---",
            "<<",
            "at_least",
            "never",
            "2147483648");

    /// A file with a few changes is read, and members are drawn from its space, or it is a fault of a file; nothing
    /// else is ever thrown. The same files each time.
    @Test
    void aChangedFile_isReadOrIsAFault() {
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            var text = changed(Philox.keyed(1, 0, i, "fuzz"));
            try {
                var specification = ExperimentFileTest.read(text);
                var random = Randomness.keyed(specification.seed(), 0, 0);
                var values = Initial.values(specification, new MemberId(0), random);
                assertThat(specification.space().flaws(values)).as(text).isEmpty();
                read++;
            } catch (Fault fault) {
                assertThat(fault.kind()).as(text).isEqualTo(Fault.Kind.FILE);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("file " + i + ":\n" + text, e);
            }
        }
        assertThat(read).isBetween(FILES / 40, FILES / 2);
    }

    private static String changed(RandomGenerator random) {
        var text = new StringBuilder(ExperimentFileTest.RIGHT + LINES);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 3 ->
                    text.replace(
                            at,
                            Math.min(text.length(), at + 1 + random.nextInt(5)),
                            WORDS.get(random.nextInt(WORDS.size())));
                case 4 -> lines(text, random);
                default -> values(text, random);
            }
        }
        return text.toString();
    }

    /// Two lines change places, or one is written twice.
    private static void lines(StringBuilder text, RandomGenerator random) {
        var lines = new ArrayList<>(text.toString().lines().toList());
        var line = lines.get(random.nextInt(lines.size()));
        if (random.nextInt(3) > 0) {
            lines.remove(line);
        }
        lines.add(random.nextInt(lines.size() + 1), line);
        text.setLength(0);
        text.append(String.join("\n", lines)).append('\n');
    }

    /// What stands behind a colon changes.
    private static void values(StringBuilder text, RandomGenerator random) {
        int colon = text.indexOf(": ", random.nextInt(text.length()));
        if (colon > 0) {
            int end = text.indexOf("\n", colon);
            text.replace(colon + 2, end < 0 ? text.length() : end, WORDS.get(random.nextInt(WORDS.size())));
        }
    }
}
