package dev.clade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.app.file.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTextTest {

    @Test
    void whatItSaysReadsAsTheSameSettings() {
        var settings = ExperimentFile.parse(Runs.MIXED, "mixed.yaml");

        assertThat(ExperimentFile.parse(SettingsText.of(settings), "again.yaml"))
                .isEqualTo(settings);
    }

    @Test
    void examplesReadAsTheSameSettings() throws IOException {
        try (var examples = Files.list(Path.of("..", "examples"))) {
            for (var file : examples.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                var settings = ExperimentFile.read(file);
                assertThat(ExperimentFile.parse(SettingsText.of(settings), "again.yaml"))
                        .as(file.toString())
                        .isEqualTo(settings);
            }
        }
    }

    @Test
    void textsThatYamlCouldTakeForSomethingElseAreQuoted() {
        var settings = ExperimentFile.parse("""
                a: "32"
                b: "a: b #c"
                c: ["x, y", "{z}", "", " w ", "- v", "back\\\\slash \\"quote\\" \\n\\t\\x01", "\\u00e4\\u2028"]
                d: {}
                e: []
                "f g": {h: {i: [1, {j: "k: l"}]}}
                m: "%x"
                n: "@o"
                """, "odd.yaml");

        assertThat(ExperimentFile.parse(SettingsText.of(settings), "again.yaml"))
                .isEqualTo(settings);
    }

    @Test
    void parametersStandOnLinesOfTheirOwn() {
        var settings = ExperimentFile.parse("{name: a, parameters: {x: {uniform: [0, 1]}}}", "flow.yaml");

        assertThat(SettingsText.of(settings)).isEqualTo("""
                        name: a
                        parameters:
                          x: {uniform: [0, 1]}
                        """);
    }
}
