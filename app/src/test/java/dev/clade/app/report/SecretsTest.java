package dev.clade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.app.file.ExperimentFile;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void environmentsPasswordsAndSecretsAreMasked() {
        assertThat(shown("""
                        name: run-7
                        store: postgresql://ann:gehe:im@db.example/clade?ssl=true
                        environment: {set: {HF_HOME: /data/hf, WANDB: [a, b]}}
                        trainer: {command: python train.py, api_key: abc, nested: {DB_PASSWORD: x}}
                        """)).isEqualTo("""
                        name: run-7
                        store: "postgresql://ann:***@db.example/clade?ssl=true"
                        environment: {set: {HF_HOME: "***", WANDB: ["***", "***"]}}
                        trainer: {command: python train.py, api_key: "***", nested: {DB_PASSWORD: "***"}}
                        """);
    }

    @Test
    void whatIsNoSecretStays() {
        var settings = """
                store: "sqlite:///runs/clade.db"
                parameters:
                  rate: {uniform: [0, 1]}
                trainer: {command: "python train.py --url http://host:8080/path@2", toy: pole}
                """;

        assertThat(shown(settings)).isEqualTo(settings);
    }

    private static String shown(String yaml) {
        return SettingsText.of(Secrets.masked(ExperimentFile.parse(yaml, "test.yaml")));
    }
}
