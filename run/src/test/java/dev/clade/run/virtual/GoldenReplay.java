package dev.clade.run.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.pbt.PbtReader;
import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Specification;
import dev.clade.run.Climber;
import dev.clade.run.Climber.Call;
import dev.clade.run.Proof;
import dev.clade.settings.Setting;
import dev.clade.store.codec.EventCodec;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Decider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Golden histories: every decision of a few complete experiments, as this revision of the tuner makes it. One that
/// changes under the same revision fails here: logs that were written before could not be proven any more.
class GoldenReplay {

    private static final Path FOLDER = Path.of("src/test/resources/dev/clade/run/virtual");
    private static final String RECORD = "golden.record";

    /// A complete experiment.
    private record Told(String name, int slots, Trainer.Factory trainers, Setting.Mapping settings) {

        static Told climbing(String name, int slots, Climber.Script script, String... settings) {
            return new Told(name, slots, place -> new Climber(script), all(name, settings));
        }

        static Told toy(String name, int slots, String toy, String... settings) {
            var all = all(name, settings).with("trainer", Setting.map("toy", Setting.word(toy)));
            return new Told(
                    name, slots, new Toys().read(all.entries().get("trainer").asMapping(), Path.of(".")), all);
        }

        private static Setting.Mapping all(String name, String... settings) {
            return Flow.of(Stream.concat(Stream.of("name: " + name, "trainer: {toy: none}"), Stream.of(settings))
                    .toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Told> experiments() {
        return Stream.of(
                Told.toy(
                        "figure-2",
                        1,
                        "quadratic",
                        "metric: Q",
                        "population: 2",
                        "budget: {steps: 100}",
                        "ready: {every: 10}",
                        "exploit: binary_tournament",
                        "explore: {gaussian: 0.1}",
                        "inherit: [weights]",
                        "start: [{h0: 1, h1: 0}, {h0: 0, h1: 1}]",
                        "final: {repeats: 1}",
                        "parameters: {h0: {uniform: [-100, 100]}, h1: {uniform: [-100, 100]}}",
                        "seed: 1"),
                Told.toy(
                        "plain",
                        2,
                        "plain",
                        "metric: loss",
                        "mode: min",
                        "population: 4",
                        "budget: {total_steps: 300}",
                        "ready: {every: 20, burn_in: 30}",
                        "exploit: {margin: 0.001}",
                        "explore: {perturb: [0.8, 1.25], when: always, chance: 0.5}",
                        "scores: {within: 20}",
                        "final: {candidates: 2, repeats: 1}",
                        "parameters: {h: {uniform: [0, 1]}}",
                        "seed: 2"),
                Told.climbing(
                        "asynchronous",
                        2,
                        Climber.Script.NOTHING,
                        "metric: q",
                        "population: 6",
                        "control: 1",
                        "budget: {steps: 50}",
                        "ready: {every: 10}",
                        "exploit: {truncation: 0.4}",
                        "explore: {perturb: [0.8, 1.25], resample: 0.25}",
                        "final: {candidates: 2, repeats: 1}",
                        "parameters: {x: {uniform: [0, 1]}, opt: {choice: [adam, sgd]}, momentum: {loguniform: [0.5,"
                                + " 0.99], of: 1-x, when: {opt: sgd}}, drop: {uniform: [0, 0.5], size: 2}, batch:"
                                + " {logint: [16, 512]}, width: {ordered: [32, 64, 128], change: never}}",
                        "seed: 3"),
                Told.climbing(
                        "synchronous",
                        3,
                        Climber.Script.NOTHING,
                        "metric: q",
                        "population: 4",
                        "synchronous: true",
                        "budget: {steps: 50}",
                        "ready: {every: 10}",
                        "evaluate: {repeats: 3, window: 6}",
                        "exploit: {t_test: {p: 0.1}}",
                        "final: {candidates: 2, repeats: 1}",
                        "parameters: {x: {loguniform: [0.01, 1]}}",
                        "sampling: independent",
                        "seed: 4"),
                Told.climbing(
                        "healing",
                        1,
                        GoldenReplay::fail,
                        "metric: q",
                        "population: 4",
                        "budget: {steps: 40}",
                        "ready: {every: 10}",
                        "exploit: {truncation: 0.25}",
                        "scores: same-step",
                        "retries: 1",
                        "final: {candidates: 2, repeats: 1}",
                        "parameters: {x: {uniform: [0, 1]}}",
                        "seed: 5"));
    }

    /// A model with a large `x` cannot train.
    private static void fail(Call call, Climber climber) {
        if (call == Call.TRAIN && climber.x() > 0.6) {
            throw new IllegalStateException("too steep");
        }
    }

    private static List<Entry> run(Told told) {
        var specification = Specification.read(told.settings());
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated(told.name(), told.settings(), new TreeMap<>()),
                            new PbtReader().read(specification),
                            told.trainers(),
                            checkpoints,
                            told.slots(),
                            Costs.STEPS)
                    .run()
                    .entries();
        }
    }

