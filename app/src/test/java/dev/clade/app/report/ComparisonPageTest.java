package dev.clade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.app.file.ExperimentFile;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.compare.Arm;
import dev.clade.study.compare.Comparison;
import dev.clade.study.compare.Outcome;
import dev.clade.study.compare.Plan;
import dev.clade.study.compare.Recipe;
import dev.clade.study.statistics.Centre;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonPageTest {

    private static final String HOSTILE = "</script><script>alert(1)</script>";

    private static final Setting.Mapping FILE = ExperimentFile.parse("""
            name: study
            metric: score
            budget: {steps: 10}
            parameters: {x: {uniform: [0, 1]}}
            trainer: {toy: sleeper}
            environment: {set: {KEY: hush}}
            """, "file");

    @TempDir
    private Path folder = Path.of("");

    private static ComparisonPage page() {
        var arm = new Arm.Tuned("pbt", Setting.word("pbt"));
        var plan = new Plan("study", List.of(arm), List.of(1L));
        var comparison = Comparison.of(
                plan,
                Specification.read(FILE),
                Map.of(new Plan.Entry(arm, 1), new Outcome.Failed(HOSTILE)),
                Centre.MEAN);
        return new ComparisonPage(
                comparison, List.of(HOSTILE), Map.of("pbt", new Recipe.Settings(FILE, List.of("a note"))), "10 steps");
    }

    private static JsonNode data(String page) {
        var begin = page.indexOf("id=\"data\">") + "id=\"data\">".length();
        return JsonMapper.builder().build().readTree(page.substring(begin, page.indexOf("</script>", begin)));
    }

    @Test
    void thePageHoldsItsData_whichCannotLeaveItsElement() throws IOException {
        var to = folder.resolve("results/compare.html");
        page().write(to);

        var text = Files.readString(to);
        assertThat(text).doesNotContain(HOSTILE).contains("Content-Security-Policy");
        var data = data(text);
        assertThat(data.path("format").intValue()).isEqualTo(1);
        assertThat(data.path("verdict").get(0).stringValue()).isEqualTo(HOSTILE);
        var arm = data.path("arms").get(0);
        assertThat(arm.path("failures").get(0).path("reason").stringValue()).isEqualTo(HOSTILE);
        assertThat(arm.path("score").isNull()).isTrue();
        assertThat(arm.path("notes").get(0).stringValue()).isEqualTo("a note");
        assertThat(arm.path("settings").stringValue())
                .contains("steps: 10")
                .contains("***")
                .doesNotContain("hush");
    }

    @Test
    void whereItCannotBeWritten_theFaultSaysHowTo() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> page().write(file.resolve("compare.html")))
                .hasMessageContaining("CLADE-4301")
                .hasMessageContaining("say where: clade compare FILE --to DIR.");
    }
}
