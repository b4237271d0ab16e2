package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every command on an experiment that has run to its end.
class CompleteRunTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Said ran = new Said(0, "", "");

    @BeforeAll
    static void runs() throws IOException {
        ran = Said.run(folder, Said.TINY, "--to", folder.resolve("results").toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private static Said said(String... arguments) {
        var all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--store";
        all[arguments.length + 1] = Said.store(folder);
        return Said.by(all);
    }

    private static String out(String... arguments) {
        var said = said(arguments);
        assertEquals(0, said.status(), said.err());
        return said.out();
    }

    private static JsonNode json(String... arguments) {
        return JsonMapper.builder().build().readTree(out(arguments));
    }

    // ---- run

    @Test
    void aRunEndsWithTheWinnerItsFolderItsScheduleAndTheCommandsToGoOn() {
        var lines = ran.out().lines().toList();
        assertEquals("tiny: 5 members, 1 of them controls, 40 steps each, ranked by score (max)", lines.getFirst());
        assertTrue(
                ran.out()
                        .matches(
                                "(?s).*\n  winner      member \\d, score \\S+ \\+- \\S+ \\(95 % interval of the mean of"
                                        + " 10 samples\\), measured afresh\n.*"),
                ran.out());
        assertTrue(ran.out().contains("  best model  " + folder.resolve("results/best") + "\n"), ran.out());
        assertTrue(ran.out().contains("  from step  member  gain"), ran.out());
        assertTrue(ran.out().contains("  clade show tiny"), ran.out());
        assertTrue(ran.out().contains("  clade why tiny "), ran.out());
        assertFalse(ran.out().contains("\u001b"), "no escape sequences where there is no terminal");
    }

    @Test
    void aSecondRunOfTheFileGetsTheNextName() throws IOException {
        var other = Files.createDirectories(folder.resolve("second"));
        Said.run(other, Said.TINY, "--to", other.resolve("one").toString());
        var again = Said.run(other, Said.TINY, "--to", other.resolve("two").toString());
        assertEquals(
                "'tiny' is complete already; this run is 'tiny-2'.",
                again.out().lines().findFirst().orElse(""));
    }

    @Test
    void anExperimentGoesByTheNameThatItWasGiven() throws IOException {
        var other = Files.createDirectories(folder.resolve("named"));
        Said.run(
                other,
                Said.TINY + "unit: \"sftp://ann:hush@host/steps\"\n",
                "--name",
                "mine",
                "--to",
                other.resolve("results").toString());
        var yaml = Files.readString(other.resolve("results/best/experiment.yaml"));
        assertTrue(yaml.startsWith("name: mine\n"), yaml);
        assertTrue(yaml.contains("unit: \"sftp://ann:***@host/steps\"\n"), yaml);
        assertTrue(Said.by("show", "mine", "--store", Said.store(other)).out().startsWith("mine  complete"));
    }

    @Test
    void resumingWhatIsCompleteSaysWhereTheModelIs() {
        assertEquals(
                "'tiny' is complete already; its best model is in " + folder.resolve("results/best") + ".\n",
                out("resume", "tiny", "--to", folder.resolve("results").toString()));
    }

    // ---- list, show

    @Test
    void listShowsOneLineAnExperiment() {
        var lines = out("list").lines().toList();
        assertTrue(
                lines.getFirst().matches("name  status    members  mean step  +best  metric  created"),
                lines.getFirst());
        assertTrue(
                lines.get(1)
                        .matches(
                                "tiny  complete        5 +[0-9.]+ +[0-9.]+  score   \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d"),
                lines.get(1));
        assertEquals(2, lines.size());
    }

    @Test
    void listForProgramsIsJsonOrYaml() {
        var experiment = json("list", "-f", "json").path("experiments").get(0);
        assertEquals("tiny", experiment.path("name").stringValue());
        assertEquals("complete", experiment.path("status").stringValue());
        assertEquals(5, experiment.path("members").intValue());
        assertFalse(experiment.path("provisional").booleanValue());
        var yaml = ExperimentFile.parse(out("list", "-f", "yaml"), "list");
        assertEquals(List.of("store", "experiments"), List.copyOf(yaml.entries().keySet()));
    }

    /// Rows for people, one document for programs: each listing takes each format.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "show tiny",
                "why tiny 0",
                "why tiny 0 1",
                "schedule tiny",
                "schedule tiny --knots 3",
                "verify tiny",
                "gc tiny"
            })
    void everyListingTakesEveryFormat(String command) {
        var words = command.split(" ");
        var yaml = ExperimentFile.parse(out(with(words, "yaml")), "yaml");
        var json = json(with(words, "json"));
        assertEquals(
                List.copyOf(yaml.entries().keySet()),
                json.propertyStream().map(Map.Entry::getKey).toList());
        var table = out(with(words, "table"));
        assertFalse(table.isBlank());
        assertEquals(
                table.lines().toList(), table.lines().map(String::stripTrailing).toList());
    }

    private static String[] with(String[] words, String format) {
        return Stream.concat(Stream.of(words), Stream.of("-f", format)).toArray(String[]::new);
    }

    @Test
    void showRanksTheMembersAndTheControlsApart() {
        var text = out("show", "tiny");
        assertTrue(text.startsWith("tiny  complete (budget)  created "), text);
        assertTrue(text.contains("  ranked by    score, the higher the better\n"), text);
        assertTrue(text.contains("  members      5, of them 1 control\n"), text);
        var rows = text.lines().filter(l -> l.contains("over: budget")).toList();
        assertEquals(5, rows.size());
        assertTrue(rows.getFirst().matches(" +1  +\\d  all .*"), rows.getFirst());
        assertTrue(rows.getLast().matches(" +1  +4  control .*"), rows.getLast());
    }

    @Test
    void showForProgramsHasEveryMember() {
        var shown = json("show", "tiny", "-f", "json");
        assertEquals("complete", shown.path("status").stringValue());
        assertEquals(0, shown.path("decisions_left").intValue());
        assertEquals(5, shown.path("members").size());
        var first = shown.path("members").get(0);
        assertEquals(1, first.path("rank").intValue());
        assertTrue(first.path("hyperparameters").path("gain").isNumber());
        assertEquals(shown.path("best").path("checkpoint").stringValue().length(), 64, "a SHA-256 in hexadecimal");
        assertEquals(shown, JsonMapper.builder().build().readTree(out("show", "tiny", "-f", "json")));
    }

    // ---- why

    @Test
    void whyListsTheDecisionsOfAMember() {
        for (int member = 0; member < 5; member++) {
            var text = out("why", "tiny", Integer.toString(member));
            assertTrue(text.startsWith("Member " + member + " of 'tiny': "), text);
            assertTrue(text.contains("began") && text.contains("fresh weights, values from the priors"), text);
            assertTrue(text.contains("stopped: budget"), text);
        }
    }

    @Test
    void whyExplainsACopyInFull() {
        var copy = copy();
        var text = out(
                "why",
                "tiny",
                copy.path("member").asString(),
                copy.path("segment").asString());
        var donor = copy.path("donor").path("member").asString();
        assertTrue(text.startsWith("Member " + copy.path("member") + " copied member " + donor + "\n"), text);
        assertTrue(text.contains("seeing all up to position " + copy.path("basis") + "\n"), text);
        assertTrue(text.contains("  donor     member " + donor + ", rank 1 of "), text);
        assertTrue(text.contains("  draw      " + donor + " among " + donor + " (seed 3, member "), text);
        assertTrue(text.contains("  proof     made again from its basis: the same, bit by bit\n"), text);
        assertTrue(text.contains("<- this one") && text.contains("<- the donor"), text);
    }

    @Test
    void whySeesNothingBeyondTheBasis() {
        var copy = copy();
        assertTrue(copy.path("basis").asLong() < copy.path("position").asLong());
        assertTrue(copy.path("rederived").booleanValue());
        var gain = copy.path("hyperparameters").get(0);
        assertEquals("gain", gain.path("name").stringValue());
        assertTrue(gain.path("inherited").isNumber());
        assertEquals(
                gain.path("inherited").doubleValue(),
                copy.path("donor").path("hyperparameters").path("gain").doubleValue());
    }

    private static JsonNode copy() {
        return IntStream.range(0, 5)
                .mapToObj(m -> json("why", "tiny", Integer.toString(m), "-f", "json"))
                .flatMap(d -> d.path("decisions").valueStream())
                .filter(d -> d.path("decision").stringValue().startsWith("copied"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whyOfADecisionThatIsNotThereSaysWhichAre() {
        assertEquals("""
                CLADE-4107 member 4 has not decided at the end of segment 77.
                  Found:    5 decisions.
                  Expected: a segment from 0 to 4.
                  Mend:     'clade why tiny 4' lists them.
                """, said("why", "tiny", "4", "77").err());
    }

    @Test
    void whyOfAMemberThatIsNotThereSaysWhichAre() {
        assertEquals("""
                CLADE-4106 experiment 'tiny' has no member 'five'.
                  Found:    5 members.
                  Expected: a number from 0 to 4.
                  Mend:     'clade show tiny' shows them.
                """, said("why", "tiny", "five").err());
    }

    // ---- best, schedule

    @Test
    void bestTakesTheModelAwayWithItsHistory() throws IOException {
        var to = folder.resolve("away");
        var text = out("best", "tiny", "--to", to.toString());
        assertTrue(text.startsWith("The winner of 'tiny': member "), text);
        try (var files = Files.list(to)) {
            assertEquals(
                    List.of("experiment.yaml", "lineage.json", "provenance.json", "schedule.csv", "weights"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertTrue(Files.exists(to.resolve("weights/state")));
        var json = JsonMapper.builder().build();
        var provenance = json.readTree(Files.readString(to.resolve("provenance.json")));
        assertEquals(
                "weights/state", provenance.path("files").get(0).path("path").stringValue());
        assertEquals("tiny", provenance.path("experiment").stringValue());
        assertEquals(
                ExperimentFile.parse(Said.TINY, "a"),
                ExperimentFile.read(to.resolve("experiment.yaml")),
                "the settings can be run again");
        assertEquals(Files.readString(to.resolve("schedule.csv")), out("schedule", "tiny", "-f", "csv"));
        var lineage =
                json.readTree(Files.readString(to.resolve("lineage.json"))).path("segments");
        assertEquals("fresh", lineage.get(0).path("weights").stringValue());
        assertEquals(40, lineage.get(lineage.size() - 1).path("to").intValue());
    }

    @Test
    void bestWritesOverNothing() throws IOException {
        var to = Files.createDirectories(folder.resolve("taken"));
        assertEquals(new Said(2, "", """
                        CLADE-4101 a model is not written over %s.
                          Found:    something that is there already.
                          Expected: a new folder, so that no model is overwritten.
                          Mend:     remove it, or name another by --to DIR.
                        """.formatted(to)), said("best", "tiny", "--to", to.toString()));
        try (var files = Files.list(to)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aScheduleInEveryFormCoversTheWholeLineage() {
        var stages = json("schedule", "tiny", "-f", "json").path("stages");
        assertEquals(0, stages.get(0).path("from").intValue());
        assertEquals(40, stages.get(stages.size() - 1).path("to").intValue());
        var csv = out("schedule", "tiny", "-f", "csv").lines().toList();
        assertEquals("from,to,member,gain,kind,momentum", csv.getFirst());
        assertEquals(stages.size() + 1, csv.size());
        assertEquals(
                stages.size(),
                ExperimentFile.parse(out("schedule", "tiny"), "schedule")
                        .entries()
                        .get("stages")
                        .asList()
                        .size());
        var table = out("schedule", "tiny", "-f", "table").lines().toList();
        assertTrue(table.getFirst().matches("from step  to  member +gain +kind +momentum"), table.getFirst());
        assertEquals(stages.size() + 1, table.size());
        for (var code : List.of("pytorch", "optax", "keras")) {
            var text = out("schedule", "tiny", "-f", code);
            assertTrue(text.startsWith("# The schedule that Clade found in the experiment 'tiny': 40 steps"), text);
        }
    }

    // ---- report

    @Test
    void reportWritesOnePage() throws IOException {
        var page = folder.resolve("pages/tiny.html");
        assertEquals(
                "The page of 'tiny', complete, for any browser: " + page + "\n",
                out("report", "tiny", "--to", page.toString()));
        assertTrue(Files.readString(page).startsWith("<!doctype html>"));
        assertTrue(Files.exists(folder.resolve("results/report.html")), "a run ends with one");
    }

    // ---- verify, gc

    @Test
    void verifyHoldsAndCounts() {
        var proof = json("verify", "tiny", "--bytes", "-f", "json");
        assertTrue(proof.path("holds").booleanValue());
        assertEquals(proof.path("decisions"), proof.path("decisions_rederived"));
        assertEquals(0, proof.path("differences").size());
        assertTrue(proof.path("decisions").intValue() >= 10);
        assertTrue(out("verify", "tiny").startsWith("'tiny' holds.\n  log          "));
    }

    @Test
    void gcKeepsWhatIsNeededAndSaysWhy() {
        var collected = json("gc", "tiny", "-f", "json");
        for (var kept : collected.path("kept")) {
            assertTrue(kept.path("because").stringValue().contains("of member"), kept.toString());
        }
        assertTrue(out("gc", "tiny").startsWith("'tiny': deleted 0 checkpoints, 0 B on the disk; kept "));
        assertEquals(0, said("verify", "tiny", "--bytes").status());
    }
}
