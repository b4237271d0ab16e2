package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Place;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `clade compare`, end to end.
class CompareTest {

    @TempDir
    private Path folder = Path.of("");

    private Said compare(String content, String... more) throws IOException {
        var file = Said.file(folder, content);
        var words = new ArrayList<>(List.of(
                "compare",
                file.toString(),
                "--store",
                Said.store(folder),
                "--slots",
                "1",
                "--to",
                folder.resolve("results").toString()));
        words.addAll(Arrays.asList(more));
        return Said.by(words.toArray(String[]::new));
    }

    private static JsonNode json(Said said) {
        return JsonMapper.builder().build().readTree(said.out());
    }

    private Experiments experiments() {
        return Experiments.existing(Optional.of(Said.store(folder)));
    }

    private List<dev.clade.population.Entry> log(String name) {
        try (var experiments = experiments();
                var held = experiments.named(name)) {
            return held.opened().log().after(0, Integer.MAX_VALUE);
        }
    }

    @Test
    void twoTunersUnderTwoSeeds_areToldInATable_andOnAPage() throws IOException {
        var said = compare(Said.TINY, "--seeds", "2");

        assertEquals(0, said.status(), said.err());
        var lines = said.out().lines().toList();
        assertEquals("[1 of 4] tiny.pbt.3", lines.getFirst());
        assertTrue(lines.contains("tiny: score, the higher the better, of each winner; mean of 2 seeds"), said.out());
        assertTrue(
                said.out()
                        .matches("(?s).*\n  rank  arm     seeds +score  95 % interval +minus pbt  95 % interval"
                                + " +P\\(better\\)  95 % interval\n     1  .*\n     2  .*"),
                said.out());
        assertTrue(said.out().matches("(?s).*\n  random +200  100 % +20 +0 +[0-9.]+ m?s +[0-9.]+ m?s\n.*"), said.out());
        assertTrue(said.out().contains("random and pbt are not told apart: over 2 seeds"), said.out());
        var page = Files.readString(folder.resolve("results/compare.html"));
        assertTrue(page.contains("\"name\":\"tiny\",\"score\":{\"name\":\"score\",\"mode\":\"max\"}"));
        assertFalse(page.contains("CLADE_DATA"));
    }

    @Test
    void allSettingsAreRecorded_beforeTheFirstTrains_andDrawsOfASeedAreTheSame() throws IOException {
        compare(Said.TINY, "--seeds", "2");

        var names = List.of("tiny.pbt.3", "tiny.random.3", "tiny.pbt.4", "tiny.random.4");
        var began = names.stream()
                .flatMap(name -> log(name).stream())
                .filter(e -> e.event() instanceof Event.SegmentStarted)
                .map(dev.clade.population.Entry::at)
                .min(Instant::compareTo)
                .orElseThrow();
        for (var name : names) {
            var first = log(name).getFirst();
            assertFalse(first.at().isAfter(began), name);
            var created = (Event.ExperimentCreated) first.event();
            assertEquals("tiny", created.provenance().get("study"));
            assertEquals("pbt random", created.provenance().get("study.arms"));
            assertEquals("3 4", created.provenance().get("study.seeds"));
            assertFalse(created.settings().entries().containsKey("control"));
        }
        assertEquals(draws("tiny.pbt.3"), draws("tiny.random.3"));
        assertNotEquals(draws("tiny.pbt.3"), draws("tiny.pbt.4"));
    }

    private List<Hyperparameters> draws(String name) {
        try (var experiments = experiments();
                var held = experiments.named(name)) {
            return held.newest().members().stream()
                    .map(m -> m.segment(1).values())
                    .toList();
        }
    }

