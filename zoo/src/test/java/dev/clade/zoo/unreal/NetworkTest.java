package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Actions;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.World;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What each task's gradient reaches, and what the network makes of shapes.
class NetworkTest {

    private static final World.Shape SHAPE = new World.Shape(3, 42, 42);
    private static final int ACTIONS = 8;
    private static final Network NETWORK =
            new Network(SHAPE, new Actions(ACTIONS, ACTIONS, 0), Tasks.of(EnumSet.allOf(Auxiliary.class)));

    private final Parameters weights = NETWORK.layout().build();

    @BeforeEach
    void draws() {
        try (var _ = Scope.still()) {
            NETWORK.draw(weights, Randomness.keyed(1, 0, 0));
        }
    }

    @AfterEach
    void close() {
        weights.close();
    }

    /// Five steps in one environment: what is seen is noise, the third step is rewarded.
    private static Ring past() {
        var ring = new Ring(Cells.of(SHAPE), 9, NETWORK.before());
        var random = Randomness.keyed(2, 0, 0).of("pixels");
        for (int step = 0; step < 5; step++) {
            var seen = new float[SHAPE.size()];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = (float) random.nextDouble();
            }
            ring.add(seen, 0, new float[NETWORK.before()], 0, step, step == 2 ? 1 : 0, false);
        }
        return ring;
    }

    private static Windows windows() {
        var windows = new Windows(Cells.of(SHAPE), NETWORK.before(), 1, 4);
        windows.read(0, past(), 0);
        return windows;
    }

    /// The parameters that have a gradient, without what they are called behind the point.
    private Set<String> reached(Tensor loss) {
        loss.backward();
        var reached = new TreeSet<String>();
        for (var name : weights.names()) {
            if (weights.gradient(name).norm().item() > 0) {
                reached.add(name.substring(0, name.lastIndexOf('.')));
            }
        }
        return reached;
    }

    @Test
    void pixelControl_reachesConvolutionsAndMemory_andNoOtherHead() {
        try (var _ = Scope.training()) {
            var windows = windows();
            var worth = NETWORK.worth(weights, NETWORK.through(weights, windows));
            assertThat(reached(PixelControl.loss(worth, windows, 0.9)))
                    .containsExactlyInAnyOrder(
                            "conv1",
                            "conv2",
                            "fc",
                            "lstm.input",
                            "lstm.hidden",
                            "pixel_control.fc",
                            "pixel_control.head");
        }
    }

    @Test
    void valueReplay_reachesTheValue_andNotThePolicy() {
        try (var _ = Scope.training()) {
            var windows = windows();
            var values = NETWORK.value(weights, NETWORK.through(weights, windows));
            assertThat(reached(ValueReplay.loss(values, windows, 0.99)))
                    .containsExactlyInAnyOrder("conv1", "conv2", "fc", "lstm.input", "lstm.hidden", "value");
        }
    }

    @Test
    void rewardPrediction_reachesConvolutions_andNoMemory() {
        try (var _ = Scope.training()) {
            var triples = new Triples(1, SHAPE.size());
            triples.read(0, past(), 2);
            var logits = NETWORK.prediction(weights, Tensor.of(triples.seen(), 3, SHAPE.size()));
            assertThat(reached(RewardPrediction.loss(logits, triples)))
                    .containsExactlyInAnyOrder("conv1", "conv2", "reward_prediction.fc", "reward_prediction.head");
        }
    }

    @Test
    void worth_ofACell_hasTheValueAsItsMeanOverActions() {
        try (var _ = Scope.still()) {
            var bias = weights.get("pixel_control.head.bias");
            bias.narrow(0, 0, 1).plusHere(7);
            bias.narrow(0, 3, 1).plusHere(100);
            var worth = NETWORK.worth(weights, Tensor.zeros(2, 128));
            assertThat(worth.shape()).isEqualTo(List.of(2L, (long) ACTIONS, 100L));
            assertThat(worth.mean(1).floats()).hasSize(200);
            for (float mean : worth.mean(1).floats()) {
                assertThat(mean).isCloseTo(7, within(1e-4f));
            }
            assertThat(worth.floats()[2 * 100]).isCloseTo(7 + 100 * 7 / 8f, within(1e-4f));
        }
    }

    /// Each window begins without memories, so one window is what steps from nothing say.
    @Test
    void windows_areRemembered_fromNothingOn() {
        try (var _ = Scope.still()) {
            var windows = new Windows(Cells.of(SHAPE), NETWORK.before(), 2, 2);
            windows.read(0, past(), 1);
            windows.read(1, past(), 0);
            var said = NETWORK.through(weights, windows).floats();
            var alone = new Windows(Cells.of(SHAPE), NETWORK.before(), 1, 2);
            alone.read(0, past(), 0);
            var memory = Tensor.zeros(1, NETWORK.memory());
            for (int step = 0; step < 3; step++) {
                var picture = Tensor.of(alone.seen(), 3, SHAPE.size()).narrow(0, step, 1);
                var fed = NETWORK.fed(
                        weights, NETWORK.vision().features(weights, picture), Tensor.zeros(1, NETWORK.before()));
                memory = NETWORK.remember(weights, fed, memory);
                var expected = NETWORK.said(memory).floats();
                for (int i = 0; i < 128; i++) {
                    assertThat(said[(step * 2 + 1) * 128 + i]).isCloseTo(expected[i], within(1e-5f));
                }
            }
        }
    }

    @Test
    void weights_ofFewerTasks_areTheSame() {
        var plain = new Network(SHAPE, NETWORK.actions(), Tasks.of(Set.of()));
        try (var fewer = plain.layout().build();
                var _ = Scope.still()) {
            plain.draw(fewer, Randomness.keyed(1, 0, 0));
            assertThat(weights.names()).containsAll(fewer.names());
            assertThat(fewer.names()).noneMatch(name -> name.startsWith("pixel") || name.startsWith("reward"));
            for (var name : fewer.names()) {
                assertThat(fewer.get(name).floats()).isEqualTo(weights.get(name).floats());
            }
        }
    }

    /// 84 x 84 pixels are the paper's network, but for widths: 9 x 9 x 32 features.
    @Test
    void features_ofOurPicture_andOfThePapers() {
        assertThat(NETWORK.vision().features()).isEqualTo(3 * 3 * 32);
        assertThat(new Vision(new World.Shape(3, 84, 84)).features()).isEqualTo(9 * 9 * 32);
        assertThat(new Vision(new World.Shape(1, Vision.LEAST, Vision.LEAST)).features())
                .isEqualTo(32);
    }
}
