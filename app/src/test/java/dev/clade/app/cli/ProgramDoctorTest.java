package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What `clade doctor` says of programs that train: one that is fit, and others, each unfit in one way.
class ProgramDoctorTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void needsPerl() throws IOException, InterruptedException {
        var perl = new ProcessBuilder("perl", "-MJSON::PP", "-MIO::Socket::UNIX", "-e", "1")
                .redirectErrorStream(true)
                .start();
        perl.getInputStream().readAllBytes();
        assumeTrue(perl.waitFor() == 0, "there is no perl with JSON::PP and IO::Socket::UNIX");
        try (var source = Objects.requireNonNull(getClass().getResourceAsStream("walk.pl"))) {
            Files.write(folder.resolve("walk.pl"), source.readAllBytes());
        }
    }

    private Said doctor(String flaw, String... more) throws IOException {
        var file = Said.file(folder, """
                name: walk
                metric: x
                budget: {steps: 100}
                ready: {every: 4}
                parameters: {rate: {uniform: [0.5, 1]}}
                trainer: {session: [perl, walk.pl, "%s"]}
                """.formatted(flaw));
        var all = new java.util.ArrayList<>(List.of("doctor", file.toString()));
        all.addAll(List.of(more));
        return Said.by(all.toArray(String[]::new));
    }

    private static void fails(Said said, String check, String what) {
        assertEquals(1, said.status(), said.out() + said.err());
        assertTrue(
                said.out().lines().anyMatch(l -> l.startsWith("  failed   " + check + " ") && l.contains(what)),
                said.out());
    }

    @Test
    void aProgramThatIsFitPassesEveryCheck() throws IOException {
        var said = doctor("", "--environment");
        assertEquals(0, said.status(), said.out() + said.err());
        assertTrue(
                said.out()
                        .contains(
                                "  ok       handshake       walk 1.0, protocol 1, no capabilities, 1 lane, started in "),
                said.out());
        assertTrue(
                said.out().contains("  ok       load, apply     other values are in force after it has loaded\n"),
                said.out());
        assertTrue(said.out().contains("  ok       effect          rate at 0.5 and at 1: another score\n"), said.out());
        assertTrue(said.out().contains("  ok       stops           when it is told to, after "), said.out());
        assertTrue(
                said.out().matches("(?s).*The program gets the variables .*CLADE_PROTOCOL, CLADE_SLOT.*"), said.out());
    }

    @Test
    void aProgramThatKeepsTheDonorsRateIsRefusedByNameAndValues() throws IOException {
        var said = doctor("keeps rate");
        fails(said, "load, apply", "after it has loaded, rate was asked to be 0.");
    }

    @Test
    void aProgramThatSaysOtherwiseIsFoundByTheEffect() throws IOException {
        fails(doctor("lies"), "effect", "rate at 0.5 and at 1 has no effect");
    }

    @Test
    void aProgramWhoseSecondMemberGoesOnFromTheFirstIsRefusedByItsScores() throws IOException {
        fails(doctor("goes on"), "after another", "a second member in one process scores {x=");
    }

    @Test
    void aProgramThatHangsIsEndedAtItsDeadline() throws IOException {
        fails(doctor("hangs", "--patience", "1s"), "begins", "no answer within 1000 ms of 'train'; it was ended");
    }

    @Test
    void aProgramThatDiesIsQuoted() throws IOException {
        var said = doctor("dies");
        fails(said, "begins", "CLADE-3506 the program has exited, or closed the line.");
        assertTrue(said.out().contains("\n                           no more data\n"), said.out());
    }

    @Test
    void programsLearnWhichVariablesThereAre() throws IOException {
        var said = doctor("", "-f", "json");
        assertEquals(0, said.status(), said.err());
        var names = JsonMapper.builder().build().readTree(said.out()).path("environment");
        assertTrue(names.toString().contains("\"CLADE_SOCKET\",\"CLADE_TOKEN\""), names.toString());
    }
}
