package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.wire.Experiments;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `start: {from: NAME, top: K}`.
class StartFromTest {

    @TempDir
    private static Path folder = Path.of("");

    private static final String NEXT = Said.TINY.replace("name: tiny", "name: next");

    @BeforeAll
    static void runs() throws IOException {
        var ran = Said.run(folder, Said.TINY, "--to", folder.resolve("results").toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private static Said run(String name, String content) throws IOException {
        return Said.run(
                folder, content, "--name", name, "--to", folder.resolve(name).toString());
    }

    private static Population population(String name) {
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)));
                var held = experiments.named(name)) {
            return held.newest();
        }
    }

    private static Event.ExperimentCreated creation(String name) {
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)));
                var held = experiments.named(name)) {
            return (Event.ExperimentCreated)
                    held.opened().log().after(0, 1).getFirst().event();
        }
    }

    /// The values of the best of 'tiny' in the order in which they are chosen.
    private static MemberId winner() {
        var tiny = population("tiny");
        return tiny.finals()
                .orElseThrow()
                .winner(tiny.specification())
                .orElseThrow()
                .pair()
                .member();
    }

    @Test
    void theBestOfAnotherExperimentGiveStartValuesToTheLastBit() throws IOException {
        var ran = run("all", NEXT + "start: {from: tiny, top: 3}\n");
        assertEquals(0, ran.status(), ran.err());
        var tiny = population("tiny");
        var winner = tiny.finals().orElseThrow().winner(tiny.specification()).orElseThrow();
        var lines = ran.out().lines().toList();
        assertEquals("Start values are those of the best of 'tiny':", lines.getFirst());
        assertTrue(lines.get(1).matches("  member +score +gain +kind +momentum"), lines.get(1));
        assertEquals(winner.pair().member().toString(), lines.get(2).strip().split(" ")[0]);
        var next = population("all");
        assertEquals(
                winner.pair().values(), next.member(new MemberId(0)).segment(1).values());
        assertEquals(3, next.specification().starts().size());
        var created = creation("all");
        assertEquals("{from: tiny, top: 3}", created.provenance().get("start.asked"));
        assertTrue(
                created.provenance()
                        .get("start.from")
                        .matches("'tiny' \\(" + tiny.id() + "\\) at position " + tiny.position() + ", members "
                                + winner.pair().member() + " \\d \\d"),
                created.provenance().toString());
        assertEquals(null, created.provenance().get("start.unmatched"));
        assertEquals(
                0,
                Said.by("verify", "all", "--bytes", "--store", Said.store(folder))
                        .status());
        var yaml = Files.readString(folder.resolve("all/best/experiment.yaml"));
        assertTrue(yaml.contains("start: [{gain: "), "the values can be run again without 'tiny': " + yaml);
    }

    @Test
    void whatDoesNotMatchIsListedAndDrawn() throws IOException {
        var ran = run(
                "some",
                NEXT.replace("[0, 0.9]", "[0, 0.5]").replace("  kind:", "  extra: {int: [1, 9]}\n  kind:")
                        + "start: {from: tiny}\n");
        assertEquals(0, ran.status(), ran.err());
        var unmatched = List.of(
                "extra is not in 'tiny'",
                "momentum is {uniform: [0, 0.9], when: {kind: sgd}} there and {uniform: [0, 0.5], when: {kind: sgd}} here");
        assertEquals(
                unmatched.stream().map(u -> "  not taken: " + u).toList(),
                ran.out().lines().skip(3).limit(2).toList());
        assertEquals(String.join("; ", unmatched), creation("some").provenance().get("start.unmatched"));
        var first = population("some").member(new MemberId(0)).segment(1).values();
        var theirs = population("tiny")
                .finals()
                .orElseThrow()
                .winner(population("tiny").specification())
                .orElseThrow()
                .pair()
                .values();
        assertEquals(theirs.find("gain"), first.find("gain"));
        assertEquals(theirs.find("kind"), first.find("kind"));
        assertTrue(first.find("extra").orElseThrow() instanceof Value.Whole);
    }

    @Test
    void theFileThatMadeItIsNoChangeOnResume() throws IOException {
        run("again", NEXT + "start: {from: tiny, top: 2}\n");
        var file = folder.resolve("experiment.yaml").toString();
        var store = Said.store(folder);
        var same = Said.by(
                "resume",
                "again",
                "--with",
                file,
                "--store",
                store,
                "--to",
                folder.resolve("again").toString());
        assertTrue(same.out().startsWith("Nothing in the file differs from what 'again' has.\n"), same.toString());
        Said.file(folder, NEXT + "start: {from: tiny, top: 1}\n");
        var other = Said.by("resume", "again", "--with", file, "--store", store);
        assertEquals(new Said(4, "", """
                CLADE-2104 experiment 'again' cannot resume: 'start' is fixed when an experiment is created.
                  Found:    start: {from: tiny, top: 1}.
                  Expected: start: {from: tiny, top: 2}, as created %s.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """.formatted(java.time.LocalDate.now())), other);
    }

    // ---- what cannot be

    private static void refused(String content, String error) throws IOException {
        assertEquals(new Said(3, "", error.replace("STORE", Said.store(folder))), run("refused", content));
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)))) {
            assertTrue(experiments.find("refused").isEmpty(), "nothing is kept of it");
        }
    }

    @Test
    void anExperimentThatIsNotThereIsRefused() throws IOException {
        var other = Files.createDirectories(folder.resolve("other"));
        var said = Said.run(other, NEXT + "start: {from: tidy}\n");
        assertEquals(new Said(3, "", """
                CLADE-1205 experiment.yaml:14:15 there is no experiment 'tidy' in %s to start from.
                  Found:    none at all.
                  Expected: one of the same store.
                  Mend:     correct the name; 'clade list' shows them.
                """.formatted(Said.store(other))), said);
    }

    @Test
    void moreMembersThanThereAreIsRefused() throws IOException {
        refused(NEXT.replace("population: 5", "population: 9") + "start: {from: tiny, top: 5}\n", """
                CLADE-1206 experiment.yaml:14:8 'tiny' has fewer members to start from than 'top' says.
                  Found:    4 with a score, controls apart.
                  Expected: 5.
                  Mend:     write 'top: 4' or less.
                """);
    }

    @Test
    void moreStartValuesThanMembersThatEvolveIsRefused() throws IOException {
        var said = run("refused", NEXT.replace("population: 5", "population: 3") + "start: {from: tiny, top: 4}\n");
        assertEquals(3, said.status());
        assertEquals("""
                CLADE-1203 experiment.yaml:14:8 there are more start values than members that evolve.
                  Found:    4 of them, for 2.
                  Expected: at most one for each.
                  Mend:     take some out, or raise 'population'.
                """, said.err());
    }

    @Test
    void nothingThatMatchesIsRefused() throws IOException {
        refused(
                NEXT.replaceAll("(?s)parameters:.*trainer", "parameters: {gain: {uniform: [0, 1]}}\ntrainer")
                        + "start: {from: tiny}\n",
                """
                CLADE-1207 experiment.yaml:11:8 no parameter matches one of 'tiny' by name and domain.
                  Found:    gain is {loguniform: [1e-3, 1]} there and {uniform: [0, 1]} here; kind is only in 'tiny'; momentum is only in 'tiny'.
                  Expected: one at least.
                  Mend:     take 'start' out, or give the values themselves: 'start: [{NAME: VALUE}]'.
                """);
    }

    @Test
    void weightsAreNotThereYet() throws IOException {
        refused(NEXT + "start: {from: tiny, top: 2, weights: true}\n", """
                CLADE-1204 experiment.yaml:14:8 weights to start from are not there yet.
                  Found:    {from: tiny, top: 2, weights: true}.
                  Expected: hyperparameters to start from: a list, or {from: NAME, top: K}.
                  Mend:     take 'weights' out: every member begins with fresh weights.
                """);
    }

    @Test
    void checkpointsAreNotThereYet() throws IOException {
        refused(NEXT + "start: {checkpoint: model}\n", """
                CLADE-1204 experiment.yaml:14:8 weights to start from are not there yet.
                  Found:    {checkpoint: model}.
                  Expected: hyperparameters to start from: a list, or {from: NAME, top: K}.
                  Mend:     take 'start' out: every member begins with fresh weights.
                """);
    }

    @Test
    void aMisspeltWordIsFound() throws IOException {
        refused(NEXT + "start: {from: tiny, tops: 2}\n", """
                CLADE-1004 experiment.yaml:14:27 start has no setting 'tops'.
                  Found:    tops.
                  Expected: one of from, top, weights.
                  Mend:     write 'top'.
                """);
    }

    // ---- doctor, and plain values

    @ParameterizedTest
    @ValueSource(strings = {"start: {from: nobody, top: 2}\n", "start: {gain: 0.5}\n"})
    void doctorNeedsNoEarlierExperiment(String start) throws IOException {
        var said = Said.by(
                "doctor",
                Said.file(folder, NEXT.replaceAll("(?s)  kind.*trainer", "trainer") + start)
                        .toString());
        assertEquals(0, said.status(), said.err() + said.out());
    }

    @Test
    void aParameterMayBeCalledTop() throws IOException {
        var said = run("called", NEXT.replace("  kind:", "  top: {int: [1, 9]}\n  kind:") + "start: {top: 7}\n");
        assertEquals(0, said.status(), said.err());
        assertEquals(
                Optional.of(new Value.Whole(7)),
                population("called").member(new MemberId(0)).segment(1).values().find("top"));
        assertEquals(5, population("called").size());
        assertTrue(winner().index() < 4);
    }
}
