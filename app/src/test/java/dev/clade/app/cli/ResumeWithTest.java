package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Experiments;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `clade resume NAME --with FILE`.
class ResumeWithTest {

    @TempDir
    private Path folder = Path.of("");

    private static final String TWICE = Said.TINY.replace("steps: 40", "steps: 80");

    private void complete(String content) throws IOException {
        var ran = Said.run(folder, content, "--to", results().toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private Path results() {
        return folder.resolve("results");
    }

    private Said resume(String content, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("new.yaml"), content);
        return Said.by(Stream.concat(
                        Stream.of(
                                "resume",
                                "tiny",
                                "--with",
                                file.toString(),
                                "--store",
                                Said.store(folder),
                                "--slots",
                                "1",
                                "--to",
                                results().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        var said = Said.by(Stream.concat(Stream.of(arguments), Stream.of("-f", "json", "--store", Said.store(folder)))
                .toArray(String[]::new));
        assertEquals(0, said.status(), said.err());
        return JsonMapper.builder().build().readTree(said.out());
    }

    private List<Entry> log() {
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)));
                var held = experiments.named("tiny")) {
            return held.opened().log().after(0, Integer.MAX_VALUE);
        }
    }

    /// An experiment that nobody has trained.
    private void created(String content) {
        var settings = ExperimentFile.parse(content, "experiment.yaml");
        try (var experiments = Experiments.forNew(Optional.of(Said.store(folder)), settings, folder)) {
            experiments.create("tiny", settings, folder, Main.VERSION).close();
        }
    }

    private void refused(Said said, String error) {
        long before = log().size();
        assertEquals(new Said(4, "", error.replace("TODAY", LocalDate.now().toString())), said);
        assertEquals(before, log().size(), "nothing is noted of what is refused");
    }

    // ---- a larger budget

    @ParameterizedTest
    @ValueSource(strings = {"", "synchronous: true\n"})
    void aLargerBudgetOpensWhatIsCompleteAndTrainsOnToIt(String mode) throws IOException {
        complete(Said.TINY + mode);
        var first = json("show", "tiny").path("best").path("checkpoint").stringValue();

        var resumed = resume(TWICE + mode);

        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(resumed.out().startsWith("""
                        'tiny' has new settings:
                          what    until now    from now on
                          budget  {steps: 40}  {steps: 80}
                        tiny: 5 members, 1 of them controls, 80 steps each, ranked by score (max), goes on at mean step \
                        """), resumed.out());
        assertTrue(resumed.out().contains("  best model  " + results().resolve("best-2") + "\n"), resumed.out());
        var shown = json("show", "tiny");
        assertEquals("complete", shown.path("status").stringValue());
        assertEquals(
                80,
                shown.path("members")
                        .valueStream()
                        .mapToInt(m -> m.path("lineage_step").intValue())
                        .max()
                        .orElse(0));
        assertFalse(shown.path("best").path("provisional").booleanValue());
        assertFalse(first.equals(shown.path("best").path("checkpoint").stringValue()), "another winner");
        assertTrue(shown.path("best").path("score").doubleValue() > 0);
        assertTrue(Files.exists(results().resolve("best/weights/state")), "the model of the first end is kept");
        assertTrue(Files.exists(results().resolve("best-2/weights/state")));
        assertTrue(Files.readString(results().resolve("best-2/experiment.yaml")).contains("budget: {steps: 80}"));
        var provenance =
                JsonMapper.builder().build().readTree(Files.readString(results().resolve("best-2/provenance.json")));
        assertEquals(
                "budget {steps: 40} -> {steps: 80}",
                provenance.path("changes").get(0).path("what").stringValue());
        var proof = json("verify", "tiny", "--bytes");
        assertTrue(proof.path("holds").booleanValue());
        assertEquals(proof.path("decisions"), proof.path("decisions_rederived"));
        assertEquals(
                2,
                log().stream()
                        .filter(e -> e.event() instanceof Event.ExperimentEnded)
                        .count());
        assertEquals(
                "budget {steps: 40} -> {steps: 80}",
                json("show", "tiny").path("changes").get(0).path("what").stringValue());
        var text = Said.by("show", "tiny", "--store", Said.store(folder)).out();
        assertTrue(text.contains("  changed      " + LocalDate.now()), text);
        assertTrue(text.contains(": budget {steps: 40} -> {steps: 80}\n"), text);
    }

