package dev.clade.run.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.Specification;
import dev.clade.run.Experiment;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import dev.clade.trainer.TrainingFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from what a program prints and writes.
class HeardTest {

    @TempDir
    private Path folder = Path.of("");

    private static final Score Q = new Score.Printed("q");

    private Measured measured(Score score, boolean receipts, String printed) {
        var call = new Call(new Template(List.of("program")), List.of());
        var specification = Specification.read(
                Experiment.of(2).with("metric", Setting.word("quality")).settings());
        var command = new Command(call, Optional.empty(), score, Optional.empty(), receipts, specification, folder);
        var heard = new Heard(score);
        var bytes = printed.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += 7) { // in pieces, as it comes through a pipe
            var piece = java.util.Arrays.copyOfRange(bytes, i, Math.min(i + 7, bytes.length));
            heard.lines().hears(piece, piece.length);
        }
        heard.lines().end();
        return new Measured(command, heard, folder.resolve("save"), FileTime.from(Instant.now()));
    }

    private Evaluation evaluation(Score score, String printed) {
        return measured(score, false, printed).evaluation();
    }

    @Test
    void theLastObjectWithTheKey_isTheScore_andItsOtherNumbersAreMetrics() {
        var printed = """
                {"q": 1}
                epoch 1 {"q": 5}
                {"q": 2.5, "loss": [0.5, 0.25], "name": "x", "applied": {"x": 1}, "ok": true}
                {"done": 1}
                {not json}
                [1, 2]
                """;

        assertThat(evaluation(Q, printed).metrics())
                .containsOnly(
                        Map.entry("quality", Reading.of(2.5)),
                        Map.entry("q", Reading.of(2.5)),
                        Map.entry("loss", Reading.of(List.of(0.5, 0.25))));
        assertThat(evaluation(Q, "{\"q\": 3, \"quality\": 9}").metrics()).containsEntry("quality", Reading.of(3));
        assertThat(evaluation(Q, "10%\r90%\r{\"q\": 4}").metrics()).containsEntry("quality", Reading.of(4));
    }

    @Test
    void whatIsNoFiniteNumber_hasDiverged_asPythonWritesIt() {
        for (var word : List.of("NaN", "Infinity", "-Infinity", "[1.0, NaN]")) {
            assertThat(evaluation(Q, "{\"q\": " + word + "}").metrics().get("quality"))
                    .isInstanceOf(Reading.Diverged.class);
        }
    }

    @Test
    void whatIsMissing_isSaid_withWhatIsThere() {
        assertThatThrownBy(() -> evaluation(Q, "nothing\n"))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("no line of its standard output is a JSON object with the key 'q'");
        assertThatThrownBy(() -> evaluation(Q, "{\"loss\": 1, \"acc\": 2}"))
                .hasMessageContaining("the last one has acc, loss");
        assertThatThrownBy(() -> evaluation(Q, "{\"q\": \"high\"}")).hasMessageContaining("'q' is no number");
        assertThatThrownBy(() -> evaluation(Q, "{\"q\": []}")).hasMessageContaining("'q' is no number");
    }

    @Test
    void aLineOfMoreThanAMebibyte_isPassedOver() {
        var long_ = "{\"q\": 1, \"x\": \"" + "y".repeat(1 << 20) + "\"}";

        assertThat(evaluation(Q, "{\"q\": 2}\n" + long_ + "\n").metrics()).containsEntry("quality", Reading.of(2));
    }

    @Test
    void aPattern_findsTheFirstGroupOfItsLastMatch() {
        var score = new Score.Matched(Pattern.compile("acc(?:uracy)?[:=] ?(\\S+)"));

        assertThat(evaluation(score, "acc: 0.5 acc=0.6\naccuracy: 0.75\nend\n").metrics())
                .containsOnly(Map.entry("quality", Reading.of(0.75)));
        assertThat(evaluation(score, "acc: nan").metrics().get("quality")).isInstanceOf(Reading.Diverged.class);
        assertThatThrownBy(() -> evaluation(score, "acc: high")).hasMessageContaining("'high' is no number");
        assertThatThrownBy(() -> evaluation(score, "")).hasMessageContaining("matches acc");
    }

    @Test
    void aFile_isReadWhereItWasSaved_elseInTheFolder_ifItIsOfThisRun() throws Exception {
        var score = new Score.Written("result.json", "q");
        assertThatThrownBy(() -> evaluation(score, "")).hasMessageContaining("it has written no result.json");

        var inFolder = Files.writeString(folder.resolve("result.json"), "{\"q\": 1}");
        Files.setLastModifiedTime(inFolder, FileTime.from(Instant.now().minusSeconds(60)));
        assertThatThrownBy(() -> evaluation(score, "")).hasMessageContaining("is older than this run");

        Files.setLastModifiedTime(inFolder, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(evaluation(score, "").metrics()).containsEntry("quality", Reading.of(1));

        Files.createDirectory(folder.resolve("save"));
        Files.writeString(folder.resolve("save/result.json"), "{\n \"q\": 2\n}\n");
        assertThat(evaluation(score, "").metrics()).containsEntry("quality", Reading.of(2));
    }

    private static Hyperparameters values() {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr", new Value.Real(0.1),
                "n", new Value.Whole(3),
                "o", new Value.Text("adam"),
                "v", new Value.Vector(List.of(new Value.Real(1), new Value.Real(0.2))))));
    }

    private static String applied(String values) {
        return "{\"q\": 1, \"applied\": " + values + "}";
    }

    private static String all() {
        return "{\"lr\": 0.10000000149011612, \"n\": 3, \"o\": \"adam\", \"v\": [1, 0.2]}";
    }

    @Test
    void aReceipt_isEqual_afterRoundingToFloat32() {
        measured(Q, true, applied(all())).receipt(values());
        measured(Q, false, applied("{\"lr\": 0.1}")).receipt(values());
        measured(Q, false, "{\"q\": 1}").receipt(values());
    }

    @Test
    void aReceiptThatDiffers_isRefused_byNameAndValues() {
        assertThatThrownBy(() -> measured(Q, false, applied("{\"lr\": 0.2}")).receipt(values()))
                .isInstanceOfSatisfying(
                        TrainingFailed.class, f -> assertThat(f.kind()).isEqualTo(TrainingFailed.Kind.RECEIPT))
                .hasMessage("lr was asked to be 0.1 and is 0.2");
        assertThatThrownBy(() -> measured(Q, false, applied("{\"n\": 3.5}")).receipt(values()))
                .hasMessage("n was asked to be 3 and is 3.5");
        assertThatThrownBy(() -> measured(Q, false, applied("{\"v\": [1]}")).receipt(values()))
                .hasMessageContaining("v was asked to be [1.0, 0.2] and is [1]");
        assertThatThrownBy(() -> measured(Q, true, applied("{\"lr\": 0.1}")).receipt(values()))
                .hasMessage("n was asked to be 3 and is not in the receipt");
        assertThatThrownBy(() -> measured(Q, true, "{\"q\": 1}").receipt(values()))
                .hasMessageContaining("has not said which values are in force");
    }
}