    @Test
    void forPrograms_allIsInOneDocument() throws IOException {
        var said = compare(Said.TINY, "--seeds", "2", "--ablate", "frozen", "-f", "json");

        assertEquals(0, said.status(), said.err());
        assertTrue(said.err().contains("[6 of 6] tiny.frozen.4  complete: score "), said.err());
        var document = json(said);
        assertEquals("pbt", document.path("first").stringValue());
        assertEquals(3, document.path("arms").size());
        for (var arm : document.path("arms")) {
            assertEquals(2, arm.path("scores").size());
            assertEquals(2, arm.path("score").path("samples").intValue());
            assertEquals("student", arm.path("score").path("interval_by").stringValue());
            assertEquals(60, arm.path("curve_by_steps").size());
            assertEquals(
                    arm.path("name").stringValue().equals("pbt"),
                    arm.path("against_first").isNull());
        }
        var frozen = document.path("arms")
                .valueStream()
                .filter(a -> a.path("name").stringValue().equals("frozen"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "everybody keeps its first values; weights alone are selected",
                frozen.path("meaning").stringValue());
        assertEquals(
                "tiny.frozen.3", frozen.path("scores").get(0).path("experiment").stringValue());
    }

    @Test
    void theSameCommandAgain_trainsNothing_andSaysTheSame() throws IOException {
        var first = compare(Said.TINY, "--seeds", "2", "-f", "json");
        var before = log("tiny.pbt.3");
        var again = compare(Said.TINY + "retries: 2\n", "--seeds", "2", "-f", "json");

        assertEquals(0, again.status(), again.err());
        assertEquals(first.out(), again.out());
        assertEquals(before, log("tiny.pbt.3"));
    }

    @Test
    void moreSeeds_goOnWhereItEnded() throws IOException {
        compare(Said.TINY, "--seeds", "1");
        var before = log("tiny.pbt.3");
        var more = json(compare(Said.TINY, "--seeds", "2", "-f", "json"));

        assertEquals(before, log("tiny.pbt.3"));
        assertEquals(2, more.path("seeds").size());
    }

    @Test
    void aFileThatMeansSomethingElse_isRefused() throws IOException {
        compare(Said.TINY, "--seeds", "1");
        var day = log("tiny.pbt.3")
                .getFirst()
                .at()
                .atZone(java.time.ZoneId.systemDefault())
                .toLocalDate();
        var said = compare(Said.TINY.replace("steps: 40", "steps: 50"), "--seeds", "1");

        assertEquals(2, said.status());
        assertEquals("""
                CLADE-4121 the comparison 'tiny' cannot go on: 'budget' of its arm 'pbt' has changed.
                  Found:    budget: {steps: 50}.
                  Expected: budget: {steps: 40}, as recorded %s.
                  Mend:     use a new name (--name NAME), or the file as it was.
                """.formatted(day), said.err());
    }

    @Test
    void anotherExperimentOfTheName_isRefused() throws IOException {
        Said.run(
                folder,
                Said.TINY,
                "--name",
                "tiny.random.3",
                "--to",
                folder.resolve("other").toString());
        var said = compare(Said.TINY, "--seeds", "1");

        assertEquals(2, said.status());
        assertEquals("""
                CLADE-4120 experiment 'tiny.random.3' is in the store already, and no part of a comparison 'tiny'.
                  Found:    an experiment of its own.
                  Expected: a name that is free.
                  Mend:     name the comparison otherwise: --name NAME.
                """, said.err());
        assertFalse(Said.by("list", "--store", Said.store(folder)).out().contains("tiny.pbt.3"), "nothing was created");
    }

    @Test
    void whatIsWrongWithAnArm_isFoundBeforeAnythingIsCreated() throws IOException {
        var said = compare(Said.TINY, "--tuners", "pbt,{random: {eta: 3}}");

        assertEquals(3, said.status());
        assertTrue(said.err().startsWith("CLADE-1004 "), said.err());
        assertTrue(
                Said.by("list", "--store", Said.store(folder)).out().startsWith("No experiments in "),
                "nothing was created");
    }

    @Test
    void askingForNothingIsRefused() throws IOException {
        assertTrue(compare(Said.TINY, "--seeds", "0").err().startsWith("CLADE-4122 "));
        assertTrue(compare(Said.TINY, "--centre", "median").err().startsWith("CLADE-4123 "));
        assertTrue(compare(Said.TINY, "--name", "n".repeat(95)).err().startsWith("CLADE-4124 "));
        assertTrue(compare(Said.TINY, "--tuners", "").err().startsWith("CLADE-4125 "));
        assertTrue(compare(Said.TINY, "--ablate", "lunch").err().startsWith("CLADE-4126 "));
        var unknown = compare(Said.TINY, "--tuners", "pbt,dowsing");
        assertEquals(3, unknown.status());
        assertTrue(unknown.err().startsWith("CLADE-1302 no tuner 'dowsing' is installed.\n"), unknown.err());
    }

    /// Trains what pbt found again where a tuner can; else says so before anything is trained.
    @Test
    void whatPbtFound_isTrainedAgain_orRefusedWhereNothingTrainsIt() throws IOException {
        var said =
                compare(Said.TINY, "--tuners", "pbt", "--seeds", "1", "--ablate", "schedule,final-fixed", "-f", "json");

        if (!Wiring.installed().has("schedule")) {
            assertEquals(3, said.status());
            assertTrue(said.err().startsWith("CLADE-1510 the ablation 'schedule' cannot be trained.\n"), said.err());
            return;
        }
        assertEquals(0, said.status(), said.err());
        var created =
                (Event.ExperimentCreated) log("tiny.schedule.3").getFirst().event();
        var tuner = String.valueOf(created.settings().entries().get("tuner"));
        assertTrue(tuner.startsWith("{schedule: {"), tuner);
    }

    // ---- failures

    /// Breaks the worker of the second experiment that ever begins in this process, then never again.
    public static final class Moody implements Trainer {

        private static final AtomicInteger MADE = new AtomicInteger();

        private double score;

        public Moody(Place place) throws IOException {
            if (MADE.incrementAndGet() == 2) {
                throw new IOException("not today");
            }
        }

        @Override
        public Hyperparameters begin(Start start) {
            score = start.values().real("gain");
            return start.values();
        }

        @Override
        public void train(Stretch stretch) {
            while (stretch.advance(1)) {
                score += 1;
            }
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("score", score);
        }

        @Override
        public void save(Path into) throws IOException {
            Files.writeString(into.resolve("score"), Double.toString(score));
        }

        @Override
        public void close() {}
    }

    @Test
    void anArmThatFails_losesNotTheOthers_andTheSameCommandTriesItAgain() throws IOException {
        var content = Said.TINY.replace("{toy: sleeper, step: 0ms}", "{java: " + Moody.class.getName() + "}");
        var said = compare(content, "--seeds", "2");

        assertEquals(1, said.status());
        assertTrue(said.out().contains("[2 of 4] tiny.random.3  failed: "), said.out());
        assertTrue(said.out().contains("not today"), said.out());
        assertTrue(said.out().contains("\n  failed: random, seed 3: "), said.out());
        assertTrue(said.out().contains("[4 of 4] tiny.random.4  complete"), said.out());
        assertTrue(said.out().contains("With 1 seed nothing can be said of random and pbt"), said.out());
        var again = compare(content, "--seeds", "2");
        assertEquals(0, again.status(), again.out());
        assertTrue(again.out().contains("[2 of 4] tiny.random.3  complete"), again.out());
    }

    @Test
    void whereEveryMemberFails_theReasonIsTold() throws IOException {
        var said = compare(
                Said.TINY.replace("gain: {log", "gone: {log") + "retries: 0\n", "--seeds", "1", "--tuners", "random");

        assertEquals(1, said.status());
        assertTrue(
                said.out()
                        .contains("[1 of 1] tiny.random.3  failed: no member has a model that could be measured at the"
                                + " end; the first failure: java.lang.IllegalArgumentException: no hyperparameter"
                                + " 'gain' is active"),
                said.out());
    }

    // ---- an interrupt

    @Test
    void anInterruptedComparison_savesExitsWith130_andGoesOn() throws IOException, InterruptedException {
        var slow = Said.TINY.replace("0ms", "10ms").replace("steps: 40", "steps: 100");
        var file = Said.file(folder, slow);
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "compare",
                        file.toString(),
                        "--tuners",
                        "pbt, random",
                        "--seeds",
                        "1",
                        "--centre",
                        "iqm",
                        "--slots",
                        "1",
                        "-f",
                        "json",
                        "--to",
                        folder.resolve("the results").toString(),
                        "--store",
                        Said.store(folder)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            while (decisions("tiny.random.3") < 8 && process.isAlive()) {
                Thread.sleep(50);
            }
            new ProcessBuilder("kill", InterruptTest.interrupt(), Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(folder.resolve("said"));
        assertEquals(130, process.exitValue(), said);
        assertTrue(
                said.endsWith("Interrupted; all is saved. To go on: clade compare " + file
                        + " --tuners 'pbt, random' --seeds 1 --centre iqm --slots 1 -f json --to '"
                        + folder.resolve("the results") + "' --store " + Said.store(folder) + "\n"),
                said);
        var complete = log("tiny.pbt.3");
        int before = decisions("tiny.random.3");
        var resumed = compare(slow, "--seeds", "1");
        assertEquals(0, resumed.status(), resumed.err());
        assertEquals(complete, log("tiny.pbt.3"), "what was complete is only read");
        assertTrue(decisions("tiny.random.3") > before);
        assertTrue(
                resumed.out()
                        .contains("tiny.random.3: 5 members, 100 steps each, ranked by score (max), goes on at"
                                + " mean step "),
                resumed.out());
        assertEquals(
                0,
                Said.by("verify", "tiny.random.3", "--bytes", "--store", Said.store(folder))
                        .status());
    }

    private int decisions(String name) {
        var said = Said.by("show", name, "-f", "json", "--store", Said.store(folder));
        return said.status() == 0 ? json(said).path("decisions").intValue() : 0;
    }
}