    @Test
    void whatIsCompleteAgainIsSaidToBe() throws IOException {
        complete(Said.TINY);
        resume(TWICE);
        long before = log().size();
        assertEquals(new Said(0, """
                        Nothing in the file differs from what 'tiny' has.
                        'tiny' is complete already; its best model is in %s.
                        """.formatted(results().resolve("best-2")), ""), resume(TWICE));
        assertEquals(before, log().size());
    }

    @Test
    void readyPointsThatNobodyGivesFollowTheBudget() throws IOException {
        created(Said.TINY.replace("ready: {every: 10}\n", "").replace("40", "200"));
        var resumed = resume(Said.TINY.replace("ready: {every: 10}\n", "").replace("40", "400"));
        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(resumed.out().startsWith("""
                        'tiny' has new settings:
                          what    until now     from now on
                          budget  {steps: 200}  {steps: 400}
                          ready   every 4       every 8, as the budget says
                        """), resumed.out());
    }

    @Test
    void moreFinalsMeasureTheFinalistsAnewAndTrainNothing() throws IOException {
        complete(Said.TINY);
        var resumed = resume(Said.TINY + "final: {candidates: 5, repeats: 20}\n");
        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(
                resumed.out().contains("(95 % interval of the mean of 20 samples), measured afresh\n"), resumed.out());
        assertTrue(resumed.out().contains("  final  not given  {candidates: 5, repeats: 20}\n"), resumed.out());
        assertEquals(0, json("show", "tiny").path("decisions_left").intValue());
        assertTrue(log().reversed().stream()
                .takeWhile(e -> !(e.event() instanceof Event.OperatorActed))
                .noneMatch(e -> e.event() instanceof Event.Decided));
        assertTrue(json("verify", "tiny", "--bytes").path("holds").booleanValue());
    }

    private static final String SLOW = Said.TINY.replace("0ms", "1ms");

    private String ended() {
        return json("show", "tiny").path("ended").stringValue();
    }

    private long steps() {
        return population().members().stream().mapToLong(m -> m.step()).sum();
    }

    @Test
    void moreTimeAndMoreStepsInAllOpenWhatEndedForWantOfThem() throws IOException {
        complete(SLOW.replace("{steps: 40}", "{time: 500ms}"));
        assertEquals("time", ended());
        long before = steps();
        var timed = resume(SLOW.replace("{steps: 40}", "{time: 2s}"));
        assertEquals(0, timed.status(), timed.err());
        assertEquals("time", ended());
        assertTrue(steps() > before, before + " steps before, " + steps() + " after");
        long spent = population().reserved();
        var total = resume(SLOW.replace("{steps: 40}", "{total_steps: " + (spent + 100) + "}"));
        assertEquals(0, total.status(), total.err());
        assertEquals("budget", ended());
        assertEquals(spent + 100, population().reserved());
        refused(
                resume(SLOW.replace("{steps: 40}", "{total_steps: 1k, time: 1s}")
                        .replace("1k", "" + (spent + 200))),
                """
                CLADE-2104 experiment 'tiny' cannot resume: the budget is less than what is spent.
                  Found:    time: 1s.
                  Expected: time: %ds or more.
                  Mend:     raise it in the file.
                """.formatted(population().elapsed().plusMillis(999).toSeconds()));
        var proof = json("verify", "tiny", "--bytes");
        assertEquals(proof.path("decisions"), proof.path("decisions_rederived"));
        assertTrue(Files.exists(results().resolve("best-3/weights/state")));
    }

    @Test
    void aTargetThatIsMetEndsItUntilItIsRaised() throws IOException {
        complete(Said.TINY.replace("{steps: 40}", "{steps: 40, target: 2}"));
        assertEquals("target", ended());
        long before = steps();
        var more = resume(Said.TINY.replace("{steps: 40}", "{steps: 80, target: 2}"));
        assertEquals(0, more.status(), more.err());
        assertTrue(more.out().contains("'tiny' is complete already"), more.out());
        assertEquals(before, steps(), "the target is met whatever else the budget allows");
        var raised = resume(Said.TINY.replace("{steps: 40}", "{steps: 80, target: 20}"));
        assertEquals(0, raised.status(), raised.err());
        assertEquals("target", ended());
        assertTrue(steps() > before);
        assertTrue(json("show", "tiny").path("best").path("score").doubleValue() >= 19);
        assertTrue(json("verify", "tiny", "--bytes").path("holds").booleanValue());
    }

