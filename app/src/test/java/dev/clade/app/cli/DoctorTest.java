package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {

    @TempDir
    private Path folder = Path.of("");

    private Said doctor(String content, String... more) throws IOException {
        var all = new String[2 + more.length];
        all[0] = "doctor";
        all[1] = Said.file(folder, content).toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return Said.by(all);
    }

    private static final String QUADRATIC = """
            name: q
            metric: Q
            budget: {steps: 100}
            ready: {every: 4}
            parameters: {h0: {uniform: [0, 1]}, h1: {uniform: [0, 1]}}
            trainer: {toy: quadratic}
            """;

    @Test
    void aHealthyTrainerPassesEveryCheck() throws IOException {
        var said = doctor(QUADRATIC);
        assertEquals(0, said.status(), said.err());
        assertEquals(
                """
                q: {toy: quadratic}, short segments of 4

                  ok       begins          2 hyperparameters in force as asked
                  ok       trains          4 steps asked for, all of them granted and done
                  skipped  samples         no t_test is asked for
                  ok       repeats         two runs from one seed: the same score, the same bytes
                  ok       save, load      the same score from what it saved
                  ok       load, apply     other values are in force after it has loaded
                  ok       warm, loaded    a segment is the same whether the trainer is warm or has just loaded
                  ok       after another   a second member in one process equals itself run alone
                  ok       beside another  a second member in one process equals itself run alone
                  ok       effect          h0 at 0 and at 1: another score
                  ok       effect          h1 at 0 and at 1: another score
                """,
                said.out()
                        .lines()
                        .filter(l -> !l.contains("  metric  ") && !l.contains("  stops  "))
                        .limit(13)
                        .reduce("", (a, b) -> a + b + "\n"));
        assertTrue(said.out().contains("  ok       stops           when it is told to, after "), said.out());
        assertTrue(said.out()
                .endsWith("Nothing is wrong with it. To begin: clade run " + folder.resolve("experiment.yaml") + "\n"));
    }

    @Test
    void aParameterThatTheTrainerDoesNotReadHasNoEffect() throws IOException {
        var said = doctor(QUADRATIC.replace("h1: {uniform: [0, 1]}", "h1: {uniform: [0, 1]}, noise: {int: [1, 9]}"));
        assertEquals(1, said.status());
        assertEquals("""
                CLADE-3301 the trainer is not fit for a population: 1 check failed.
                  Found:    effect: noise at 1 and at 9 has no effect: the same weights and score after 4 steps.
                  Expected: none that fails.
                  Mend:     mend the trainer, or what the file says of it; then 'clade doctor %1$s' again.
                """.formatted(folder.resolve("experiment.yaml")), said.err());
    }

    @Test
    void aMetricThatIsNotMeasuredIsNamedWithThoseThatAre() throws IOException {
        var said = doctor(QUADRATIC.replace("metric: Q", "metric: accuracy"));
        assertEquals(1, said.status());
        assertTrue(
                said.out().contains("  failed   metric          'accuracy' is not among what it measures: Q\n"),
                said.out());
    }

    @Test
    void aTTestNeedsTwoSamples() throws IOException {
        var one = doctor(QUADRATIC + "exploit: {t_test: {p: 0.05}}\n");
        assertEquals(1, one.status());
        assertTrue(
                one.out()
                        .contains("  failed   samples         the t_test needs two a measurement, and there is 1: write"
                                + " 'evaluate: {repeats: 2}'\n"),
                one.out());
        var two = doctor(QUADRATIC + "exploit: {t_test: {p: 0.05}}\nevaluate: {repeats: 2}\n");
        assertEquals(0, two.status(), two.err());
    }

    @Test
    void aTrainerThatCannotBeginIsSaidToThrow() throws IOException {
        var said = doctor(QUADRATIC.replace("h1:", "h2:"), "-f", "json");
        assertEquals(1, said.status());
        assertTrue(said.out().contains("\n  \"healthy\" : false,"), said.out());
        assertTrue(
                said.err()
                        .contains(
                                "begins: it threw java.lang.IllegalArgumentException: no hyperparameter 'h1' is active"),
                said.err());
    }

    @Test
    void forProgramsItSaysWhatItExamined() throws IOException {
        var said = doctor(QUADRATIC, "-f", "json");
        assertEquals(0, said.status(), said.err());
        var json = JsonMapper.builder().build().readTree(said.out());
        assertEquals("q", json.path("experiment").stringValue());
        assertEquals("{toy: quadratic}", json.path("trainer").stringValue());
        assertEquals(4, json.path("steps").intValue());
        assertTrue(json.path("healthy").booleanValue());
    }
}
