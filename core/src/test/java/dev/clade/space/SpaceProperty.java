package dev.clade.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpaceProperty {

    private static final Space SPACE = SpaceReader.read(Setting.map(new TreeMap<>(Map.of(
            "lr", range("loguniform", 1e-5, 1e-1),
            "momentum", range("loguniform", 0.9, 0.9999).with("of", Setting.word("1-x")),
            "unroll", range("int", 5, 50),
            "batch", range("logint", 16, 512),
            "dropout", range("uniform", 0, 0.5).with("size", Setting.number(3)),
            "optimizer", Setting.map("choice", words("adam", "rmsprop")),
            "decay", range("uniform", 0.8, 0.999).with("when", Setting.map("optimizer", Setting.word("rmsprop"))),
            "width", Setting.map("ordered", words("32", "64", "128"))))));

    private static Setting.Mapping range(String kind, double low, double high) {
        return Setting.map(kind, Setting.list(List.of(Setting.number(low), Setting.number(high))));
    }

    private static Setting words(String... words) {
        return Setting.list(java.util.Arrays.stream(words).map(Setting::word).toList());
    }

    @Test
    void noiseOfAnySize_staysInside() {
        for (var parameter : SPACE.parameters()) {
            var value = parameter.domain().at(0.3);
            for (double noise : new double[] {1e3, -1e3, 1e9, -1e9, 1e300, -1e300}) {
                assertThat(parameter.domain().contains(parameter.domain().shifted(value, noise)))
                        .as(parameter.name() + " " + noise)
                        .isTrue();
            }
        }
    }

    /// Lesson (e): values are always inside their domain, and keep their type.
    @Test
    void anyWalk_staysInside() {
        for (int seed = 0; seed < 50; seed++) {
            var values = SPACE.draw(Randomness.keyed(seed, 0, 0));
            for (int move = 0; move < 100; move++) {
                assertThat(SPACE.flaws(values)).isEmpty();
                var random = Randomness.keyed(seed, 0, move);
                var choose = Philox.keyed(seed, 1, move, "kind");
                values = SPACE.moved(
                        values,
                        (p, v) -> Space.eachElement(p, v, (e, i) -> switch (choose.nextInt(3)) {
                            case 0 -> p.perturbed(e, choose.nextBoolean() ? 1.25 : 0.8);
                            case 1 -> p.domain().shifted(e, 3 * choose.nextGaussian());
                            default -> p.domain().draw(choose);
                        }),
                        random);
            }
        }
    }

    @Test
    void stratifiedDraws_takeEachStratumOnce() {
        int count = 16;
        var strata = IntStream.range(0, count)
                .map(i -> (int) (count
                        * Math.log(SPACE.draw(i, count, Randomness.keyed(1, -1, 0), Randomness.keyed(1, i, 0))
                                        .real("lr")
                                / 1e-5)
                        / Math.log(1e4)))
                .sorted();
        assertThat(strata.toArray()).isEqualTo(IntStream.range(0, count).toArray());
    }

    @Test
    void aNewParameter_changesNoOtherDraw() {
        var more = new java.util.ArrayList<>(SPACE.parameters());
        more.addFirst(SpaceReader.read(Setting.map("extra", range("uniform", 0, 1)))
                .parameters()
                .getFirst());
        var before = SPACE.draw(Randomness.keyed(3, 4, 0));
        var after = new Space(more).draw(Randomness.keyed(3, 4, 0));
        assertThat(after.active()).containsAllEntriesOf(before.active());
    }

    @Test
    void whole_movesByAtLeastOne_awayFromTheOldValue() {
        var unroll = new Domain.Whole(1, 100, Domain.Scale.LINEAR);
        assertThat(unroll.perturbed(new Value.Whole(2), 1.25)).isEqualTo(new Value.Whole(3));
        assertThat(unroll.perturbed(new Value.Whole(2), 0.8)).isEqualTo(new Value.Whole(1));
        assertThat(unroll.perturbed(new Value.Whole(1), 0.8)).isEqualTo(new Value.Whole(2));
    }

    @Test
    void multiply_cannotLeaveZero() {
        var wide = new Domain.Real(-1, 1, Domain.Scale.LINEAR);
        assertThat(wide.multiplied(new Value.Real(0), 1.2)).isEqualTo(new Value.Real(0));
        assertThat(wide.perturbed(new Value.Real(0), 1.2)).isEqualTo(new Value.Real(0.2));
    }

    @Test
    void quantile_ofTheValueAtAQuantile_isThatOfAllThatMeanIt() {
        for (var parameter : SPACE.parameters()) {
            var domain = parameter.domain();
            for (int i = 0; i <= 1000; i++) {
                var value = domain.at(i / 1000.0);
                assertThat(domain.contains(value)).isTrue();
                assertThat(domain.at(domain.quantile(value)))
                        .as(parameter.name())
                        .satisfies(again -> assertThat(
                                        domain instanceof Domain.Real
                                                ? Math.abs(again.number() - value.number())
                                                        < 1e-12 * (1 + value.number())
                                                : again.equals(value))
                                .isTrue());
            }
        }
    }

    @Test
    void quantile_halvesWhatAPriorSpansByItsScale() {
        assertThat(new Domain.Real(1e-5, 1e-1, Domain.Scale.LOG).quantile(new Value.Real(1e-3)))
                .isCloseTo(0.5, within(1e-12));
        assertThat(new Domain.Real(0.9, 0.9999, Domain.Scale.LOG_OF_COMPLEMENT).quantile(new Value.Real(0.99)))
                .isCloseTo(1.0 / 3, within(1e-12));
        assertThat(new Domain.Whole(1, 4, Domain.Scale.LINEAR).quantile(new Value.Whole(2)))
                .isEqualTo(0.375);
        assertThat(new Domain.Real(2, 2, Domain.Scale.LINEAR).quantile(new Value.Real(2)))
                .isEqualTo(0.5);
        assertThat(new Domain.Real(2, 3, Domain.Scale.LINEAR).quantile(new Value.Real(9)))
                .isEqualTo(1);
        var choice = new Domain.Choice(List.of(new Value.Text("a"), new Value.Text("b")), false);
        assertThat(choice.quantile(new Value.Text("b"))).isEqualTo(0.75);
        assertThat(choice.quantile(new Value.Text("c"))).isEqualTo(0.5);
    }

    @Test
    void valuesAtQuantiles_areCompleteAndInside_alsoAtTheCorners() {
        for (double quantile : new double[] {0, 0.25, 0.5, 1}) {
            assertThat(SPACE.flaws(SPACE.at((p, element) -> quantile))).isEmpty();
        }
        assertThat(SPACE.at((p, element) -> element == 2 ? 1 : 0).vector("dropout"))
                .containsExactly(0.0, 0.0, 0.5);
        assertThat(SPACE.at((p, element) -> 1).find("decay")).isPresent();
        assertThat(SPACE.at((p, element) -> 0).find("decay")).isEmpty();
    }

    /// A space whose domains were changed: values of the old one are inside after a move, and after a copy.
    @Test
    void valuesOfADomainThatWasChanged_areInsideAfterTheNextMove() {
        var changed = SpaceReader.read(Setting.map(new TreeMap<>(Map.of(
                "lr", range("uniform", 1e-3, 2e-3),
                "momentum", range("loguniform", 0.95, 0.96).with("of", Setting.word("1-x")),
                "unroll", range("int", 60, 70),
                "batch", range("int", 16, 17),
                "dropout", range("uniform", 0.6, 0.7).with("size", Setting.number(3)),
                "optimizer", Setting.map("choice", words("rmsprop", "lion")),
                "decay", range("uniform", 0.5, 0.6).with("when", Setting.map("optimizer", Setting.word("rmsprop"))),
                "width", Setting.map("ordered", words("64", "256"))))));
        for (int seed = 0; seed < 100; seed++) {
            var values = SPACE.draw(Randomness.keyed(seed, 0, 0));
            var random = Randomness.keyed(seed, 0, 1);
            assertThat(changed.contains(values)).isFalse();
            assertThat(changed.flaws(changed.moved(values, (p, v) -> v, random)))
                    .isEmpty();
            assertThat(changed.flaws(changed.completed(values.active(), random)))
                    .isEmpty();
        }
    }

    @Test
    void aNumberOutsideADomainThatWasChanged_movesFromTheNearestBound() {
        var changed = SpaceReader.read(Setting.map("lr", range("loguniform", 1e-3, 1e-2)));
        var far = new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(0.5))));
        assertThat(changed.moved(far, (p, v) -> p.perturbed(v, 0.8), Randomness.keyed(1, 0, 0))
                        .real("lr"))
                .isEqualTo(0.8e-2);
    }
}
