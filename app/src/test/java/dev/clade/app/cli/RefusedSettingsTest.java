package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.tune.Tuners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an experiment file says is done, or refused at its line before anything is kept or trained: never ignored.
class RefusedSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    private void refused(String line, String error) throws IOException {
        var said = Said.run(folder, Said.TINY + line + "\n");
        assertEquals(new Said(3, "", error), said);
        assertEquals(
                3,
                Said.by("doctor", folder.resolve("experiment.yaml").toString()).status());
        assertFalse(Files.exists(folder.resolve("clade.db")), "nothing is kept of it");
    }

    @Test
    void anEngineThatIsNotInstalledIsNamed() throws IOException {
        refused("engine: spark", """
                CLADE-1501 experiment.yaml:14:9 no engine 'spark' is installed.
                  Found:    spark.
                  Expected: local.
                  Mend:     leave 'engine' out: the artifact clade-spark, which would have it, is not there yet.
                """);
    }

    @Test
    void anEngineOfAnyOtherWordIsRefused() throws IOException {
        refused("engine: {ray: {address: here}}", """
                CLADE-1501 experiment.yaml:14:9 no engine 'ray' is installed.
                  Found:    ray.
                  Expected: local.
                  Mend:     leave 'engine' out, or add the artifact that has it to the class path.
                """);
    }

    @Test
    void theLocalEngineHasNoSettings() throws IOException {
        refused("engine: {local: {threads: 2}}", """
                CLADE-1504 experiment.yaml:14:9 the engine 'local' has no settings of its own.
                  Found:    {local: {threads: 2}}.
                  Expected: 'engine: local'.
                  Mend:     leave 'engine' out.
                """);
    }

    @Test
    void devicesForWhatTrainsInsideCladeAreRefused() throws IOException {
        refused("resources: {gpus: 1}", """
                CLADE-1502 experiment.yaml:14:12 devices are given to processes, and this trainer is none of its own.
                  Found:    gpus: 1, for the trainer {toy: sleeper, step: 0ms}.
                  Expected: gpus: 0 for what trains inside Clade's process.
                  Mend:     take 'gpus' out; what the trainer computes on is a setting of the trainer.
                """);
    }

    @Test
    void variablesForWhatTrainsInsideCladeAreRefusedWithoutTheirValues() throws IOException {
        refused("environment: {set: {KEY: hush, HOME: away}}", """
                CLADE-1503 experiment.yaml:14:14 variables are set for a trainer's process, and this trainer has none of its own.
                  Found:    HOME, KEY, for the trainer {toy: sleeper, step: 0ms}.
                  Expected: no 'environment' for what trains inside Clade's process: it has the variables that Clade has.
                  Mend:     take 'environment' out, and set the variables where Clade is started.
                """);
    }

    @Test
    void thePartsOfPbtWithinItsWordAreRefused() throws IOException {
        refused("tuner: {pbt: {exploit: none}}", """
                CLADE-1504 experiment.yaml:14:8 the tuner 'pbt' has no settings of its own.
                  Found:    {pbt: {exploit: none}}.
                  Expected: 'tuner: pbt'.
                  Mend:     write its parts 'ready', 'scores', 'exploit', 'explore' and 'inherit' beside 'tuner', not in it.
                """);
    }

    @Test
    void twoTunersAreRefused() throws IOException {
        refused("tuner: {pbt: {}, asha: {}}", """
                CLADE-1001 experiment.yaml:14:8 is not what it should be.
                  Found:    {pbt: {}, asha: {}}
                  Expected: one tuner.
                  Mend:     correct it there.
                """);
    }

    @Test
    void aTunerThatIsNotInstalledIsNamed() throws IOException {
        var installed = ServiceLoader.load(Tuners.class).stream()
                .map(tuners -> tuners.get().word())
                .sorted()
                .collect(Collectors.joining(", "));
        refused("tuner: {oracle: {calls: 3}}", """
                CLADE-1302 experiment.yaml:14:8 no tuner 'oracle' is installed.
                  Found:    oracle.
                  Expected: one of %s.
                  Mend:     correct 'tuner', or add the artifact that has it to the class path.
                """.formatted(installed));
    }

    @Test
    void moreStartValuesThanMembersThatEvolveAreRefused() throws IOException {
        refused("start: [{gain: .1}, {gain: .2}, {gain: .3}, {gain: .4}, {gain: .5}]", """
                CLADE-1203 experiment.yaml:14:8 there are more start values than members that evolve.
                  Found:    5 of them, for 4.
                  Expected: at most one for each.
                  Mend:     take some out, or raise 'population'.
                """);
    }

    @Test
    void aStartValueThatWouldNotCountIsRefused() throws IOException {
        refused("start: [{kind: sgd, momentum: 0.5}, {kind: adam, momentum: 0.5}]", """
                CLADE-1109 experiment.yaml:14:37 a value is given for 'momentum' where it is not active.
                  Found:    {kind: adam, momentum: 0.5}.
                  Expected: kind in [sgd], given beside it.
                  Mend:     give that, too, or take 'momentum' out.
                """);
        refused("start: {momentum: 0.5}", """
                CLADE-1109 experiment.yaml:14:8 a value is given for 'momentum' where it is not active.
                  Found:    {momentum: 0.5}.
                  Expected: kind in [sgd], given beside it.
                  Mend:     give that, too, or take 'momentum' out.
                """);
    }

    @Test
    void readyByTheClockIsRefusedInStep() throws IOException {
        var content = Said.TINY.replace("ready: {every: 10}", "ready: {seconds: 2}") + "synchronous: true\n";
        assertEquals(new Said(3, "", """
                CLADE-1505 experiment.yaml:6:8 a synchronous population is not ready by the clock.
                  Found:    ready: {seconds: 2}, with synchronous: true.
                  Expected: ready: {every: N}, or no 'synchronous'.
                  Mend:     count steps, or take 'synchronous' out.
                """), Said.run(folder, content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slots: all            | 14:8  | all      | auto, or a whole number of at least 1",
                "slots: 0              | 14:8  | 0        | auto, or a whole number of at least 1",
                "turn: ever            | 14:7  | ever     | auto, or a whole number of at least 1",
                "turn: 1.5             | 14:7  | 1.5      | auto, or a whole number of at least 1",
                "resources: {cpus: 0}  | 14:19 | 0        | a whole number of at least 1",
                "resources: {gpus: -1} | 14:19 | -1       | a whole number of devices, or a fraction of one such as 0.5",
                "resources: {gpus: 1.5} | 14:19 | 1.5     | a whole number of devices, or a fraction of one such as 0.5",
                "checkpoints: s3://b   | 14:14 | s3://b   | file:FOLDER; there is no other place for checkpoints yet",
                "checkpoints: 'file:'  | 14:14 | file:    | file:FOLDER; there is no other place for checkpoints yet"
            })
    void aValueThatNothingCanBeDoneWithIsRefused(String line, String place, String found, String expected)
            throws IOException {
        refused(line, """
                CLADE-1001 experiment.yaml:%s is not what it should be.
                  Found:    %s
                  Expected: %s.
                  Mend:     correct it there.
                """.formatted(place, found, expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources: {cpu: 2}                        | 14:18 | resources   | cpu       | cpus, gpus | write 'cpus'.",
                "environment: {set: {}, unset: [HOME]}      | 14:31 | environment | unset     | set | write 'set'.",
                "evaluate: {repeat: 2}                      | 14:20 | evaluate    | repeat    | repeats, window | write 'repeats'.",
                "final: {candidate: 2}                      | 14:20 | final       | candidate | candidates, repeats | write 'candidates'.",
                "deadlines: {segments: 1h}                  | 14:23 | deadlines   | segments  | first_report, segment, evaluate, save | write 'segment'.",
                "report: {metric: score, modus: max}        | 14:32 | report      | modus     | metric, mode | write 'mode'.",
                "synchronous: {quorum: 1, deadline: 1m, deadlines: 1m} | 14:51 | synchronous | deadlines | quorum, deadline | write 'deadline'.",
                "explore: {perturb: [0.8, 1.2], resamples: 1}  | 14:43 | explore     | resamples | chance, when, resample, gaussian, perturb | write 'resample'."
            })
    void aMisspeltWordWithinASettingIsFound(
            String line, String place, String what, String word, String known, String mend) throws IOException {
        refused(line, """
                CLADE-1004 experiment.yaml:%s %s has no setting '%s'.
                  Found:    %s.
                  Expected: one of %s.
                  Mend:     %s
                """.formatted(place, what, word, word, known, mend));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../elsewhere", "a/b", "..", ".hidden", "two words", "a;b", "line\nprint()#", ""})
    void aNameThatIsNoWordIsRefused(String name) throws IOException {
        var file = Said.file(folder, Said.TINY);
        var named = Said.by("run", file.toString(), "--name", name, "--store", Said.store(folder));
        assertEquals(2, named.status());
        assertEquals("""
                CLADE-4006 an experiment cannot be called '%s'.
                  Found:    %s.
                  Expected: a name that begins with a letter or a digit and has at most 100 of letters, digits, '.', '_' and '-'.
                  Mend:     choose another --name.
                """.formatted(name, name), named.err());
        var written = Said.run(folder, Said.TINY.replace("name: tiny", "name: \"" + name.replace("\n", "\\n") + "\""));
        assertEquals(3, written.status());
        assertTrue(written.err().startsWith("CLADE-1001 experiment.yaml:1:7 "), written.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ready: {every: 10} | ready: {seconds: 0}",
                "budget: {steps: 40} | budget: {time: 0s}",
                "seed: 3 | deadlines: {segment: 0s}",
                "seed: 3 | synchronous: {quorum: 0.5, deadline: 0s}"
            })
    void aTimeInWhichNothingCanHappenIsRefused(String from, String to) throws IOException {
        var said = Said.run(folder, Said.TINY.replace(from, to));
        assertEquals(3, said.status());
        assertTrue(said.err().contains("Expected: a duration of more than nothing, such as 90s"), said.err());
    }

    @Test
    void stepsInAllAreNotSharedByTheClock() throws IOException {
        var said = Said.run(
                folder,
                Said.TINY
                        .replace("ready: {every: 10}", "ready: {seconds: 5}")
                        .replace("budget: {steps: 40}", "budget: {total_steps: 40}"));
        assertEquals(3, said.status());
        assertTrue(said.err().startsWith("CLADE-1506 experiment.yaml:6:8 "), said.err());
    }

    @Test
    void slotsOnTheCommandLineAreAtLeastOne() throws IOException {
        var file = Said.file(folder, Said.TINY);
        assertEquals(
                new Said(2, "", """
                        CLADE-4003 nothing trains in no slot.
                          Found:    --slots 0.
                          Expected: 1 or more.
                          Mend:     leave --slots out.
                        """), Said.by("run", file.toString(), "--slots", "0", "--store", Said.store(folder)));
    }

    @Test
    void coresForEachMemberLeaveRoomForFewerMembers() {
        assertEquals(
                Map.of(1, 8, 2, 4, 3, 2, 16, 1),
                Map.of(1, slots(1), 2, slots(2), 3, slots(3), 16, slots(16)),
                "members at once on eight cores");
    }

    private static int slots(int cpus) {
        return new dev.clade.population.Resources(cpus, 0).slots(8);
    }

    @Test
    void whatIsHonouredIsAccepted() throws IOException {
        var said = Said.run(
                folder,
                Said.TINY + "engine: local\nslots: auto\nturn: 2\nresources: {cpus: 2, gpus: 0}\ntuner: pbt\n"
                        + "environment: {set: {}}\ncheckpoints: file:kept\n",
                "--to",
                folder.resolve("results").toString());
        assertEquals(0, said.status(), said.err());
        assertTrue(Files.isDirectory(folder.resolve("kept")));
    }
}
