package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// An interrupt of a real process.
class InterruptTest {

    @TempDir
    private Path folder = Path.of("");

    private static final String SLOW = Said.TINY.replace("0ms", "20ms").replace("steps: 40", "steps: 200");

    @Test
    void anInterruptedRunSavesExitsWith130AndGoesOn() throws IOException, InterruptedException {
        var said = interrupted(SLOW);
        assertTrue(
                said.endsWith("Interrupted; all is saved. To go on: clade resume tiny --store " + Said.store(folder)
                        + " --to " + folder.resolve("results") + "\n"),
                said);
        assertEquals("interrupted", status());
        assertEquals(
                0,
                Said.by("verify", "tiny", "--bytes", "--store", Said.store(folder))
                        .status());
        var best = Said.by(
                "best",
                "tiny",
                "--store",
                Said.store(folder),
                "--to",
                folder.resolve("so-far").toString());
        assertTrue(best.out().startsWith("Provisional: 'tiny' has not ended."), best.out());
        var resumed = Said.by(
                "resume",
                "tiny",
                "--store",
                Said.store(folder),
                "--to",
                folder.resolve("results").toString());
        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(resumed.out().contains(", goes on at mean step "), resumed.out());
        assertEquals("complete", status());
        assertEquals(
                0,
                Said.by("verify", "tiny", "--bytes", "--store", Said.store(folder))
                        .status());
    }

    /// Members are then within their segments, at a barrier, and still to decide at one that has closed.
    @ParameterizedTest
    @ValueSource(strings = {"", "synchronous: true\n"})
    void anInterruptedRunGoesOnUnderOtherSettings(String mode) throws IOException, InterruptedException {
        interrupted(SLOW + mode);
        var file = Said.file(
                folder, SLOW.replace("steps: 200", "steps: 240").replace("truncation: 0.25", "truncation: 0.5") + mode);
        var resumed = Said.by(
                "resume",
                "tiny",
                "--with",
                file.toString(),
                "--store",
                Said.store(folder),
                "--to",
                folder.resolve("results").toString());
        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(resumed.out().startsWith("""
                        'tiny' has new settings:
                          what     until now           from now on
                          budget   {steps: 200}        {steps: 240}
                          exploit  {truncation: 0.25}  {truncation: 0.5}
                        """), resumed.out());
        assertEquals("complete", status());
        var proof = Said.by("verify", "tiny", "--bytes", "-f", "json", "--store", Said.store(folder));
        assertEquals(0, proof.status(), proof.err());
        var counts = JsonMapper.builder().build().readTree(proof.out());
        assertEquals(counts.path("decisions"), counts.path("decisions_rederived"));
    }

    /// Interrupts a run in a process of its own, in its midst; what it said.
    private String interrupted(String content) throws IOException, InterruptedException {
        var file = Said.file(folder, content);
        var results = folder.resolve("results").toString();
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        file.toString(),
                        "--store",
                        Said.store(folder),
                        "--to",
                        results))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            while (decisions() < 8 && process.isAlive()) {
                Thread.sleep(50);
            }
            assertEquals("running", status());
            new ProcessBuilder("kill", interrupt(), Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(folder.resolve("said"));
        assertEquals(130, process.exitValue(), said);
        return said;
    }

    private int decisions() {
        var said = Said.by("show", "tiny", "-f", "json", "--store", Said.store(folder));
        return said.status() == 0
                ? JsonMapper.builder()
                        .build()
                        .readTree(said.out())
                        .path("decisions")
                        .intValue()
                : 0;
    }

    private String status() {
        var said = Said.by("show", "tiny", "-f", "json", "--store", Said.store(folder));
        return JsonMapper.builder().build().readTree(said.out()).path("status").stringValue();
    }

    /// Where this process ignores interrupts (a shell's background job does), its children do, too.
    static String interrupt() throws IOException {
        var self = Path.of("/proc/self/status");
        if (!Files.exists(self)) {
            return "-INT";
        }
        var ignored = Files.readAllLines(self, StandardCharsets.UTF_8).stream()
                .filter(l -> l.startsWith("SigIgn:"))
                .map(l -> new BigInteger(l.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(BigInteger.ZERO);
        return ignored.testBit(1) ? "-TERM" : "-INT";
    }
}