    private static List<String> decisions(List<Entry> entries) {
        return entries.stream()
                .map(Entry::event)
                .filter(Event.Decided.class::isInstance)
                .map(EventCodec::write)
                .toList();
    }

    private static Path file(String name, int revision) {
        return FOLDER.resolve(name + "-" + revision + ".jsonl");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void decisions_areThoseOfTheirRevision(Told told) throws IOException {
        var file = file(told.name(), PopulationBasedTraining.REVISION);
        var entries = run(told);
        if (Boolean.getBoolean(RECORD) && !Files.exists(file)) {
            Files.createDirectories(FOLDER);
            Files.write(file, decisions(entries));
        }
        assertThat(file)
                .as(
                        "No history of '%s' under revision %d is recorded. Record it: %s; delete those of older"
                                + " revisions, and look at what is new.",
                        told, PopulationBasedTraining.REVISION, command())
                .exists();

        same(told.name(), Files.readAllLines(file), decisions(entries));
        Proof.holds(entries, new Decider(new PbtReader().read(Specification.read(told.settings()))));
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void decisions_areTheSameEachTime(Told told) {
        assertThat(decisions(run(told))).isEqualTo(decisions(run(told)));
    }

    private static String command() {
        return "./mvnw -pl run -am test -Dtest=GoldenReplay -Dsurefire.failIfNoSpecifiedTests=false -D" + RECORD
                + "=true";
    }

    private static void same(String name, List<String> recorded, List<String> made) {
        int last = Math.max(recorded.size(), made.size());
        IntStream.range(0, last)
                .filter(i -> i >= recorded.size()
                        || i >= made.size()
                        || !recorded.get(i).equals(made.get(i)))
                .findFirst()
                .ifPresent(i -> {
                    throw new AssertionError("Decision " + (i + 1) + " of '" + name
                            + "' has changed, and the revision has not."
                            + "\n  recorded: " + (i < recorded.size() ? recorded.get(i) : "no more")
                            + "\n  made:     " + (i < made.size() ? made.get(i) : "no more")
                            + "\n  If it was not meant to: logs of this revision can no longer be proven; mend it."
                            + "\n  If it was: raise PopulationBasedTraining.REVISION, then record: " + command());
                });
    }

    @Test
    void aChangedDecision_saysToRaiseTheRevision() {
        assertThatThrownBy(() -> same("tale", List.of("a", "b"), List.of("a", "c")))
                .hasMessage("Decision 2 of 'tale' has changed, and the revision has not."
                        + "\n  recorded: b"
                        + "\n  made:     c"
                        + "\n  If it was not meant to: logs of this revision can no longer be proven; mend it."
                        + "\n  If it was: raise PopulationBasedTraining.REVISION, then record:"
                        + " ./mvnw -pl run -am test -Dtest=GoldenReplay -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dgolden.record=true");
        assertThatThrownBy(() -> same("tale", List.of("a"), List.of("a", "b")))
                .hasMessageContaining("Decision 2 of 'tale'")
                .hasMessageContaining("recorded: no more");
    }

    /// What the histories are worth: between them they have every kind of decision.
    @Test
    void histories_haveEveryKindOfDecision() {
        var all = experiments().flatMap(told -> decisions(run(told)).stream()).reduce("", (a, b) -> a + "\n" + b);

        assertThat(all)
                .contains(
                        "\"rule\":\"begun\"",
                        "\"rule\":\"control\"",
                        "\"rule\":\"truncation\"",
                        "\"rule\":\"t_test\"",
                        "\"rule\":\"binary_tournament\"",
                        "\"rule\":\"margin\"",
                        "\"rule\":\"retried\"",
                        "\"rule\":\"budget\"",
                        "\"kind\":\"Of\"",
                        "\"kind\":\"Own\"",
                        "\"kind\":\"Fresh\"",
                        "\"kind\":\"Stop\"");
    }
}
