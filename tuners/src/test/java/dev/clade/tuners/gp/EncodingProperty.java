package dev.clade.tuners.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EncodingProperty {

    private static final Space SPACE = SpaceReader.read(Setting.map(new TreeMap<>(Map.of(
            "lr", range("loguniform", 1e-5, 1e-1),
            "momentum", range("loguniform", 0.9, 0.9999).with("of", Setting.word("1-x")),
            "unroll", range("int", 5, 50),
            "batch", range("logint", 16, 512),
            "dropout", range("uniform", 0, 0.5).with("size", Setting.number(3)),
            "optimizer", Setting.map("choice", words("adam", "rmsprop", "sgd")),
            "decay", range("uniform", 0.8, 0.999).with("when", Setting.map("optimizer", Setting.word("rmsprop"))),
            "width", Setting.map("ordered", words("32", "64", "128"))))));

    private static final Encoding CUBE = Encoding.of(SPACE);

    private static Setting.Mapping range(String kind, double low, double high) {
        return Setting.map(kind, Setting.list(List.of(Setting.number(low), Setting.number(high))));
    }

    private static Setting words(String... words) {
        return Setting.list(Arrays.stream(words).map(Setting::word).toList());
    }

    @Test
    void anyPoint_isValuesOfTheSpace_alsoOutsideTheCube() {
        var random = Philox.keyed(1, 0, 0, "points");
        for (int n = 0; n < 500; n++) {
            double[] point = new double[CUBE.size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = n < 2 ? n : 1.4 * random.nextDouble() - 0.2;
            }
            assertThat(SPACE.flaws(CUBE.values(point))).isEmpty();
        }
    }

    @Test
    void values_thereAndBack_areTheSame() {
        for (int seed = 0; seed < 500; seed++) {
            var values = SPACE.draw(Randomness.keyed(seed, 0, 0));
            var again = CUBE.values(CUBE.point(values));
            assertThat(again.active().keySet()).isEqualTo(values.active().keySet());
            values.active().forEach((name, value) -> same(name, again, value));
            assertThat(CUBE.point(again)).containsExactly(CUBE.point(values), within(1e-12));
        }
    }

    private static void same(String name, Hyperparameters again, Value value) {
        switch (value) {
            case Value.Real real -> assertThat(again.real(name)).isCloseTo(real.value(), within(1e-12));
            case Value.Vector vector ->
                assertThat(again.vector(name).getLast())
                        .isCloseTo(vector.elements().getLast().number(), within(1e-12));
            case Value.Whole _, Value.Text _, Value.Flag _ ->
                assertThat(again.find(name)).contains(value);
        }
    }

    @Test
    void snapping_isRounding_andTwiceIsOnce() {
        var random = Philox.keyed(2, 0, 0, "points");
        for (int n = 0; n < 200; n++) {
            double[] point = random.doubles(CUBE.size()).toArray();
            double[] snapped = CUBE.snapped(point);
            assertThat(CUBE.snapped(snapped)).containsExactly(snapped, within(1e-12));
            for (int i = 0; i < point.length; i++) {
                var coordinate = CUBE.coordinates().get(i);
                double far = Math.abs(snapped[i] - point[i]);
                if (coordinate.parameter().name().equals("width")) {
                    assertThat(far).isLessThanOrEqualTo(1.0 / 6 + 1e-12);
                } else if (coordinate.parameter().name().equals("unroll")) {
                    assertThat(far).isLessThanOrEqualTo(1.0 / 92 + 1e-12);
                }
            }
        }
    }

    @Test
    void whatIsNotActive_liesAtItsMedian() {
        double[] point = new double[CUBE.size()];
        Arrays.fill(point, 0.9);
        var adam = CUBE.values(point).with("optimizer", new Value.Text("adam"));
        var active = new TreeMap<>(adam.active());
        active.remove("decay");
        int decay = CUBE.coordinates().stream()
                .map(c -> c.parameter().name())
                .toList()
                .indexOf("decay");
        assertThat(CUBE.point(new Hyperparameters(active))[decay]).isEqualTo(0.5);
    }

    @Test
    void onlyChoicesWithoutOrder_areNames() {
        assertThat(CUBE.coordinates().stream()
                        .filter(Encoding.Coordinate::named)
                        .map(c -> c.parameter().name()))
                .containsExactly("optimizer");
        assertThat(CUBE.distances().size()).isEqualTo(CUBE.size()).isEqualTo(10);
    }
}
