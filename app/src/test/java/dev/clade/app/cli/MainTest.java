package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutACommandTheCommandsAreListedInTheOrderInWhichTheyAreNeeded() {
        var said = Said.by();
        assertEquals(2, said.status());
        var verbs = new ArrayList<String>();
        var line = Pattern.compile("^  ([a-z]+)  ", Pattern.MULTILINE).matcher(said.out());
        while (line.find()) {
            verbs.add(line.group(1));
        }
        assertEquals(
                List.of(
                        "run",
                        "resume",
                        "worker",
                        "list",
                        "show",
                        "why",
                        "logs",
                        "best",
                        "schedule",
                        "replay",
                        "report",
                        "compare",
                        "simulate",
                        "plan",
                        "verify",
                        "gc",
                        "doctor",
                        "import"),
                verbs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "resume",
                "worker",
                "list",
                "show",
                "why",
                "best",
                "schedule",
                "replay",
                "report",
                "compare",
                "simulate",
                "plan",
                "verify",
                "gc",
                "doctor"
            })
    void everyCommandExplainsItself(String verb) {
        var said = Said.by(verb, "--help");
        assertEquals(0, said.status());
        assertTrue(said.out().startsWith("Usage: clade " + verb), said.out());
        assertTrue(said.out().lines().allMatch(l -> l.length() <= 110), said.out());
        assertEquals("", said.err());
    }

    @Test
    void aMisspeltCommandNamesTheNearestAndAllThereAre() {
        assertEquals(new Said(2, "", """
                        CLADE-4001 there is no command 'shwo'.
                          Found:    shwo x.
                          Expected: one of run, resume, worker, list, show, why, logs, best, schedule, replay, report, compare, simulate, plan, verify, gc, doctor, import.
                          Mend:     did you mean show or worker? 'clade --help' explains it.
                        """), Said.by("shwo", "x"));
    }

    @Test
    void aMisspeltOptionIsAUsageError() {
        assertEquals(new Said(2, "", """
                        CLADE-4001 Unknown options: '--stor', 'x'.
                          Found:    list --stor x.
                          Expected: clade list [-h] [-f=FORMAT] [--store=URL]
                          Mend:     did you mean --store? 'clade list --help' explains it.
                        """), Said.by("list", "--stor", "x"));
    }

    @Test
    void aWordThatIsNoFormatIsAUsageError() {
        assertEquals(new Said(2, "", """
                        CLADE-4001 Invalid value for option '--format': 'xml' is not table, json or yaml.
                          Found:    list -f xml.
                          Expected: clade list [-h] [-f=FORMAT] [--store=URL]
                          Mend:     'clade list --help' explains it.
                        """), Said.by("list", "-f", "xml"));
    }

    @Test
    void aStoreThatIsNotThereIsAnErrorAndIsNotMade() {
        assertEquals(
                new Said(2, "", """
                        CLADE-4103 there is no store at %s.
                          Found:    no such file.
                          Expected: a store that 'clade run' has made.
                          Mend:     go to the folder where it was run, or name its store: --store sqlite:///FILE, or CLADE_STORE.
                        """.formatted(folder.resolve("clade.db"))),
                Said.by("list", "--store", Said.store(folder)));
    }

    @Test
    void aBadExperimentFileHasAStatusOfItsOwn() throws IOException {
        var file = Said.file(
                folder,
                "name: x\nmetric: m\nbudget: {steps: 1}\nparameters: {a: {uniform: [2, 1]}}\n"
                        + "trainer: {toy: sleeper}\n");
        assertEquals(new Said(3, "", """
                        CLADE-1102 experiment.yaml:4:27 the bounds of 'a' are reversed.
                          Found:    [2, 1].
                          Expected: [low, high] with low <= high.
                          Mend:     write [1, 2].
                        """), Said.by("run", file.toString(), "--store", Said.store(folder)));
    }

    @Test
    void aNameThatIsUnknownIsAnsweredWithThoseThereAre() {
        created();
        var said = Said.by("show", "tidy", "--store", Said.store(folder));
        assertEquals(2, said.status());
        assertEquals("""
                CLADE-4102 there is no experiment 'tidy' in %s.
                  Found:    tiny.
                  Expected: one of these.
                  Mend:     'clade list' shows them; --store names another store.
                """.formatted(Said.store(folder)), said.err());
    }

    @Test
    void anExperimentThatNobodyHasTrainedCanBeShownAndHasNoModel() {
        created();
        var store = Said.store(folder);
        var shown = Said.by("show", "tiny", "--store", store);
        assertEquals(0, shown.status(), shown.err());
        assertTrue(shown.out().startsWith("tiny  interrupted  created "), shown.out());
        assertTrue(shown.out().contains("  members      0 of 5, of them 1 control\n"), shown.out());
        assertTrue(shown.out().contains("  best         no score yet\n"), shown.out());
        assertTrue(shown.out().endsWith("To go on: clade resume tiny\n"), shown.out());
        assertEquals(
                new Said(2, "", """
                        CLADE-4105 experiment 'tiny' has no model yet.
                          Found:    0 members, none with a finished segment.
                          Expected: at least one member that has trained, evaluated and saved.
                          Mend:     wait for it ('clade show tiny'), or go on with it: 'clade resume tiny'.
                        """),
                Said.by(
                        "best",
                        "tiny",
                        "--store",
                        store,
                        "--to",
                        folder.resolve("out").toString()));
        assertEquals(2, Said.by("schedule", "tiny", "--store", store).status());
        assertEquals(0, Said.by("verify", "tiny", "--store", store).status());
        assertEquals(new Said(2, "", """
                        CLADE-4106 experiment 'tiny' has no member '0'.
                          Found:    0 members.
                          Expected: one that is enrolled.
                          Mend:     'clade show tiny' shows them.
                        """), Said.by("why", "tiny", "0", "--store", store));
    }

    @Test
    void aNameOfWhatIsNotCompleteIsNotTakenAgain() throws IOException {
        created();
        assertEquals(new Said(2, "", """
                        CLADE-4104 experiment 'tiny' is in the store already, and not complete.
                          Found:    0 members, none with a score yet.
                          Expected: a name that is free.
                          Mend:     go on with it by 'clade resume tiny', or begin another: --name NAME.
                        """), Said.run(folder, Said.TINY));
    }

    @Test
    void aWorkerMustBeToldWhatToHelp() {
        assertEquals(new Said(2, "", """
                        CLADE-4001 Missing required parameter: 'NAME'.
                          Found:    worker.
                          Expected: clade worker [-h] [--experiment=NAME] [--slots=N] [--store=URL] [NAME]
                          Mend:     'clade worker --help' explains it.
                        """), Said.by("worker"));
    }

    private void created() {
        var settings = ExperimentFile.parse(Said.TINY, "experiment.yaml");
        try (var experiments = Experiments.forNew(Optional.of(Said.store(folder)), settings, folder)) {
            experiments.create("tiny", settings, folder, Main.VERSION).close();
        }
    }
}
