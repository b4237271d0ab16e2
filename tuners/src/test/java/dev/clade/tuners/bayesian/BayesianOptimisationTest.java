package dev.clade.tuners.bayesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BayesianOptimisationTest {

    private static double bowl(Hyperparameters at) {
        double x = at.real("x") - 0.3;
        double y = at.real("y") - 0.8;
        return x * x + y * y;
    }

    private static final Landscape BOWL = Landscape.of(BayesianOptimisationTest::bowl);

    private static Map<String, Setting> own(int atOnce, int initial) {
        return Map.of("at_once", Setting.number(atOnce), "initial", Setting.number(initial));
    }

    private static Stream<Event.Decided> decisions(VirtualEngine.Result result) {
        return result.entries().stream()
                .map(Entry::event)
                .flatMap(e -> e instanceof Event.Decided decided ? Stream.of(decided) : Stream.empty());
    }

    private static List<Because> reasons(VirtualEngine.Result result, String rule) {
        return decisions(result)
                .map(d -> d.decision().because())
                .filter(b -> b.rule().equals(rule))
                .toList();
    }

    private static List<Double> losses(Population end) {
        return end.members().stream()
                .flatMap(m -> m.held().stream())
                .map(p -> -end.specification().metric().score(p.evaluation()))
                .toList();
    }

    @Test
    void configurations_areAsManyAsThePopulation_eachTrainedToTheEndOnItsOwnWeights() {
        var result = BOWL.bo(own(1, 4)).run(1);
        var members = result.population().members();
        assertThat(members).hasSize(12).allSatisfy(member -> {
            assertThat(member.step()).isEqualTo(4);
            assertThat(member.ended()).contains("budget");
            assertThat(member.segments())
                    .extracting(Segment::values)
                    .containsOnly(member.segment(1).values());
            assertThat(member.segments())
                    .extracting(Segment::source)
                    .noneMatch(Segment.Source.Copied.class::isInstance);
        });
        assertThat(reasons(result, "begun")).hasSize(4);
        assertThat(reasons(result, "bo")).hasSize(8);
    }

    @Test
    void drawnOnes_takeEachStratumOnce() {
        var end = BOWL.bo(own(1, 4)).run(1).population();
        for (var name : List.of("x", "y")) {
            assertThat(end.members().subList(0, 4).stream()
                            .map(m -> (int) (4 * m.segment(1).values().real(name))))
                    .containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void underWay_areNeverMoreThanAtOnce(int atOnce) {
        var population = BOWL.bo(own(atOnce, 4)).run(6);
        var seen = Population.first(population.entries().getFirst());
        int most = 0;
        for (var entry : population.entries().subList(1, population.entries().size())) {
            seen = seen.with(entry);
            var now = seen;
            most = Math.max(most, (int)
                    now.members().stream().filter(m -> !Rows.over(now, m)).count());
        }
        assertThat(most).isEqualTo(atOnce);
        assertThat(population.population().size()).isEqualTo(12);
    }

    /// Twelve configurations of four seconds: one at a time 48, four at a time 12.
    @Test
    void wallClock_isThatOfTheTrainingsInARow() {
        assertThat(BOWL.bo(own(1, 4)).run(6).elapsed()).hasSeconds(48);
        assertThat(BOWL.bo(own(4, 4)).run(6).elapsed()).hasSeconds(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ei", "ucb", "thompson"})
    void proposals_findTheBottomOfABowl(String acquisition) {
        var settings = new TreeMap<>(own(1, 4));
        settings.put("acquisition", Setting.word(acquisition));
        var end = BOWL.bo(settings).run(1).population();
        double drawn =
                losses(end).subList(0, 4).stream().mapToDouble(l -> l).min().orElseThrow();
        double found = losses(end).stream().mapToDouble(l -> l).min().orElseThrow();
        assertThat(found).isLessThan(drawn / 5);
    }

    /// Four begin at the same moment, none with a result of another: what is under way keeps them apart.
    @Test
    void proposalsOfOneBatch_differ() {
        var end = BOWL.bo(own(4, 4)).run(4).population();
        var cube = Encoding.of(end.specification().space());
        for (int first = 4; first < 12; first += 4) {
            var batch = end.members().subList(first, first + 4).stream()
                    .map(m -> cube.point(m.segment(1).values()))
                    .toList();
            for (double[] a : batch) {
                for (double[] b : batch) {
                    assertThat(a == b || Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) > 0.01)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void reasons_sayWhatWasPredicted_inTheMetricsUnit() {
        var result = BOWL.bo(own(2, 4)).run(2);
        var because = reasons(result, "bo").getLast();
        assertThat(because.facts().keySet())
                .isEqualTo(Set.of("best", "deviation", "improvement", "pending", "predicted", "rows"));
        assertThat(because.facts()).containsEntry("rows", "10").containsEntry("pending", "1");
        double predicted = Double.parseDouble(because.facts().getOrDefault("predicted", "NaN"));
        assertThat(predicted)
                .isCloseTo(
                        bowl(result.population().members().getLast().segment(1).values()), within(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fewMembers_areNoFault(int members) {
        var result = BOWL.with("population", Setting.number(members))
                .with("tuner", Setting.word("bo"))
                .run(2);
        assertThat(result.population().members()).hasSize(members).allMatch(m -> m.step() == 4);
    }

    @Test
    void whatDiverges_isNotTriedAgain_andIsAvoided() {
        var end = Landscape.of(at -> at.real("x") > 0.5 ? Double.NaN : bowl(at))
                .with("population", Setting.number(20))
                .bo(own(1, 6))
                .run(1)
                .population();
        var diverged = end.members().stream()
                .filter(m -> m.ended().filter("diverged"::equals).isPresent())
                .toList();
        assertThat(end.members()).hasSize(20);
        assertThat(diverged).isNotEmpty().allMatch(m -> m.segments().size() == 1);
        assertThat(diverged.stream().filter(m -> m.id().index() >= 6).count()).isLessThanOrEqualTo(4);
        assertThat(losses(end).stream().mapToDouble(l -> l).min().orElseThrow()).isLessThan(0.02);
    }

    @Test
    void whereAllDiverge_configurationsAreDrawn() {
        var result = Landscape.of(at -> Double.NaN).bo(own(2, 2)).run(2);
        assertThat(result.population().members()).hasSize(12);
        assertThat(reasons(result, "bo")).isEmpty();
        assertThat(result.population().ended()).contains("nobody left");
    }

    @Test
    void whatThrows_isTriedAgain_thenGivenUp() {
        var end = Landscape.of(at -> {
                    if (at.real("y") < 0.3) {
                        throw new IllegalStateException("too small");
                    }
                    return bowl(at);
                })
                .bo(own(1, 6))
                .run(1)
                .population();
        assertThat(end.members()).hasSize(12);
        assertThat(end.members().stream()
                        .filter(m -> m.ended().filter("failed"::equals).isPresent()))
                .isNotEmpty()
                .allMatch(m -> m.segments().size() == 3);
    }

    @Test
    void givenValuesAndControls_areKept() {
        var start = Setting.list(List.of(Setting.map("x", Setting.number(0.125)), Setting.map("x", Setting.number(1))));
        var end = BOWL.with("start", start)
                .with("control", Setting.number(2))
                .bo(own(1, 1))
                .run(1)
                .population();
        assertThat(end.members().get(0).segment(1).values().real("x")).isEqualTo(0.125);
        assertThat(end.members().get(1).segment(1).values().real("x")).isEqualTo(1);
        assertThat(end.members().subList(10, 12)).extracting(Member::ranked).containsOnly(false);
    }

    @Test
    void decisions_areTheSameAgain_onAnyNumberOfSlots() {
        var one = BOWL.bo(own(1, 4)).run(1);
        assertThat(values(BOWL.bo(own(1, 4)).run(1))).isEqualTo(values(one));
        assertThat(values(BOWL.bo(own(1, 4)).run(3))).isEqualTo(values(one));
    }

    private static String values(VirtualEngine.Result result) {
        return result.population().members().stream()
                .map(m -> m.segment(1).values().toString())
                .collect(Collectors.joining("; "));
    }

    /// A tree of conditions, whole numbers, names and a vector: everything proposed is inside.
    @Test
    void proposals_areInsideTheSpace() {
        var choice = Setting.map(
                "choice",
                Setting.list(Stream.of("sgd", "adam").map(Setting::word).toList()));
        var space = Setting.map(Map.of(
                "optimiser",
                choice,
                "momentum",
                Landscape.range(0, 0.99).asMapping().with("when", Setting.map("optimiser", Setting.word("sgd"))),
                "layers",
                Setting.map("int", Setting.list(List.of(Setting.number(1), Setting.number(9)))),
                "dropout",
                Landscape.range(0, 1).asMapping().with("size", Setting.number(2))));
        var result = Landscape.of(at -> at.real("layers") + at.vector("dropout").getFirst() - at.real("momentum", 0))
                .with("parameters", space)
                .bo(own(2, 4))
                .run(2);
        var specification = result.population().specification();
        assertThat(decisions(result).map(Event.Decided::decision))
                .filteredOn(Decision.Train.class::isInstance)
                .allSatisfy(d -> assertThat(specification.space().flaws(((Decision.Train) d).values()))
                        .isEmpty());
        assertThat(losses(result.population()).stream()
                        .mapToDouble(l -> l)
                        .min()
                        .orElseThrow())
                .isLessThan(1.1);
    }
}
