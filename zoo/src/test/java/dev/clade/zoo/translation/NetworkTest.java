package dev.clade.zoo.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final int SYMBOLS = 10;
    private static final Offset<Float> ROUNDING = within(2e-5f);

    private final Network network = new Network(Small.SHAPE, SYMBOLS);
    private Parameters parameters;

    @BeforeEach
    void draw() {
        Library.threads(1);
        parameters = Small.drawn(network);
    }

    @AfterEach
    void close() {
        parameters.close();
    }

    private float[] losses(List<int[]> sources, List<int[]> targets) {
        try (var _ = Scope.still()) {
            return network.losses(parameters, sources, targets, Dropout.NONE).floats();
        }
    }

    private static void near(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("number %s", i).isCloseTo(expected[i], ROUNDING);
        }
    }

    @Test
    void losses_besideLongerSentences_areThoseOfASentenceAlone() {
        var sources = Small.sentences(12, 1);
        var targets = Small.sentences(12, 2);
        var together = losses(sources, targets);
        int at = 0;
        for (int i = 0; i < sources.size(); i++) {
            int length = targets.get(i).length + 1;
            near(
                    Arrays.copyOfRange(together, at, at + length),
                    losses(List.of(sources.get(i)), List.of(targets.get(i))));
            at += length;
        }
        assertThat(at).isEqualTo(together.length);
    }

    @Test
    void loss_withoutSmoothing_isTheMeanOfLosses() {
        var sources = Small.sentences(5, 1);
        var targets = Small.sentences(5, 2);
        var each = losses(sources, targets);
        double sum = 0;
        for (float one : each) {
            sum += one;
        }
        try (var _ = Scope.still()) {
            assertThat(network.loss(parameters, sources, targets, 0, Dropout.NONE)
                            .item())
                    .isCloseTo(sum / each.length, within(1e-5));
        }
    }

    @Test
    void losses_ofASymbol_areThoseWhateverStandsBehindIt() {
        var source = List.of(new int[] {4, 5, 6});
        var one = losses(source, List.of(new int[] {4, 7, 8, 9}));
        var other = losses(source, List.of(new int[] {4, 7, 5, 5}));
        near(Arrays.copyOf(one, 2), Arrays.copyOf(other, 2));
        assertThat(one[2]).isNotCloseTo(other[2], ROUNDING);
        assertThat(one[3]).isNotCloseTo(other[3], ROUNDING);
    }

    @Test
    void losses_ofAnotherOrderOfTheSource_areOthers() {
        var target = List.of(new int[] {4, 7});
        assertThat(losses(List.of(new int[] {4, 5, 6}), target)[0])
                .isNotCloseTo(losses(List.of(new int[] {6, 5, 4}), target)[0], ROUNDING);
    }

    /// Recorded gradients of all kinds of weights are those of central differences: of 300 elements drawn,
    /// all but three at most, since a rectifier may change its mind between the two points.
    @Test
    void loss_withDropoutAndSmoothing_hasTheGradientOfItsDifferences() {
        var sources = Small.sentences(3, 1);
        var targets = Small.sentences(3, 2);
        var parameter = new TreeSet<>(parameters.names());
        assertThat(parameter).hasSize(47);
        float[] recorded;
        try (var _ = Scope.training()) {
            loss(sources, targets).backward();
            recorded = parameters.gradients().floats();
        }
        var random = Randomness.keyed(2, 0, 0).of("elements");
        float epsilon = 2e-3f;
        int near = 0;
        int nonzero = 0;
        for (int tried = 0; tried < 150; tried++) {
            int element = random.nextInt(recorded.length);
            double above = moved(element, epsilon, sources, targets);
            double below = moved(element, -2 * epsilon, sources, targets);
            moved(element, epsilon, sources, targets);
            double difference = (above - below) / (2 * epsilon);
            near += Math.abs(recorded[element] - difference) < 4e-3 ? 1 : 0;
            nonzero += Math.abs(recorded[element]) > 4e-3 ? 1 : 0;
        }
        assertThat(near).isGreaterThanOrEqualTo(147);
        assertThat(nonzero).isGreaterThan(50);
    }

    private Tensor loss(List<int[]> sources, List<int[]> targets) {
        var random = Randomness.keyed(3, 0, 0).of("masks");
        return network.loss(
                parameters, sources, targets, 0.1, (_, _, numbers) -> numbers.dropout(0.2, random.nextLong()));
    }

    private double moved(int element, float by, List<int[]> sources, List<int[]> targets) {
        try (var _ = Scope.still()) {
            parameters.all().narrow(0, element, 1).plusHere(by);
            return loss(sources, targets).item();
        }
    }

    @Test
    void dropout_ofEveryLayer_hasItsPlaces() {
        var recorded = new Small.Recorded();
        try (var _ = Scope.still()) {
            network.loss(parameters, Small.sentences(3, 1), Small.sentences(3, 2), 0, recorded);
        }
        assertThat(recorded.shapes)
                .containsOnlyKeys(
                        "ATTENTION/0", "RELU/0", "RESIDUAL/0", "ATTENTION/1", "MEMORY/1", "RELU/1", "RESIDUAL/1");
    }

    /// Writing symbol by symbol, with what was seen kept, scores as reading the whole does.
    @Test
    void writing_symbolBySymbol_scoresAsTheWholeDoes() {
        var sources = Small.sentences(4, 1);
        var targets = List.of(new int[] {4, 5, 6}, new int[] {9, 9, 4}, new int[] {7, 4, 5}, new int[] {5, 5, 5});
        var whole = losses(sources, targets);
        try (var writing = new Writing(network, parameters, sources)) {
            for (int place = 0; place < 4; place++) {
                int now = place;
                var given = targets.stream()
                        .mapToLong(target -> now == 0 ? Vocabulary.BEGIN : target[now - 1])
                        .toArray();
                var next = targets.stream()
                        .mapToLong(target -> now == 3 ? Vocabulary.END : target[now])
                        .toArray();
                var losses = writing.next(
                        given,
                        scores -> scores.crossEntropyEach(Tensor.of(next)).floats());
                for (int row = 0; row < 4; row++) {
                    assertThat(losses[row]).isCloseTo(whole[row * 4 + place], ROUNDING);
                }
            }
        }
    }

    @Test
    void writing_rowsTakenInAnotherOrder_areThose() {
        var sources = Small.sentences(3, 1);
        try (var writing = new Writing(network, parameters, sources);
                var other = new Writing(network, parameters, List.of(sources.get(2), sources.get(0)))) {
            writing.next(new long[] {1, 1, 1}, scores -> scores);
            other.next(new long[] {1, 1}, scores -> scores);
            writing.select(new int[] {2, 0, 2});
            var three = writing.next(new long[] {4, 5, 4}, Tensor::floats);
            var two = other.next(new long[] {4, 5}, Tensor::floats);
            near(Arrays.copyOf(three, 2 * SYMBOLS), two);
            near(Arrays.copyOfRange(three, 2 * SYMBOLS, 3 * SYMBOLS), Arrays.copyOf(two, SYMBOLS));
        }
    }

    @Test
    void greedy_ofSources_isABeamOfOne() {
        var sources = Small.sentences(120, 1);
        var greedy = Greedy.translated(network, parameters, sources);
        assertThat(greedy).hasSize(120).isNotEqualTo(sources);
        var beam = new Beam(1, 0.6).translated(network, parameters, sources);
        for (int i = 0; i < sources.size(); i++) {
            assertThat(beam.get(i)).isEqualTo(greedy.get(i));
        }
        assertThat(greedy.stream().mapToInt(target -> target.length).distinct().count())
                .isGreaterThan(1);
    }

    @Test
    void greedy_ofASourceAlone_isTheSame() {
        var sources = Small.sentences(60, 1);
        var together = Greedy.translated(network, parameters, sources);
        for (int i = 0; i < 10; i++) {
            assertThat(Greedy.translated(network, parameters, List.of(sources.get(i)))
                            .getFirst())
                    .isEqualTo(together.get(i));
        }
    }

    /// A beam that loses nothing of up to three symbols finds one at least as likely as any of up to two.
    @Test
    void beam_wideEnough_findsTheBestOfAll() {
        var network = new Network(new Shape(8, 2, 1, 8), 6);
        try (var parameters = Small.drawn(network)) {
            for (var source : List.of(new int[] {4}, new int[] {5, 4}, new int[] {4, 4, 5})) {
                var found = new Beam(200, 0)
                        .translated(network, parameters, List.of(source))
                        .getFirst();
                double best = score(network, parameters, source, found);
                for (var other : shortTargets()) {
                    assertThat(best).isGreaterThanOrEqualTo(score(network, parameters, source, other) - 1e-4);
                }
            }
        }
    }

    private static List<int[]> shortTargets() {
        var all = new ArrayList<int[]>();
        all.add(new int[0]);
        for (int one = 0; one < 6; one++) {
            for (int other = 0; other < 6; other++) {
                if (one != Vocabulary.END && other != Vocabulary.END) {
                    all.add(new int[] {one});
                    all.add(new int[] {one, other});
                }
            }
        }
        return all;
    }

    private static double score(Network network, Parameters parameters, int[] source, int[] target) {
        try (var _ = Scope.still()) {
            return -network.losses(parameters, List.of(source), List.of(target), Dropout.NONE)
                    .sum()
                    .item();
        }
    }

    @Test
    void positions_ofManyPlaces_areThoseOfEach() {
        var positions = new Positions(8);
        try (var _ = Scope.still()) {
            var all = positions.of(0, 50).floats();
            assertThat(new Positions(8).of(20, 3).floats()).isEqualTo(Arrays.copyOfRange(all, 160, 184));
            assertThat(all[8]).isCloseTo((float) Math.sin(1), within(1e-6f));
            assertThat(all[9]).isCloseTo((float) Math.cos(1), within(1e-6f));
            assertThat(all[8 * 7 + 6]).isCloseTo((float) Math.sin(7 / 1000.0), within(1e-6f));
        }
    }

    @Test
    void weights_drawn_areOfTheSeed() {
        try (var other = network.layout().build();
                var _ = Scope.still()) {
            network.draw(other, Randomness.keyed(1, 0, 0));
            other.all().timesHere(1.5);
            assertThat(other.all().floats()).isEqualTo(parameters.all().floats());
            network.draw(other, Randomness.keyed(2, 0, 0));
            assertThat(other.all().floats()).isNotEqualTo(parameters.all().floats());
            assertThat(Stream.of("encoder.norm.weight", "decoder.0.feed.norm.weight"))
                    .allSatisfy(name -> assertThat(other.get(name).floats()).containsOnly(1));
        }
    }
}
