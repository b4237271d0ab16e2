package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// An experiment with two metrics, from its file to what is shown of it.
class FrontRunTest {

    private static final String TRADEOFF = """
            name: tradeoff
            metrics: [{metric: gain, mode: max}, {metric: cost, mode: min}]
            population: 4
            budget: {steps: 60}
            ready: {every: 10}
            final: {candidates: 2, repeats: 1}
            parameters:
              h: {uniform: [0, 1]}
            trainer: {toy: tradeoff}
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static Said ran = new Said(0, "", "");

    @BeforeAll
    static void runs() throws IOException {
        ran = Said.run(folder, TRADEOFF, "--to", folder.resolve("results").toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private static String out(String... arguments) {
        var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = Said.store(folder);
        var said = Said.by(all);
        assertEquals(0, said.status(), said.err());
        return said.out();
    }

    @Test
    void run_namesBothMetrics() {
        assertEquals(
                "tradeoff: 4 members, 60 steps each, ranked by gain (max), cost (min)",
                ran.out().lines().findFirst().orElse(""));
    }

    @Test
    void show_printsAFewOfTheFront_withWhatWasMeasuredAfresh() {
        var text = out("show", "tradeoff");
        assertTrue(
                text.contains("  ranked by    gain, the higher the better; cost, the lower the better; by fronts, the"
                        + " winner by the first\n"),
                text);
        assertTrue(text.contains("The front: what nobody has measured better in every metric"), text);
        assertTrue(text.matches("(?s).*member  segment  step +gain +cost  gain afresh  cost afresh\n.*"), text);
    }

    @Test
    void showForPrograms_hasAllOfTheFront_andNothingOfItIsDominated() {
        var front = JsonMapper.builder()
                .build()
                .readTree(out("show", "tradeoff", "-f", "json"))
                .get("front");
        assertFalse(front.isEmpty());
        for (var one : front) {
            for (var other : front) {
                double gain = other.get("metrics").get("gain").asDouble()
                        - one.get("metrics").get("gain").asDouble();
                double cost = other.get("metrics").get("cost").asDouble()
                        - one.get("metrics").get("cost").asDouble();
                assertFalse(gain > 0 && cost < 0, front.toString());
            }
        }
    }

    @Test
    void best_saysThatItIsTheBestByTheFirstMetricAlone() {
        var text = out("best", "tradeoff", "--to", folder.resolve("model").toString());
        assertTrue(text.contains("It is the best by gain alone. Of several metrics there is a front of "), text);
    }

    @Test
    void gc_keepsTheFront() {
        assertTrue(out("gc", "tradeoff").contains("on the front of all metrics"));
    }

    @Test
    void tunerThatBlends_withATrainerThatDoesNot_isRefusedByName() throws IOException {
        var said = Said.run(folder, Said.TINY.replace("exploit: {truncation: 0.25}", "tuner: ipbt"));
        assertEquals(new Said(3, "", """
                CLADE-1381 experiment.yaml:12:10 the tuner 'ipbt' needs a trainer that can 'blend'.
                  Found:    trainer: {toy: sleeper, step: 0ms}, which cannot.
                  Expected: a trainer that mixes a checkpoint with fresh weights (Origin.Blend).
                  Mend:     choose another tuner, or teach the trainer and let it say so.
                """), said);
    }
}
