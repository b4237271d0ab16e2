package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the programs of members print, and what is given to them.
@Timeout(240)
class LogsTest {

    /// It trains nothing, and says what it was given.
    private static final String SCRIPT = """
            echo "segment $SEGMENT of $MEMBER on ${CUDA_VISIBLE_DEVICES-nothing}, $GREETING"
            for i in 1 2 3; do echo "warning $i" >&2; done
            echo 1 >"$SAVE/weights"
            echo '{"score": 1}'
            """;

    private static final String EXPERIMENT = """
            name: script
            metric: score
            population: 2
            budget: {steps: 20}
            ready: {every: 10}
            final: {candidates: 1, repeats: 1}
            parameters:
              gain: {uniform: [0, 1]}
            trainer:
              command: [env, "MEMBER=${member}", "SEGMENT=${segment}", "SAVE=${save}", sh, script.sh, "${gain}", "${steps}"]
              optional: ["${restore}"]
            environment: {set: {GREETING: hello, CUDA_VISIBLE_DEVICES: "4,5"}}
            resources: {gpus: 0.5}
            """;

    @TempDir
    private Path folder = Path.of("");

    private Said run(String content) throws IOException {
        Files.writeString(folder.resolve("script.sh"), SCRIPT);
        return Said.run(folder, content, "--to", folder.resolve("results").toString());
    }

    private Said logs(String... words) {
        var all = new String[words.length + 3];
        all[0] = "logs";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--store";
        all[words.length + 2] = Said.store(folder);
        return Said.by(all);
    }

    @Test
    void whatAProgramPrintsIsShownByMemberAndSegment() throws IOException {
        var ran = run(EXPERIMENT);
        assertEquals(0, ran.status(), ran.err());

        assertEquals(
                """
                segment 1 of 1 on 4, hello
                {"score": 1}
                """, lastTwoLines(logs("script", "1", "--segment", "1", "--out").out()));
        assertEquals("warning 3\n", logs("script", "1", "--err", "--tail", "1").out());
        var both = logs("script", "1");
        assertTrue(both.out().startsWith("==> member 1, segment 2, standard output <==\n"), both.out());
        assertTrue(both.out().contains("\n==> member 1, segment 2, standard error <==\nwarning 1\n"), both.out());
        var list = logs("script");
        assertTrue(list.out().contains("\n       0  1 to 2  "), list.out());
    }

    private static String lastTwoLines(String text) {
        var lines = text.lines().toList();
        return String.join("\n", lines.subList(lines.size() - 2, lines.size())) + "\n";
    }

    @Test
    void whatIsNotKeptIsSaidWithWhatIs() throws IOException {
        run(EXPERIMENT);

        var segment = logs("script", "0", "--segment", "9");
        assertEquals(2, segment.status());
        assertTrue(segment.err().startsWith("CLADE-4181 nothing is kept of segment 9 of member 0."), segment.err());
        assertTrue(segment.err().contains("Found:    segments 1 to 2, in "), segment.err());
        var slot = logs("script", "--slot", "3");
        assertTrue(slot.err().contains("Found:    output of members 0 to 1, in "), slot.err());
        assertEquals(2, logs("script", "0", "--tail", "-1").status());
        assertEquals(2, logs("script", "7").status());
    }

    @Test
    void aTrainerInThisProcessHasNoOutputOfItsOwn() throws IOException {
        Said.run(folder, Said.TINY, "--to", folder.resolve("results").toString());

        var said = logs("tiny", "0");
        assertEquals(2, said.status());
        assertTrue(said.err().startsWith("CLADE-4180 nothing that member 0 has printed is kept"), said.err());
        assertTrue(said.err().contains("no output of 'tiny' in "), said.err());
        assertEquals(2, logs("tiny").status());
    }

    @Test
    void aRemovedExperimentLeavesNoOutput() throws IOException {
        run(EXPERIMENT);
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)))) {
            Path kept;
            try (var held = experiments.named("script")) {
                kept = held.logs();
            }
            assertTrue(Files.exists(kept));
            experiments.remove("script");
            assertFalse(Files.exists(kept));
        }
    }

    @Test
    void moreSlotsThanDevicesAreRefusedBeforeAnythingIsTrained() throws IOException {
        Files.writeString(folder.resolve("script.sh"), SCRIPT);
        var file =
                Said.file(folder, EXPERIMENT.replace("gpus: 0.5", "gpus: 2").replace("population: 2", "population: 3"));
        var said = Said.by("run", file.toString(), "--store", Said.store(folder), "--slots", "2");

        assertEquals(3, said.status(), said.err());
        assertEquals("""
                CLADE-1441 experiment.yaml:13:12 there are fewer devices than the slots ask for.
                  Found:    CUDA_VISIBLE_DEVICES=4,5, for 2 slots of 2 each.
                  Expected: at most one slot here.
                  Mend:     lower 'slots' or 'gpus', or leave 'slots' out.
                """, said.err());
    }

    @Test
    void theExampleOfAScriptIsAnExperiment() {
        var file = Path.of("..", "examples", "command.yaml");
        Wiring.check(Specification.read(ExperimentFile.read(file)), file.getParent());
    }
}
