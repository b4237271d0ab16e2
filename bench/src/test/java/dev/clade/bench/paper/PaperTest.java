package dev.clade.bench.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparisons, from the command to the pictures.
class PaperTest {

    private static final String FILE = """
            name: hill
            metric: score
            population: 6
            budget: {steps: 120}
            ready: {every: 20}
            synchronous: true
            exploit: {truncation: 0.25}
            report: {metric: test, mode: max}
            final: {candidates: 3, repeats: 4}
            parameters:
              h: {loguniform: [0.1, 2]}
              unused: {uniform: [0, 1], size: 2}
              colour: {choice: [red, "<&>"]}
            trainer: {java: dev.clade.bench.paper.Hill}
            """;

    private static final String ARMS = "pbt,random,n4,weights-only,final-fixed,schedule";

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void writes() throws IOException {
        file = Files.writeString(folder.resolve("hill.yaml"), FILE);
        to = folder.resolve("results");
    }

    private static String run(String... words) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var print = new PrintStream(out, false, StandardCharsets.UTF_8)) {
            boolean complete = Paper.run(Options.of(List.of(words)), print);
            print.flush();
            assertThat(complete).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private String compared(String arms, String threads) throws IOException {
        return run(
                "--settings",
                file.toString(),
                "--arms",
                arms,
                "--seeds",
                "3..4",
                "--threads",
                threads,
                "--to",
                to.toString());
    }

    private static String table(String output) {
        return output.substring(output.indexOf("hill: 2 seeds"));
    }

    private List<String> kept() throws IOException {
        try (var files = Files.list(to)) {
            return files.map(f -> String.valueOf(f.getFileName()))
                    .filter(f -> f.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /// What a file says beside the time it took.
    private String timeless(String name) throws IOException {
        return Files.readString(to.resolve(name)).replaceAll("\"(cpu|wall)_seconds\": [^,}]*", "");
    }

    @Test
    void anInterruptedComparison_goesOnWhereItWas() throws IOException {
        var first = compared(ARMS, "2");
        var lost = timeless("schedule.4.json");
        Files.delete(to.resolve("schedule.4.json"));
        var second = compared(ARMS, "1");

        assertThat(kept()).hasSize(12);
        assertThat(first).doesNotContain("(kept)").contains("equal in all arms of one population size");
        assertThat(second.lines().filter(l -> l.endsWith("(kept)"))).hasSize(11);
        assertThat(timeless("schedule.4.json")).isEqualTo(lost);
    }

    @Test
    void tablesAndPicturesAreMadeAgain_withoutARun() throws IOException {
        var first = compared(ARMS, "2");
        Files.delete(file);
        var lineage = Files.readString(to.resolve("lineage-pbt.svg"));
        Files.delete(to.resolve("lineage-pbt.svg"));

        assertThat(table(run("--draw", to.toString()))).isEqualTo(table(first));
        assertThat(table(run("--draw", to.toString(), "--arms", "pbt,n4", "--against", "pbt")))
                .contains("n4 - pbt")
                .doesNotContain("schedule");
        var elsewhere = folder.resolve("else/where");
        run("--draw", to.toString(), "--to", elsewhere.toString());
        assertThat(elsewhere.resolve("lineage-pbt.svg"))
                .content()
                .isEqualTo(lineage)
                .contains("member 5", "seed 3");
        assertThat(elsewhere.resolve("table.txt")).exists();
    }

    @Test
    void resultsThatWereKeptBeforeDescentWas_areRead() throws IOException {
        compared("pbt", "1");
        var kept = to.resolve("pbt.3.json");
        Files.writeString(kept, Files.readString(kept).replaceAll(",\n\"descent\": [^\n]*(?=,?\n)", ""));

        assertThat(kept).content().doesNotContain("descent");
        run("--draw", to.toString());
        assertThat(to.resolve("lineage-pbt.svg")).content().contains("seed 4");
    }

    @Test
    void picturesAreXml_thatFetchesNothing() throws Exception {
        compared(ARMS, "2");

        try (var files = Files.list(to)) {
            var pictures =
                    files.filter(f -> f.toString().endsWith(".svg")).sorted().toList();
            assertThat(pictures.stream().map(f -> f.getFileName().toString()))
                    .containsExactly(
                            "arms-depth.svg",
                            "arms-score.svg",
                            "arms-test.svg",
                            "curves.svg",
                            "lineage-n4.svg",
                            "lineage-pbt.svg",
                            "lineage-weights-only.svg",
                            "schedules-n4.svg",
                            "schedules-pbt.svg",
                            "schedules-random.svg",
                            "schedules-weights-only.svg");
            for (var picture : pictures) {
                var text = Files.readString(picture);
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                assertThat(text).doesNotContain("NaN", "Infinity", "href");
            }
        }
    }

    @Test
    void othersSettings_areRefusedBeforeAnythingTrains() throws IOException {
        compared("pbt", "1");
        Files.writeString(file, FILE.replace("0.25", "0.5"));

        assertThatThrownBy(() -> compared("pbt", "1"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(6012))
                .hasMessageContaining("exploit: {\"truncation\": 0.25}");
    }

    @Test
    void whoFollows_needsPbt() {
        assertThatThrownBy(() -> compared("random,schedule", "1"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(6014));
    }

    @Test
    void theNumberOfThreads_changesNothing() throws IOException {
        compared("pbt,random", "2");
        var together = Stream.of("pbt.3.json", "random.4.json").map(this::said).toList();
        to = folder.resolve("again");
        compared("pbt,random", "1");

        assertThat(Stream.of("pbt.3.json", "random.4.json").map(this::said)).isEqualTo(together);
    }

    private String said(String name) {
        try {
            return timeless(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
