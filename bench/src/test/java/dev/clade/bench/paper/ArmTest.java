package dev.clade.bench.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.app.file.ExperimentFile;
import dev.clade.fault.Fault;
import dev.clade.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmTest {

    private static final Setting.Mapping FILE = ExperimentFile.parse("""
            name: drift
            metric: score
            population: 6
            budget: {steps: 60}
            ready: {every: 10}
            exploit: {truncation: 0.25}
            explore: {perturb: [0.8, 1.25]}
            parameters: {h: {loguniform: [0.1, 2]}}
            trainer: {toy: drift, noise: 0.1}
            """, "drift.yaml");

    private static Setting.Mapping settings(String arm) {
        return Arm.of(arm).of(FILE, 7, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "random       | exploit    | none",
                "random       | explore    | none",
                "n40          | population | 40",
                "tournament   | exploit    | binary_tournament",
                "t-test       | exploit    | t_test",
                "truncation   | exploit    | {truncation: 0.25}",
                "none         | exploit    | none",
                "weights-only | inherit    | [weights]",
                "hyperparameters-only | inherit | [hyperparameters]",
                "both         | inherit    | [weights, hyperparameters]",
                "cosine       | trainer    | '{toy: drift, noise: 0.1, schedule: {cosine: 60}}'",
                "random+n4    | population | 4",
                "random+n4    | exploit    | none",
                "weights-only+n4 | population | 4",
                "weights-only+n4 | inherit | [weights]",
                "trainer.noise=0.2 | trainer  | '{toy: drift, noise: 0.2}'",
                "random+trainer.noise=0.2 | trainer  | '{toy: drift, noise: 0.2}'",
                "random+trainer.noise=0.2 | explore  | none",
                "seed=7       | seed       | 7",
            })
    void aNameChangesWhatItSays(String arm, String setting, String expected) {
        assertThat(settings(arm).entries().get(setting)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "n40", "tournament", "weights-only", "none"})
    void nothingElseChanges(String arm) {
        var changed = settings(arm);
        var pbt = settings("pbt");

        for (var name : List.of("exploit", "explore", "population", "inherit")) {
            changed = changed.without(name);
            pbt = pbt.without(name);
        }
        assertThat(changed).isEqualTo(pbt);
        assertThat(pbt.entries().get("seed")).hasToString("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pbr", "n0", "nn", "weights-only+frozen", "random+", "trainer.=1", "noise="})
    void aNameThatIsNone_isRefused(String name) {
        assertThatThrownBy(() -> Arm.of(name))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(6011));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.here=1", "random+name.of=1"})
    void aSettingThatTheFileLacks_isRefused(String name) {
        assertThatThrownBy(() -> settings(name))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(6011));
    }

    @Test
    void armsHaveAnOrder_populationsByTheirNumbers() {
        var arms = new TreeSet<>(Stream.of("schedule", "n40", "random", "n4", "weights-only", "n10", "pbt")
                .map(Arm::of)
                .toList());

        assertThat(arms.stream().map(Arm::name))
                .containsExactly("pbt", "random", "n4", "n10", "n40", "weights-only", "schedule");
    }
}
