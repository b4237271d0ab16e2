package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `clade replay`, and `clade schedule --knots`.
class ReplayTest {

    /// The best `h` falls from 1 to 0.2: no constant is good at the end, a schedule is.
    private static final String DRIFT = """
            name: drift
            metric: score
            population: 10
            budget: {steps: 1000}
            ready: {every: 50}
            exploit: {truncation: 0.25}
            explore: {perturb: [0.7, 1.4]}
            control: 2
            parameters:
              h: {loguniform: [0.05, 5]}
            trainer: {toy: drift, lag: 300, noise: 0.02}
            seed: 3
            """;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void runs() throws IOException {
        var ran = Said.run(folder, DRIFT, "--to", folder.resolve("results").toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private static Said said(String... arguments) {
        return Said.by(Stream.concat(Stream.of(arguments), Stream.of("--store", Said.store(folder)))
                .toArray(String[]::new));
    }

    private static Said replay(String to, String... more) {
        return said(Stream.concat(
                        Stream.of(
                                "replay",
                                "drift",
                                "--slots",
                                "1",
                                "--to",
                                folder.resolve(to).toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static JsonNode json(Said said) {
        assertEquals(0, said.status(), said.err());
        return JsonMapper.builder().build().readTree(said.out());
    }

    private static JsonNode arm(JsonNode document, String arm) {
        return document.path("arms")
                .valueStream()
                .filter(a -> a.path("arm").stringValue().equals(arm))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScheduleThatFollowsADriftCarriesTheGainAndAConstantDoesNot() throws IOException {
        var document = json(replay("carries", "-f", "json", "--seeds", "5", "--knots", "4"));

        assertEquals("drift", document.path("experiment").stringValue());
        assertEquals(1000, document.path("steps").intValue());
        double winner = document.path("winner").doubleValue();
        double schedule = arm(document, "schedule").path("mean").doubleValue();
        double constant = Math.max(
                arm(document, "final").path("mean").doubleValue(),
                arm(document, "initial").path("mean").doubleValue());
        assertTrue(schedule > constant, document.toString());
        assertTrue(winner > constant, document.toString());
        assertTrue(
                document.path("verdict").stringValue().startsWith("carries"),
                document.path("statement").stringValue());
        assertTrue(
                document.path("statement").stringValue().startsWith("The schedule alone carries "),
                document.path("statement").stringValue());
        for (var arm : List.of("schedule", "knots", "final", "initial")) {
            var trained = arm(document, arm);
            assertEquals("drift.replay." + arm, trained.path("experiment").stringValue());
            assertEquals(5, trained.path("scores").size());
            double sum = trained.path("scores")
                    .valueStream()
                    .mapToDouble(s -> s.path("score").doubleValue())
                    .sum();
            assertEquals(sum / 5, trained.path("mean").doubleValue(), 1e-12);
            assertTrue(said("verify", "drift.replay." + arm).out().contains("holds"));
            var shown = json(said("show", "drift.replay." + arm, "-f", "json"));
            assertEquals(5, shown.path("members").size());
            shown.path("members").forEach(m -> assertEquals(1000, m.path("step").intValue()));
        }
        assertEquals(
                schedule - arm(document, "final").path("mean").doubleValue(),
                document.path("better_by").get(0).path("mean").doubleValue(),
                1e-12);
        assertEquals(
                winner - schedule,
                document.path("better_by").get(3).path("mean").doubleValue(),
                1e-12);
        assertTrue(document.path("knots").intValue() <= 4);
        try (var files = Files.list(folder.resolve("carries"))) {
            assertEquals(
                    List.of(
                            "replay.json",
                            "schedule.yaml",
                            "schedule_keras.py",
                            "schedule_optax.py",
                            "schedule_pytorch.py"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                said("schedule", "drift", "--knots", "4").out(),
                Files.readString(folder.resolve("carries/schedule.yaml")));

        var again = replay("carries", "--seeds", "5", "--knots", "4");
        assertEquals(0, again.status(), again.err());
        assertTrue(again.out().contains("The schedule of 'drift' from new weights: 5 seeds, 1000 steps each"));
        assertFalse(again.out().contains("ranked by"), "nothing is trained twice: " + again.out());
        assertTrue(again.out().contains("The winner is the best of 8 members after "), again.out());

        var other = replay("other", "--seeds", "4", "--knots", "4");
        assertEquals(2, other.status());
        assertEquals("""
                CLADE-4143 experiment 'drift.replay.schedule' is in the store already, and is not this replay.
                  Found:    other settings: population, final.
                  Expected: those of an earlier 'clade replay' with the same options, which would go on.
                  Mend:     give the options it was begun with, or begin another: --name NAME.
                """, other.err());
    }

    /// A real process, told to end in the midst of an arm; the same command goes on.
    @Test
    void anInterruptedReplayExitsWith130AndGoesOn() throws IOException, InterruptedException {
        var slow = Said.TINY.replace("0ms", "2ms").replace("steps: 40", "steps: 400");
        var ran = Said.run(folder, slow, "--to", folder.resolve("tiny").toString());
        assertEquals(0, ran.status(), ran.err());
        var to = folder.resolve("the interrupted").toString();
        String[] command = {
            "replay", "tiny", "--seeds", "2", "--knots", "3", "--to", to, "--slots", "1", "--store", Said.store(folder)
        };
        var process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                Stream.of(command))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            while (process.isAlive() && !begun("tiny.replay.knots")) {
                Thread.sleep(50);
            }
            process.destroy();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }
        var out = Files.readString(folder.resolve("said"));
        assertEquals(130, process.exitValue(), out);
        assertTrue(
                out.endsWith("Interrupted; all is saved. To go on: clade replay tiny --seeds 2 --knots 3 --to '" + to
                        + "' --slots 1 --store " + Said.store(folder) + "\n"),
                out);
        assertEquals("complete", status("tiny.replay.schedule"));
        assertEquals("interrupted", status("tiny.replay.knots"));
        assertEquals("interrupted", status("tiny.replay.initial"), "created before the first was trained");

        var resumed = Said.by(command);
        assertEquals(0, resumed.status(), resumed.err());
        assertFalse(resumed.out().contains("tiny.replay.schedule: 2 members"), resumed.out());
        assertTrue(resumed.out().startsWith("tiny.replay.knots: 2 members, 400 steps each, "), resumed.out());
        assertTrue(resumed.out().contains("goes on at mean step "), resumed.out());
        assertTrue(resumed.out().contains("\nThe schedule of 'tiny' from new weights: 2 seeds, 400 steps each\n"));
        assertEquals("complete", status("tiny.replay.initial"));
    }

    private static boolean begun(String experiment) {
        var said = said("show", experiment, "-f", "json");
        return said.status() == 0
                && JsonMapper.builder()
                                .build()
                                .readTree(said.out())
                                .path("decisions")
                                .intValue()
                        > 2;
    }

    private static String status(String experiment) {
        return json(said("show", experiment, "-f", "json")).path("status").stringValue();
    }

    @Test
    void aSingleSeedSaysNothing() {
        var single = json(replay("single", "-f", "json", "--seeds", "1", "--name", "one"));
        assertEquals("too_few", single.path("verdict").stringValue(), single.toString());
        assertEquals("none", arm(single, "schedule").path("by").stringValue());
        assertTrue(
                single.path("statement").stringValue().startsWith("1 seed is too few to say whether "),
                single.path("statement").stringValue());
    }

    /// Follows `h`, which had better grow; and breaks where it is told to.
    public static final class Fragile implements Trainer {
        private static volatile double breaksUnder = Double.NaN;
        private static volatile long breaksFrom;

        private Hyperparameters values = Hyperparameters.NONE;
        private double score;
        private long steps;

        @Override
        public Hyperparameters begin(Start start) throws IOException {
            switch (start.origin()) {
                case Origin.Fresh fresh -> load("0 0");
                case Origin.Resume(var from) -> load(Files.readString(from.resolve("state")));
                case Origin.Copy(var from) -> load(Files.readString(from.resolve("state")));
                default -> {}
            }
            values = start.values();
            return values;
        }

        private void load(String state) {
            var parts = state.split(" ");
            score = Double.parseDouble(parts[0]);
            steps = Long.parseLong(parts[1]);
        }

        @Override
        public void train(Stretch stretch) {
            double h = values.real("h");
            while (stretch.advance(1)) {
                if (h == breaksUnder && steps >= breaksFrom) {
                    throw new IllegalStateException("a bolt fell out");
                }
                score += 1 - Math.abs(h - steps / 60.0);
                steps++;
            }
        }

        @Override
        public Evaluation evaluate(long seed) {
            return Evaluation.of("score", score);
        }

        @Override
        public void save(Path to) throws IOException {
            Files.writeString(to.resolve("state"), score + " " + steps);
        }
    }

    @Test
    void anArmThatBreaksCostsNoOther() throws IOException {
        var fragile = """
                name: fragile
                metric: score
                population: 6
                budget: {steps: 60}
                ready: {every: 10}
                exploit: {truncation: 0.4}
                explore: {perturb: [0.5, 1.9]}
                retries: 0
                parameters:
                  h: {uniform: [0, 1], perturb: multiply}
                trainer: {java: "%s"}
                """.formatted(Fragile.class.getName());
        var ran = Said.run(folder, fragile, "--to", folder.resolve("fragile").toString());
        assertEquals(0, ran.status(), ran.err());
        var stages = json(said("schedule", "fragile", "-f", "json")).path("stages");
        var h = stages.get(0).path("hyperparameters").path("h").doubleValue();
        var second = stages.valueStream()
                .filter(s -> s.path("hyperparameters").path("h").doubleValue() != h)
                .findFirst()
                .orElseThrow();
        Fragile.breaksFrom = second.path("from").longValue();
        Fragile.breaksUnder = h;

        var to = folder.resolve("broken").toString();
        var document = json(said("replay", "fragile", "--seeds", "2", "--slots", "1", "--to", to, "-f", "json"));

        assertEquals("unknown", document.path("verdict").stringValue(), document.toString());
        assertEquals(0, arm(document, "initial").path("scores").size());
        assertTrue(arm(document, "initial").path("mean").isNull());
        assertEquals(2, arm(document, "schedule").path("scores").size());
        assertEquals(2, arm(document, "final").path("scores").size());
        assertTrue(
                document.path("statement").stringValue().contains("failed or diverged: 2 of initial"),
                document.path("statement").stringValue());
    }

    @Test
    void aScheduleIsSmoothedInEveryForm() {
        var document = json(said("schedule", "drift", "--knots", "3", "-f", "json"));
        assertEquals("log", document.path("scales").path("h").stringValue());
        assertEquals("linear", document.path("interpolate").stringValue());
        var knots = document.path("knots");
        assertTrue(knots.size() >= 2 && knots.size() <= 3);
        assertEquals(0, knots.get(0).path("step").intValue());
        assertEquals(1000, knots.get(knots.size() - 1).path("step").intValue());
        assertTrue(knots.get(knots.size() - 1).path("hyperparameters").path("h").doubleValue()
                < knots.get(0).path("hyperparameters").path("h").doubleValue());
        var csv = said("schedule", "drift", "--knots", "3", "-f", "csv")
                .out()
                .lines()
                .toList();
        assertEquals("step,h", csv.getFirst());
        assertEquals(knots.size() + 1, csv.size());
        var table = said("schedule", "drift", "--knots", "3", "-f", "table").out();
        assertTrue(table.lines().findFirst().orElse("").matches("step +h"), table);
        assertEquals(
                knots.size(),
                ExperimentFile.parse(said("schedule", "drift", "--knots", "3").out(), "schedule")
                        .entries()
                        .get("knots")
                        .asList()
                        .size());
        for (var code : List.of("pytorch", "optax", "keras")) {
            var text = said("schedule", "drift", "--knots", "3", "-f", code).out();
            assertTrue(text.startsWith("# The schedule that Clade found in the experiment 'drift': 1000 steps"), text);
            assertTrue(text.contains("SCALES = {\n    \"h\": \"log\",\n}\nWHOLE = []\n"), text);
        }
    }

    // ---- what is refused

    @Test
    void oneKnotIsNoSchedule() {
        assertEquals(new Said(2, "", """
                CLADE-4140 a schedule has a beginning and an end.
                  Found:    --knots 1.
                  Expected: 2 or more.
                  Mend:     write --knots 5, or leave it out.
                """), said("schedule", "drift", "--knots", "1"));
    }

    @Test
    void noSeedTrainsNothing() {
        assertEquals(new Said(2, "", """
                CLADE-4141 nothing is trained without a seed.
                  Found:    --seeds 0.
                  Expected: 1 or more; 5 and more have intervals that need no assumption.
                  Mend:     leave --seeds out.
                """), replay("none", "--seeds", "0"));
    }

    @Test
    void aWinnerThatIsNotThereYetHasNoSchedule() {
        try (var experiments = dev.clade.app.wire.Experiments.existing(java.util.Optional.of(Said.store(folder)))) {
            experiments
                    .create("begun", ExperimentFile.parse(DRIFT, "begun"), folder, Main.VERSION)
                    .close();
        }
        assertEquals(new Said(2, "", """
                CLADE-4142 experiment 'begun' has no winner whose schedule could be replayed.
                  Found:    it has not ended.
                  Expected: an experiment that is complete, with a winner measured afresh.
                  Mend:     go on with it: 'clade resume begun'.
                """), said("replay", "begun"));
    }
}
