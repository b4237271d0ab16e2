package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that go wrong, or nowhere.
class UnluckyRunTest {

    @TempDir
    private Path folder = Path.of("");

    private Said said(String... arguments) {
        var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = Said.store(folder);
        return Said.by(all);
    }

    @Test
    void membersThatTakeTurnsInAFixedOrderAreShownAsTied() throws IOException {
        var ran = Said.run(folder, """
                name: still
                metric: Q
                population: 2
                budget: {steps: 20}
                ready: {every: 5}
                exploit: {truncation: 0.5}
                explore: none
                synchronous: true
                start: [{h0: 1, h1: 0}, {h0: 0, h1: 1}]
                parameters: {h0: {uniform: [0, 1]}, h1: {uniform: [0, 1]}}
                trainer: {toy: quadratic}
                """, "--to", folder.resolve("r").toString());
        assertEquals(0, ran.status(), ran.err());
        var rows = said("show", "still")
                .out()
                .lines()
                .filter(l -> l.contains("over: budget"))
                .toList();
        assertEquals(2, rows.size());
        rows.forEach(row -> assertTrue(row.startsWith("1 tied "), row));
        assertTrue(
                said("why", "still", "1").out().contains(", but tied with member 0"),
                said("why", "still", "1").out());
    }

    @Test
    void aRunWithoutAWinnerFailsWithTheFirstFailureAndShowsThemAll() throws IOException {
        var ran = Said.run(folder, """
                name: wrong
                metric: score
                population: 2
                budget: {steps: 20}
                retries: 1
                parameters: {loss: {uniform: [0, 1]}}
                trainer: {toy: sleeper, step: 0ms}
                """, "--to", folder.resolve("r").toString());
        assertEquals(1, ran.status());
        assertEquals("""
                CLADE-3101 the experiment 'wrong' has no winner.
                  Found:    2 members, none with a model that could be measured at the end; the first failure: java.lang.IllegalArgumentException: no hyperparameter 'gain' is active; active are [loss].
                  Expected: at least one.
                  Mend:     read the failure, and correct the trainer or the ranges of its hyperparameters.
                """, ran.err());
        var shown = said("show", "wrong").out();
        assertTrue(shown.contains("  best         no winner: see the failures\n"), shown);
        assertTrue(shown.contains("segments have failed"), shown);
        assertTrue(
                shown.contains("from step 0: threw: java.lang.IllegalArgumentException: no hyperparameter 'gain' is"
                        + " active; active are [loss]\n"),
                shown);
        assertEquals(0, said("verify", "wrong").status());
    }

    @Test
    void aFolderThatCannotBeWrittenIsFoundBeforeTheTraining() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        var ran = Said.run(folder, Said.TINY, "--to", file.toString());
        assertEquals(2, ran.status());
        assertEquals("""
                CLADE-4108 a model cannot be written to %1$s/best.
                  Found:    java.nio.file.FileAlreadyExistsException: %1$s.
                  Expected: a folder with room, where this user may write.
                  Mend:     make room, or name another by --to DIR.
                """.formatted(file), ran.err());
        assertTrue(said("list").out().startsWith("No experiments in "), "nothing was begun");
    }

    @Test
    void theResultsOfAnEarlierRunAreNotWrittenOver() throws IOException {
        var results = folder.resolve("results");
        Files.createDirectories(results.resolve("best"));
        assertEquals(
                new Said(2, "", """
                        CLADE-4101 a model is not written over %s.
                          Found:    something that is there already.
                          Expected: a new folder, so that no model is overwritten.
                          Mend:     remove it, or name another by --to DIR.
                        """.formatted(results.resolve("best"))),
                Said.run(folder, Said.TINY, "--to", results.toString()));
    }
}