    @Test
    void whatMakesNoDifferenceToWhatIsCompleteIsNotedAndTrainsNothing() throws IOException {
        complete(Said.TINY);
        assertEquals(
                """
                        'tiny' has new settings:
                          what   until now  from now on
                          slots  not given            2
                        'tiny' is complete already; its best model is in %s.
                        """.formatted(results().resolve("best")),
                resume(Said.TINY + "slots: 2\n").out());
    }

    // ---- whatever may change

    @Test
    void allThatMayChangeIsNotedAndHolds() throws IOException {
        created(Said.TINY);
        var resumed = resume(Said.TINY
                        .replace("ready: {every: 10}", "ready: {every: 5, burn_in: 5}")
                        .replace("truncation: 0.25", "t_test: {p: 0.1}")
                        .replace("step: 0ms", "step: 1ms")
                + """
                explore: {gaussian: 0.3}
                scores: {within: 20}
                slots: 2
                turn: 3
                resources: {cpus: 2}
                deadlines: {segment: 1h}
                retries: 5
                final: {candidates: 2, repeats: 3}
                """);
        assertEquals(0, resumed.status(), resumed.err());
        assertTrue(resumed.out().startsWith("""
                        'tiny' has new settings:
                          what       until now                  from now on
                          ready      {every: 10}                {every: 5, burn_in: 5}
                          exploit    {truncation: 0.25}         {t_test: {p: 0.1}}
                          trainer    {toy: sleeper, step: 0ms}  {toy: sleeper, step: 1ms}
                          explore    not given                  {gaussian: 0.3}
                          scores     not given                  {within: 20}
                          slots      not given                  2
                          turn       not given                  3
                          resources  not given                  {cpus: 2}
                          deadlines  not given                  {segment: 1h}
                          retries    not given                  5
                          final      not given                  {candidates: 2, repeats: 3}
                        """), resumed.out());
        var proof = json("verify", "tiny", "--bytes");
        assertEquals(proof.path("decisions"), proof.path("decisions_rederived"));
    }

    @Test
    void theSameInOtherWordsIsNoChange() throws IOException {
        complete(Said.TINY);
        long before = log().size();
        var resumed = resume("""
                name: another
                metric: score
                mode: max
                unit: step
                population: 5
                control: 1
                tuner: pbt
                budget: {steps: .04k}
                ready: 10
                exploit: {truncation: 25%}
                explore: {perturb: [0.8, 1.25], when: copied, chance: 1}
                inherit: [weights, hyperparameters]
                engine: local
                slots: auto
                resources: {cpus: 1}
                evaluate: {repeats: 1}
                parameters:
                  momentum: {uniform: [0.0, 0.9], when: {kind: sgd}, change: live}
                  gain: {loguniform: [0.001, 1.0]}
                  kind: {choice: [adam, sgd]}
                trainer: {toy: sleeper, step: 0ms}
                seed: 3
                """);
        assertEquals("", resumed.err());
        assertTrue(resumed.out().startsWith("Nothing in the file differs from what 'tiny' has.\n"), resumed.out());
        assertEquals(before, log().size());
    }

