package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.Flow;
import dev.clade.population.MemberId;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.tuners.gp.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {

    private static final Randomness RANDOM = Randomness.keyed(1, 2, 3);

    private static Search search(Space space, Hyperparameters from) {
        var encoding = Encoding.of(space);
        var row = new Row(new MemberId(0), 2, 0, 0, from, 0.1);
        var model = Model.of(
                encoding, Covariance.ofNumbers(encoding), List.of(row), new Context(1, 1), 0.2, RANDOM.of("model"));
        return new Search(encoding, model, from);
    }

    @Test
    void ascent_endsAtTheTop_insideOrAtAWall() {
        var top = Ascent.from(
                new double[] {0.9, 0.2},
                x -> 3 - 4 * (x[0] - 0.3) * (x[0] - 0.3) - (x[1] - 1.5) * (x[1] - 1.5) - x[0] * x[1],
                200);
        // with x[1] at its wall: 8 (x[0] - 0.3) = -1
        assertThat(top.at()).containsExactly(new double[] {0.175, 1}, within(1e-4));
        assertThat(top.height()).isCloseTo(3 - 4 * 0.125 * 0.125 - 0.25 - 0.175, within(1e-6));
    }

    @Test
    void ascent_stopsAfterItsEvaluations() {
        int[] count = new int[1];
        Ascent.from(
                new double[] {0.1, 0.9},
                x -> { // Rosenbrock's valley, of which the end is far
                    count[0]++;
                    double side = x[1] - x[0] * x[0];
                    return -100 * side * side - (1 - x[0]) * (1 - x[0]);
                },
                30);
        assertThat(count[0]).isBetween(30, 60);
    }

    @Test
    void apart_fromASegmentUnderWay_isNear_andTheSameForTheSameKey() {
        var space = SpaceReader.read(Flow.of("a: {uniform: [0, 1]}", "n: {int: [1, 9]}"));
        var values = Hyperparameters.NONE.with("a", new Value.Real(0.4)).with("n", new Value.Whole(3));
        var search = search(space, values);
        double[] point = Encoding.of(space).point(values);
        double[] apart = search.apart(point, List.of(values), RANDOM);
        assertThat(Math.abs(apart[0] - point[0])).isBetween(1e-4, 0.3);
        assertThat(search.apart(point, List.of(values), RANDOM)).isEqualTo(apart);
        assertThat(search.apart(point, List.of(), RANDOM)).isEqualTo(point);
    }

    @Test
    void apart_whereThereIsNoOtherPlace_givesUp() {
        var space = SpaceReader.read(Flow.of("n: {int: [4, 4]}"));
        var values = Hyperparameters.NONE.with("n", new Value.Whole(4));
        var search = search(space, values);
        var apart = search.apart(Encoding.of(space).point(values), List.of(values), RANDOM);
        assertThat(search.values(apart, space, RANDOM)).isEqualTo(values);
    }

    @Test
    void values_thatMayNotMove_areExactlyAsTheyWere() {
        var space = SpaceReader.read(Flow.of(
                "a: {loguniform: [0.001, 1]}", "b: {loguniform: [0.001, 1], change: never}", "k: {choice: [u, v]}"));
        var values = Hyperparameters.NONE
                .with("a", new Value.Real(0.0123456789))
                .with("b", new Value.Real(0.0123456789))
                .with("k", new Value.Text("v"));
        var search = search(space, values);
        var moved = search.values(search.top(RANDOM), space, RANDOM);
        assertThat(moved.differing(values)).containsExactly("a");
    }
}
