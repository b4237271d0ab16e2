package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.clade.fault.Fault;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.tune.Decider;
import dev.clade.tune.Learning;
import dev.clade.tune.Tuners;
import dev.clade.tuners.Ridge.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every installed tuner promises. A new one needs a line in [#LINES]; a word without one fails.
class TunerContract {

    private static final String FIRST = "{step: 0, values: {lr: 0.1, layers: 2, opt: sgd, momentum: 0.5}}";
    private static final String THEN = "{step: 20, values: {lr: 0.001, layers: 6, opt: sgd, momentum: 0.9}}";

    private static final List<Line> LINES = List.of(
            Line.of("pbt"),
            Line.of("pbt", "control: 1", "exploit: binary_tournament", "explore: {perturb: [0.8, 1.25], when: always}"),
            Line.of("random"),
            Line.of("grid").fixed(),
            Line.of("grid", "tuner: {grid: {per: 1}}").fixed(),
            Line.of("schedule", "tuner: {schedule: {at: [" + FIRST + ", " + THEN + "], interpolate: linear}}")
                    .fixed(),
            Line.of("ga", "tuner: {ga: {generations: 4, steps: 20}}"),
            Line.of("ga"),
            Line.of("sha"),
            Line.of("sha", "tuner: {sha: {eta: 2, least: 8}}"),
            Line.of("hyperband"),
            Line.of("asha"),
            Line.of("asha", "tuner: {asha: {eta: 2, rungs: 3}}"),
            Line.of("ipbt"),
            Line.of("ipbt", "tuner: {ipbt: {patience: 1}}", "ready: {every: 2}"),
            Line.of("mf-pbt"),
            Line.of("fire"),
            Line.of("pb2"),
            Line.of("pb2-mix"),
            Line.of("bo"),
            Line.of("bo", "tuner: {bo: {at_once: 2, initial: 2, acquisition: thompson}}"));

    private static final List<Integer> POPULATIONS = List.of(1, 2, 3, 8);
    private static final int SLOTS = 3;

    /// More than any population here, so that nothing but the tuner bounds how many train at once.
    private static final int MANY_SLOTS = 12;

    /// How many moments a run is broken off at.
    private static final int BREAKS = 6;

    private static final Pattern WHOLE = Pattern.compile("\\b\\d+\\b");

    /// A tuner's word and the settings that it is tried under.
    ///
    /// @param draws whether what it begins with is drawn, so that another seed gives other values
    /// @param own the fact that has the recipient's fitness in the decision to copy
    /// @param other the fact that has the donor's
    private record Line(String word, boolean draws, String own, String other, List<String> settings) {

        /// @param settings beside the word and the trial's, or instead of them
        static Line of(String word, String... settings) {
            var all = new ArrayList<>(List.of("tuner: " + word));
            all.addAll(List.of(settings));
            return new Line(word, true, "score", "opponent score", all);
        }

        /// It draws nothing.
        Line fixed() {
            return new Line(word, false, own, other, settings);
        }

        /// It goes by a fitness of its own, and writes it down under these names.
        Line fitness(String ofOwn, String ofOther) {
            return new Line(word, draws, ofOwn, ofOther, settings);
        }

        Trial trial(int population, Trouble trouble) {
            boolean alone = population == 1; // and then there is no room for a control
            return Trial.of(
                            Ridge.factory(trouble),
                            settings.stream()
                                    .filter(s -> !(alone && s.startsWith("control")))
                                    .toArray(String[]::new))
                    .with("population", population);
        }

        /// Why it does not begin with so many members.
        Optional<Fault> refusal(int population) {
            try {
                trial(population, Trouble.NOTHING).tuner();
                return Optional.empty();
            } catch (Fault fault) {
                return Optional.of(fault);
            }
        }

        Stream<Integer> populations() {
            return POPULATIONS.stream().filter(n -> refusal(n).isEmpty());
        }
    }

    @Test
    void everyInstalledWord_hasALine() {
        assertThat(ServiceLoader.load(Tuners.class).stream().map(p -> p.get().word()))
                .as("add a line to TunerContract.LINES for each word that is installed")
                .containsExactlyInAnyOrderElementsOf(
                        LINES.stream().map(Line::word).distinct().toList());
    }

    @TestFactory
    Stream<DynamicNode> everyTuner() {
        return LINES.stream()
                .map(line -> dynamicContainer(
                        line.settings().toString(),
                        Stream.of(refusals(line), runs(line), seeds(line), threads(line), breaks(line))
                                .flatMap(s -> s)));
    }

    // ---- before the start

    /// A population is big enough, or it is refused by a fault that names the least that is.
    private static Stream<DynamicNode> refusals(Line line) {
        return POPULATIONS.stream()
                .map(n -> dynamicTest(
                        "population " + n + " runs, or the least is named",
                        () -> line.refusal(n)
                                .ifPresent(fault -> assertThat(WHOLE.matcher(fault.expected() + " " + fault.mend())
                                                .results()
                                                .map(m -> Integer.valueOf(m.group())))
                                        .as(fault.getMessage())
                                        .anyMatch(least -> least > n
                                                && line.refusal(least).isEmpty()
                                                && line.refusal(least - 1).isPresent()))));
    }

    // ---- whole runs

    private static Stream<DynamicNode> runs(Line line) {
        return line.populations()
                .flatMap(n -> Stream.of(Trouble.values()).map(trouble -> {
                    var trial = line.trial(n, trouble);
                    return dynamicContainer("population " + n + ", " + trouble, Stream.of(run(line, trial)));
                }));
    }

    private static DynamicNode run(Line line, Trial trial) {
        return dynamicTest("ends, within its space and its budget, and can be proven", () -> {
            var entries = trial.run(MANY_SLOTS).entries();
            var end = Population.of(entries);
            assertThat(end.complete()).isTrue();
            holds(line, trial, entries);
            bounded(entries, end);
        });
    }

    /// Every decision is made again from the prefix that it names, the last first: what was asked in
    /// between does not count. And it is a sound one.
    private static void holds(Line line, Trial trial, List<Entry> entries) {
        var at = new TreeMap<Long, Learning>();
        var learning = Learning.first(entries.getFirst(), Trial::tuner);
        at.put(1L, learning);
        for (var entry : entries.subList(1, entries.size())) {
            learning = learning.with(entry);
            at.put(entry.position(), learning);
        }
        for (var entry : entries.reversed()) {
            if (entry.event() instanceof Event.Decided decided) {
                var basis = java.util.Objects.requireNonNull(at.get(decided.basis()));
                boolean late = decided.decision().because().rule().equals("late");
                assertThat(new Decider(basis.tuner()).again(basis.population(), decided.member(), late))
                        .isEqualTo(decided);
                sound(line, trial, basis.population(), decided);
            } else if (entry.event() instanceof Event.WaitBegan wait) {
                var basis = java.util.Objects.requireNonNull(at.get(wait.basis()));
                assertThat(new Decider(basis.tuner()).decide(basis.population(), wait.member()))
                        .isEqualTo(wait);
            }
        }
    }

    private static void sound(Line line, Trial trial, Population basis, Event.Decided decided) {
        assertThat(decided.decision().because().rule()).isNotBlank();
        if (!(decided.decision() instanceof Train train)) {
            return;
        }
        assertThat(trial.specification().space().flaws(train.values()))
                .as(decided.toString())
                .isEmpty();
        switch (train.weights()) {
            case Weights.Own own -> {}
            case Weights.Fresh fresh -> {}
            case Weights.Of of -> {
                assertThat(of.donor()).isNotEqualTo(decided.member());
                gives(basis, basis.pair(of.donor(), of.segment(), of.at()).orElseThrow());
                better(line, basis, decided, train);
            }
            case Weights.Blend blend ->
                gives(
                        basis,
                        basis.pair(blend.donor(), blend.segment(), blend.at()).orElseThrow());
        }
    }

    /// Only who has a score, and is no control, gives.
    private static void gives(Population basis, Pair donor) {
        assertThat(basis.specification().metric().score(donor.evaluation())).isFinite();
        assertThat(basis.specification().control(donor.member())).isFalse();
    }

    /// Nobody copies who is worse, by what the decision itself says of both.
    private static void better(Line line, Population basis, Event.Decided decided, Train train) {
        var facts = train.because().facts();
        assertThat(facts).as(decided.toString()).containsKeys(line.own(), line.other());
        double own = Double.parseDouble(facts.getOrDefault(line.own(), ""));
        double other = Double.parseDouble(facts.getOrDefault(line.other(), ""));
        assertThat(other).isFinite();
        boolean scored = basis.member(decided.member()).standing().isPresent();
        assertThat(other > own || (Double.isNaN(own) && !scored))
                .as(decided.toString())
                .isTrue();
    }

    /// All together train no more than the population may, no model more than the budget, and no more at
    /// once than the population has members.
    private static void bounded(List<Entry> entries, Population end) {
        var specification = end.specification();
        long steps = specification.budget().steps().orElseThrow();
        var pairs = end.members().stream()
                .flatMap(m -> m.segments().stream())
                .flatMap(s -> s.pair().stream())
                .toList();
        assertThat(pairs).allSatisfy(p -> assertThat(p.lineageStep()).isLessThanOrEqualTo(steps));
        assertThat(trained(end)).isLessThanOrEqualTo(steps * specification.population());
        var at = Population.first(entries.getFirst());
        for (var entry : entries.subList(1, entries.size())) {
            at = at.with(entry);
            assertThat(at.members().stream().filter(TunerContract::works).count())
                    .as("at work at " + entry.position())
                    .isLessThanOrEqualTo(specification.population());
        }
    }

    private static long trained(Population end) {
        return end.members().stream()
                .flatMap(m -> m.segments().stream())
                .mapToLong(s -> s.pair().map(p -> p.step() - s.startStep()).orElse(0L))
                .sum();
    }

    private static boolean works(Member member) {
        return member.live()
                && member.segment()
                        .filter(s -> s.outcome() instanceof Segment.Outcome.Open)
                        .isPresent();
    }

    // ---- seeds

    private static Stream<DynamicNode> seeds(Line line) {
        return line.populations()
                .map(n -> dynamicTest("population " + n + ": a seed gives a log, another seed another", () -> {
                    var trial = line.trial(n, Trouble.DIVERGES);
                    var entries = trial.run(SLOTS).entries();

                    assertThat(trial.run(SLOTS).entries()).isEqualTo(entries);
                    assertThat(firsts(trial.with("seed", 2).run(SLOTS).entries())
                                    .equals(firsts(entries)))
                            .isEqualTo(!line.draws());
                }));
    }

    /// What members begin with.
    private static SortedMap<MemberId, String> firsts(List<Entry> entries) {
        var firsts = new TreeMap<MemberId, String>();
        for (var entry : entries) {
            if (entry.event() instanceof Event.Decided d && d.segment() == 0) {
                firsts.put(
                        d.member(),
                        d.decision() instanceof Train train ? train.values().toString() : "nothing");
            }
        }
        return firsts;
    }

    // ---- threads, and workers that die

    private static Stream<DynamicNode> threads(Line line) {
        return line.populations()
                .map(n -> dynamicTest("population " + n + ": decides the same in virtual time and on a thread", () -> {
                    var trial = line.trial(n, Trouble.DIVERGES);

                    assertThat(decisions(trial.runOnThreads(1)))
                            .isEqualTo(decisions(trial.run(1).entries()));
                }));
    }

    /// What was decided of whom, in its order.
    private static List<String> decisions(List<Entry> entries) {
        return entries.stream()
                .flatMap(e -> switch (e.event()) {
                    case Event.Decided d -> Stream.of(told(d.member().index(), d.decision()));
                    case Event.WaitBegan w -> Stream.of(told(w.member().index(), w.until()));
                    default -> Stream.<String>of();
                })
                .toList();
    }

    private static String told(int member, Decision decision) {
        return member + ": " + decision;
    }

    private static Stream<DynamicNode> breaks(Line line) {
        return line.populations().filter(n -> n > 2).flatMap(n -> {
            var trial = line.trial(n, Trouble.DIVERGES);
            return IntStream.rangeClosed(1, BREAKS)
                    .mapToObj(i -> dynamicTest("population " + n + ": broken off at " + i + "/" + (BREAKS + 1), () -> {
                        var entries = trial.runBrokenOff(SLOTS, trial.phases(SLOTS) * i / (BREAKS + 1));
                        var end = Population.of(entries);

                        assertThat(end.complete()).isTrue();
                        holds(line, trial, entries);
                        bounded(entries, end);
                    }));
        });
    }
}