    // ---- what may not

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric: score  | metric: loss               | metric: loss            | metric: score",
                "metric: score  | metric: score#mode: min    | mode: min               | mode: not given",
                "seed: 3        | seed: 4                    | seed: 4                 | seed: 3",
                "seed: 3        | seed: 3#unit: epoch        | unit: epoch             | unit: not given",
                "population: 5  | population: 6              | population: 6           | population: 5",
                "control: 1     | control: 2                 | control: 2              | control: 1",
                "seed: 3        | seed: 3#synchronous: true  | synchronous: true       | synchronous: not given",
                "seed: 3        | seed: 3#inherit: weights   | inherit: weights        | inherit: not given",
                "seed: 3        | seed: 3#start: [{gain: 1}] | start: [{gain: 1}]      | start: not given",
                "seed: 3        | seed: 3#sampling: independent | sampling: independent | sampling: not given",
                "seed: 3        | seed: 3#evaluate: {window: 3} | evaluate: {window: 3} | evaluate: not given",
                "seed: 3        | seed: 3#checkpoints: file:x | checkpoints: file:x    | checkpoints: not given"
            })
    void whatIsFixedAtCreationIsRefused(String now, String then, String found, String expected) throws IOException {
        created(Said.TINY);
        refused(resume(Said.TINY.replace(now, then.replace('#', '\n'))), """
                CLADE-2104 experiment 'tiny' cannot resume: '%s' is fixed when an experiment is created.
                  Found:    %s.
                  Expected: %s, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """.formatted(
                        found.substring(0, found.indexOf(':')), found, expected));
    }

    @Test
    void anotherKindOfTrainerIsRefused() throws IOException {
        created(Said.TINY);
        refused(resume(Said.TINY.replace("toy: sleeper, step: 0ms", "toy: pole")), """
                CLADE-2104 experiment 'tiny' cannot resume: the kind of its trainer is fixed when an experiment is created.
                  Found:    trainer: {toy: pole}.
                  Expected: trainer: {toy: sleeper}, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """);
    }

    @Test
    void aBudgetBelowWhatIsSpentIsRefused() throws IOException {
        complete(Said.TINY);
        refused(resume(Said.TINY.replace("steps: 40", "steps: 39")), """
                CLADE-2104 experiment 'tiny' cannot resume: the budget is less than what is spent.
                  Found:    steps: 39.
                  Expected: steps: 40 or more, as member 0 has trained.
                  Mend:     raise it in the file.
                """);
        refused(resume(Said.TINY.replace("steps: 40", "total_steps: 100")), """
                CLADE-2104 experiment 'tiny' cannot resume: the budget is less than what is spent.
                  Found:    total_steps: 100.
                  Expected: total_steps: %d or more.
                  Mend:     raise it in the file.
                """.formatted(
                        population().reserved()));
    }

    private dev.clade.population.Population population() {
        return dev.clade.population.Population.of(log());
    }

    @Test
    void aFileThatIsWrongIsWrongHereToo() throws IOException {
        created(Said.TINY);
        var said = resume(Said.TINY + "engine: spark\n");
        assertEquals(3, said.status());
        assertTrue(said.err().startsWith("CLADE-1501 new.yaml:14:9 no engine 'spark' is installed.\n"), said.err());
    }

    @Test
    void settingsDoNotChangeUnderAWorkerThatLives() throws IOException {
        created(Said.TINY);
        try (var experiments = Experiments.existing(Optional.of(Said.store(folder)));
                var held = experiments.named("tiny")) {
            var worker = Experiments.worker();
            held.opened().log().join(worker, Main.VERSION, "here");
            assertEquals(new Said(2, "", """
                    CLADE-4109 experiment 'tiny' is being trained: its settings do not change under its workers.
                      Found:    a worker that lives.
                      Expected: none.
                      Mend:     end it first (Ctrl-C, or kill: all is saved), then resume.
                    """), resume(TWICE));
            held.opened().log().dead(worker);
        }
    }

    @Test
    void acceptingASpaceNeedsAFile() {
        assertEquals(new Said(2, "", """
                        CLADE-4110 no new search space is given.
                          Found:    --accept-space without --with.
                          Expected: both or neither.
                          Mend:     name the file: --with FILE.
                        """), Said.by("resume", "tiny", "--accept-space", "--store", Said.store(folder)));
    }

    // ---- the space

    private static final String NARROW = TWICE.replace(
                    "gain: {loguniform: [1e-3, 1]}", "gain: {loguniform: [1e-3, 1e-2]}")
            .replace("[adam, sgd]", "[sgd, lion]")
            .replace("[0, 0.9]", "[0.2, 0.3]");

    @Test
    void anotherDomainIsRefusedUnlessItIsAccepted() throws IOException {
        created(Said.TINY);
        refused(resume(Said.TINY.replace("[1e-3, 1]", "[1e-3, 10]")), """
                CLADE-2104 experiment 'tiny' cannot resume: its search space changed.
                  Found:    gain: {loguniform: [1e-3, 10]}.
                  Expected: gain: {loguniform: [1e-3, 1]}, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME', or pass --accept-space.
                """);
    }

    @Test
    void valuesOutsideADomainThatChangedAreInsideFromTheNextCopyOn() throws IOException {
        complete(Said.TINY.replace("truncation: 0.25", "truncation: 0.5"));
        var old = Specification.read(ExperimentFile.parse(Said.TINY, "old")).space();

        var resumed = resume(NARROW.replace("truncation: 0.25", "truncation: 0.5"), "--accept-space");

        assertEquals(0, resumed.status(), resumed.err());
        assertEquals(
                List.of(
                        "'tiny' has new settings:",
                        "what | until now | from now on",
                        "budget | {steps: 40} | {steps: 80}",
                        "gain | {loguniform: [1e-3, 1]} | {loguniform: [1e-3, 1e-2]}",
                        "kind | {choice: [adam, sgd]} | {choice: [sgd, lion]}",
                        "momentum | {uniform: [0, 0.9], when: {kind: sgd}} | {uniform: [0.2, 0.3], when: {kind: sgd}}"),
                resumed.out()
                        .lines()
                        .limit(6)
                        .map(l -> l.strip().replaceAll(" {2,}", " | "))
                        .toList());
        var space = population().specification().space();
        var log = log();
        long acted = population().actedAt();
        var after = log.stream().filter(e -> e.position() > acted).toList();
        var copies = after.stream()
                .flatMap(e -> e.event() instanceof Event.Decided d && d.decision() instanceof Decision.Train t
                        ? Stream.of(t)
                        : Stream.empty())
                .filter(t -> t.weights() instanceof Decision.Weights.Of)
                .toList();
        assertFalse(copies.isEmpty());
        copies.forEach(t -> assertEquals(List.of(), space.flaws(t.values())));
        assertTrue(
                log.stream()
                        .flatMap(e -> e.event() instanceof Event.SegmentFinished f ? Stream.of(f) : Stream.empty())
                        .anyMatch(f -> old.contains(f.inForce()) && !space.contains(f.inForce())),
                "some values were outside");
        assertTrue(json("verify", "tiny", "--bytes").path("holds").booleanValue());
        refused(resume(TWICE.replace("[1e-3, 1]", "[1e-3, 5e-2]")), """
                CLADE-2104 experiment 'tiny' cannot resume: its search space changed.
                  Found:    gain: {loguniform: [1e-3, 5e-2]}.
                  Expected: gain: {loguniform: [1e-3, 1e-2]}, as changed TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME', or pass --accept-space.
                """);
    }

    @Test
    void anotherParameterIsRefusedWhateverIsAccepted() throws IOException {
        created(Said.TINY);
        refused(resume(Said.TINY.replace("  kind:", "  extra: {uniform: [0, 1]}\n  kind:"), "--accept-space"), """
                CLADE-2104 experiment 'tiny' cannot resume: the names of its parameters are fixed when an experiment is created.
                  Found:    extra, gain, kind, momentum.
                  Expected: gain, kind, momentum, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """);
    }

    @Test
    void aParameterThatNeverChangesIsRefusedWhateverIsAccepted() throws IOException {
        var fixed = Said.TINY.replace("[adam, sgd]}", "[adam, sgd], change: never}");
        created(fixed);
        refused(resume(fixed.replace("[adam, sgd]", "[adam, sgd, lion]"), "--accept-space"), """
                CLADE-2104 experiment 'tiny' cannot resume: 'kind' never changes.
                  Found:    kind: {choice: [adam, sgd, lion], change: never}.
                  Expected: kind: {choice: [adam, sgd], change: never}, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{int: [1, 3]}", "{loguniform: [1e-3, 1], size: 2}", "{loguniform: [1e-3, 1], change: never}"})
    void anotherKindOfValueIsRefusedWhateverIsAccepted(String body) throws IOException {
        created(Said.TINY);
        refused(resume(Said.TINY.replace("{loguniform: [1e-3, 1]}", body), "--accept-space"), """
                CLADE-2104 experiment 'tiny' cannot resume: of 'gain' only the domain may change, not what kind of value it is or when it is active.
                  Found:    gain: %s.
                  Expected: gain: {loguniform: [1e-3, 1]}, as created TODAY.
                  Mend:     use a new name: 'clade run FILE --name NAME'.
                """.formatted(body));
    }

    // ---- those who had ended

    @Test
    void aLargerBudgetRevivesMembersThatHadEndedBeforeTheOthers() throws IOException {
        complete(Said.TINY);
        var log = log();
        var prefix = log.stream()
                .takeWhile(e -> !(e.event() instanceof Event.ExperimentEnded))
                .toList();
        var cut = dev.clade.population.Population.of(prefix);
        while (cut.live() == 0) {
            prefix = prefix.subList(0, prefix.size() - 1);
            cut = dev.clade.population.Population.of(prefix);
        }
        assertEquals(1, cut.live());
        var last = prefix.getLast();
        var acted = new Event.OperatorActed(ExperimentFile.parse(TWICE, "new"), "more");
        assertEquals(
                5,
                cut.with(new Entry(last.position() + 1, last.at(), last.elapsed(), acted))
                        .live());
        var slots = new Event.OperatorActed(ExperimentFile.parse(Said.TINY + "slots: 2", "new"), "slots");
        assertEquals(
                1,
                cut.with(new Entry(last.position() + 1, last.at(), last.elapsed(), slots))
                        .live());
    }
}
