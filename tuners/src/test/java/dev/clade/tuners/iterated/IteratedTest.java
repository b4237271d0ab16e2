package dev.clade.tuners.iterated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Flow;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.toys.Toys;
import dev.clade.trainer.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// 4 members on the deceptive toy, where greed comes to a halt: so they begin again.
class IteratedTest {

    private static Specification specification(String... lines) {
        var settings = Flow.of(
                "name: iterated",
                "metric: loss",
                "mode: min",
                "tuner: ipbt",
                "population: 4",
                "budget: {steps: 400}",
                "ready: {every: 5}",
                "final: {candidates: 1, repeats: 1}",
                "parameters: {h: {uniform: [0, 1]}}",
                "trainer: {toy: deceptive, horizon: 400, stage: 10}");
        for (var entry : Flow.of(lines).entries().entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        return Specification.read(settings);
    }

    private static VirtualEngine.Result run(int slots, String... lines) {
        var specification = specification(lines);
        var settings = specification.settings();
        try (var checkpoints = new MemoryCheckpoints()) {
            return new VirtualEngine(
                            new Event.ExperimentCreated("iterated", settings, new TreeMap<>()),
                            new IteratedReader().read(specification),
                            new Toys().read(settings.entries().get("trainer").asMapping(), Path.of(".")),
                            checkpoints,
                            slots,
                            Costs.STEPS)
                    .run();
        }
    }

    private static Stream<Segment> segments(Population population) {
        return population.members().stream().flatMap(m -> m.segments().stream());
    }

    private static TreeSet<Long> restarts(Population end) {
        var clocks = new TreeSet<Long>();
        segments(end).filter(s -> s.source() instanceof Source.Blended).forEach(s -> clocks.add(s.startLineage()));
        return clocks;
    }

    // ---- the course of a run

    @Test
    void eachRestart_doublesTheInterval_andBeginsWithTwiceTheMembers() {
        var end = run(4).population();
        var restarts = new ArrayList<>(restarts(end));
        assertThat(restarts).isNotEmpty();
        assertThat(end.size()).isEqualTo(4 + 4 * (1 + restarts.size()));
        for (int i = 0; i < restarts.size(); i++) {
            long began = restarts.get(i);
            long interval = 5L << (i + 1);
            var starters = segments(end)
                    .filter(s -> s.source() instanceof Source.Blended && s.startLineage() == began)
                    .toList();
            assertThat(starters).hasSize(8);
            assertThat(starters.stream().map(Segment::pair).flatMap(java.util.Optional::stream))
                    .allSatisfy(p -> assertThat(p.lineageStep()).isEqualTo(began + interval));
        }
    }

    @Test
    void firstStepOfAnIteration_leavesTheBestAlone() {
        var end = run(4).population();
        var starters = segments(end)
                .filter(s -> s.source() instanceof Source.Fresh)
                .map(s -> s.pair().orElseThrow())
                .toList();
        assertThat(starters).hasSize(8);
        var best = starters.stream()
                .sorted(java.util.Comparator.comparingDouble(IteratedTest::loss).thenComparing(Pair::member))
                .limit(4)
                .map(Pair::member)
                .toList();
        var stopped = end.members().stream()
                .filter(m -> m.segments().size() == 1
                        && m.segments().getFirst().source() instanceof Source.Fresh
                        && m.ended().filter("surplus"::equals).isPresent())
                .map(Member::id)
                .toList();
        assertThat(stopped).hasSize(4).doesNotContainAnyElementsOf(best);
    }

    private static double loss(Pair pair) {
        return -new dev.clade.population.Metric("loss", dev.clade.population.Metric.Mode.MIN).score(pair.evaluation());
    }

    @Test
    void allTogether_trainNoMoreThanThePopulationWould() {
        var end = run(3).population();
        assertThat(segments(end)
                        .mapToLong(
                                s -> s.pair().map(p -> p.step() - s.startStep()).orElse(0L))
                        .sum())
                .isLessThanOrEqualTo(4 * 400L)
                .isGreaterThan(4 * 400L - 4 * 80L);
    }

    /// A barrier at every outer step: who decides first does not matter.
    @Test
    void decisions_areTheSameOnAnyNumberOfSlots() {
        var one = told(run(1).population());
        assertThat(told(run(3).population())).isEqualTo(one);
        assertThat(told(run(4).population())).isEqualTo(one);
    }

    /// Up to where the last steps of the budget are shared out, in the order of decisions.
    private static List<String> told(Population end) {
        return segments(end)
                .filter(s -> Math.max(s.startStep(), s.startLineage()) < 150)
                .map(s -> s.member() + "/" + s.index() + " " + s.source() + " " + s.values() + " " + s.plan())
                .toList();
    }

    @Test
    void noOuterStepBegins_beforeAllHaveEndedTheOneBefore() {
        var entries = run(2).entries();
        var at = Population.first(entries.getFirst());
        for (Entry entry : entries.subList(1, entries.size())) {
            at = at.with(entry);
            var open = at.members().stream()
                    .filter(m -> m.segment()
                            .filter(s -> s.outcome() instanceof Segment.Outcome.Open)
                            .isPresent())
                    .map(m -> Math.max(m.step(), m.lineageStep()))
                    .distinct()
                    .toList();
            assertThat(open).as("at " + entry.position()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void noRestart_whereTwoLongerStepsDoNotFit() {
        assertThat(restarts(run(4, "budget: {steps: 100}", "ready: {every: 25}", "tuner: {ipbt: {patience: 1}}")
                        .population()))
                .isEmpty();
        var end = run(4, "tuner: {ipbt: {patience: 1}}").population();
        var restarts = new ArrayList<>(restarts(end));
        long last = restarts.getLast();
        assertThat(last + 2 * (5L << restarts.size())).isLessThanOrEqualTo(400);
    }

    @Test
    void restart_namesAWeighedBlendOfOneOfTheBest() {
        var blends = segments(run(4, "tuner: {ipbt: {shrink_perturb: {keep: 0.4, fresh: 0.2}, random_weights: 0}}")
                        .population())
                .map(Segment::source)
                .filter(Source.Blended.class::isInstance)
                .map(Source.Blended.class::cast)
                .toList();
        assertThat(blends).isNotEmpty().allSatisfy(b -> {
            assertThat(b.keep()).isEqualTo(0.4);
            assertThat(b.fresh()).isEqualTo(0.2);
        });
        assertThat(segments(run(4, "tuner: {ipbt: {random_weights: 1}}").population())
                        .map(Segment::source)
                        .filter(Source.Blended.class::isInstance)
                        .map(Source.Blended.class::cast))
                .isNotEmpty()
                .allSatisfy(b -> assertThat(List.of(b.keep(), b.fresh())).containsExactly(0.0, 1.0));
    }

    @Test
    void controls_justTrainOn() {
        var end = run(4, "control: 1").population();
        var control = end.members().get(3);
        assertThat(control.segments().stream().skip(1).map(Segment::source)).allMatch(Source.Own.class::isInstance);
        assertThat(segments(end)
                        .flatMap(s -> s.source().from().stream())
                        .filter(p -> p.member().equals(control.id())))
                .allMatch(p -> p.values().equals(control.segments().getFirst().values()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fewMembers_trainToTheEnd(int members) {
        var end = run(2, "population: " + members).population();
        assertThat(end.complete()).isTrue();
        assertThat(end.finals().flatMap(f -> f.winner(end.specification()))).isPresent();
    }

    @Test
    void reasons_nameTheIteration() {
        var decisions = run(4).entries().stream()
                .flatMap(e -> e.event() instanceof Event.Decided d ? Stream.of(d.decision()) : Stream.empty())
                .toList();
        assertThat(decisions.stream().map(d -> d.because().rule()).distinct())
                .contains("restart", "truncation", "surplus");
        assertThat(decisions)
                .filteredOn(d -> d.because().rule().equals("restart"))
                .allSatisfy(d -> assertThat(d.because().facts())
                        .containsKeys("iteration", "interval", "donor", "weights", "values"));
        assertThat(decisions).filteredOn(Decision.Stop.class::isInstance).isNotEmpty();
    }

    // ---- what is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ready: adaptive                                            | 1382",
                "ready: {every: 5, burn_in: 10}                             | 1382",
                "budget: {time: 1h}                                         | 1383",
            })
    void settingsThatDoNotFit_areRefused(String line, int code) {
        var ready = line.startsWith("budget") ? "ready: {every: 5}" : "budget: {steps: 100}";
        assertThatThrownBy(() -> new IteratedReader().read(specification(line, ready)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(code));
    }

    @Test
    void severalMetrics_areRefused() {
        var settings = specification()
                .settings()
                .without("metric")
                .without("mode")
                .with(
                        "metrics",
                        Flow.of("m: [{metric: a}, {metric: b}]").entries().get("m"));
        assertThatThrownBy(() -> new IteratedReader().read(Specification.read(settings)))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(1384));
    }

    @Test
    void settings_areReadOrTheAuthors() {
        assertThat(Settings.read(new IteratedReader().settings(specification())))
                .isEqualTo(Settings.DEFAULT);
        assertThat(Settings.read(new IteratedReader()
                        .settings(specification("tuner: {ipbt: {t_step_mul: 3, n_init_mul: 1.5,"
                                + " shrink_perturb: {keep: 0.4, fresh: 0.2}, random_weights: 0, random_values: 1,"
                                + " patience: 2}}"))))
                .isEqualTo(new Settings(3, 1.5, 0.4, 0.2, 0, 1, 2));
        assertThatThrownBy(
                        () -> Settings.read(new IteratedReader().settings(specification("tuner: {ipbt: {speed: 1}}"))))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("speed");
    }

    @Test
    void tuner_isSerial_andNeedsToBlend() {
        var tuner = new IteratedReader().read(specification());
        assertThat(tuner.serial()).isTrue();
        assertThat(tuner.synchronous()).isFalse();
        assertThat(tuner.needs()).containsExactly(Capability.BLEND);
        assertThat(tuner.members(Population.first(first())))
                .as("the others come when these have trained")
                .isEqualTo(4);
    }

    private static Entry first() {
        return run(1, "budget: {steps: 10}").entries().getFirst();
    }
}
