package dev.clade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `clade simulate` and `clade plan`.
class SimulateTest {

    /// A trainer that is not simulated by itself.
    private static final String REAL = Said.TINY.replace("{toy: sleeper, step: 0ms}", "{java: com.acme.Trainer}");

    @TempDir
    private Path folder = Path.of("");

    private Said clade(String content, String verb, String... more) throws IOException {
        var all = new String[4 + more.length];
        all[0] = verb;
        all[1] = Said.file(folder, content).toString();
        all[2] = "--store";
        all[3] = Said.store(folder);
        System.arraycopy(more, 0, all, 4, more.length);
        return Said.by(all);
    }

    private static JsonNode json(Said said) {
        assertThat(said.err()).isEmpty();
        return JsonMapper.shared().readTree(said.out());
    }

    @Test
    void aToy_standsForItself_andEveryRunIsTold() throws IOException {
        var runs = json(clade(Said.TINY, "simulate", "--seeds", "3", "--slots", "2", "-f", "json"));

        assertThat(runs.get("trainer").asString()).contains("the file's own toy");
        assertThat(runs.get("runs")).hasSize(3).allSatisfy(run -> {
            assertThat(run.get("members").asInt()).isEqualTo(5);
            assertThat(run.get("steps").asInt()).isBetween(100, 200);
            assertThat(run.get("decisions").asInt()).isBetween(10, 20);
        });
    }

    /// Five members of 40 steps, a second each, on a slot each; nothing else takes time.
    @Test
    void time_isThatOfTheCosts() throws IOException {
        var plain = REAL.replace("exploit: {truncation: 0.25}", "exploit: none");
        var run = json(clade(plain, "simulate", "--seeds", "1", "--slots", "5", "-f", "json"))
                .get("runs")
                .get(0);
        assertThat(run.get("seconds").asDouble()).isEqualTo(40);

        var slow = json(clade(plain, "simulate", "--seeds", "1", "--slots", "5", "--speeds", "1,1,1,1,3", "-f", "json"))
                .get("runs")
                .get(0);
        assertThat(slow.get("seconds").asDouble()).isBetween(40.0, 120.0).isNotEqualTo(40);
    }

    @Test
    void workersThatAreLost_andProgramsThatFail_costTimeAndNothingElse() throws IOException {
        var run = json(clade(
                        REAL,
                        "simulate",
                        "--seeds",
                        "1",
                        "--slots",
                        "2",
                        "--fail",
                        "0.2",
                        "--preempt",
                        "every=30s,away=5s",
                        "-f",
                        "json"))
                .get("runs")
                .get(0);
        assertThat(run.get("failed_segments").asInt()).isPositive();
        assertThat(run.get("score").isNumber()).isTrue();
    }

    @Test
    void aRunThatIsKept_isReadAsAnyOther() throws IOException {
        var said = clade(REAL, "simulate", "--seeds", "2", "--keep", "sim");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Kept as 'sim'", "a made-up landscape (seed 1, moving 0.5", "made up");
        assertThat(clade(REAL, "simulate", "--keep", "sim").err()).contains("CLADE-4158");
        var shown = Said.by("show", "sim", "--store", Said.store(folder)).out();
        assertThat(shown).startsWith("sim  simulated").contains("nothing was trained");
        assertThat(Said.by("list", "--store", Said.store(folder)).out()).contains("simulated");
        for (var verb : new String[] {"show", "verify", "schedule"}) {
            var read = Said.by(verb, "sim", "--store", Said.store(folder));
            assertThat(read.status()).as(verb + ": " + read.err()).isZero();
        }
    }

    @Test
    void anotherTuner_isSimulatedUnderTheSameFile() throws IOException {
        var random = json(clade(Said.TINY, "simulate", "--tuner", "random", "--seeds", "1", "-f", "json"));
        assertThat(random.get("tuner").asString()).isEqualTo("random");
        assertThat(random.get("runs").get(0).get("copies").asInt()).isZero();
    }

    @Test
    void aFinishedExperiment_standsForItsTrainer() throws IOException {
        var real = Said.TINY.replace("budget: {steps: 40}", "budget: {steps: 100}");
        assertThat(Said.run(folder, real, "--to", folder.resolve("results").toString())
                        .status())
                .isZero();
        var simulated = json(clade(real, "simulate", "--from", "tiny", "--seeds", "2", "-f", "json"));
        assertThat(simulated.get("trainer").asString()).startsWith("what 'tiny' did: ");
        assertThat(simulated.get("runs").get(0).get("score").isNumber()).isTrue();
    }

    @Test
    void wrongOptions_areRefusedByName() throws IOException {
        assertThat(clade(REAL, "simulate", "--landscape", "moving=2").err())
                .contains("--landscape", "moving")
                .contains("a number from 0 to 1");
        assertThat(clade(REAL, "simulate", "--costs", "step").err()).contains("CLADE-4154", "key=value");
        assertThat(clade(REAL, "simulate", "--seeds", "0").err()).contains("CLADE-4155");
        assertThat(clade(REAL, "simulate", "--tuner", "oracle").err()).contains("CLADE-1302");
        assertThat(clade(REAL, "simulate", "--keep", "a/b", "--seeds", "1").err())
                .contains("CLADE-4006");
        assertThat(clade(REAL.replace("{steps: 40}", "{time: 1h}"), "simulate").err())
                .contains("CLADE-4153");
    }

    @Test
    void plan_advisesWhatFits_theBestFirst() throws IOException {
        var plan = json(clade(
                REAL,
                "plan",
                "--slots",
                "2",
                "--hours",
                "0.05",
                "--seeds",
                "2",
                "--costs",
                "step=100ms",
                "-f",
                "json"));
        var scores = StreamSupport.stream(plan.get("candidates").spliterator(), false)
                .map(c -> (c.get("scores").get(0).asDouble()
                                + c.get("scores").get(1).asDouble())
                        / 2)
                .toList();
        assertThat(scores).hasSizeGreaterThan(8).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(plan.get("candidates"))
                .allSatisfy(c -> assertThat(c.get("seconds").asDouble()).isLessThan(180 * 1.1));

        var said = clade(REAL, "plan", "--slots", "2", "--hours", "0.05", "--seeds", "2", "--costs", "step=100ms");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("In the file:", "population: ", "Nothing is known of the real trainer");
    }

    @Test
    void plan_whereNothingFits_saysWhatToRaise() throws IOException {
        assertThat(clade(REAL, "plan", "--slots", "1", "--hours", "0.0001").err())
                .contains("CLADE-4156", "raise --hours or --slots");
        assertThat(clade(REAL, "plan", "--slots", "1", "--hours", "-1").err()).contains("CLADE-4157");
    }
}
