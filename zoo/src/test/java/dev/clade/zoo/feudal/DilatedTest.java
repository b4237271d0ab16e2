package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DilatedTest {

    private static final int IN = 4;
    private static final int SIZE = 3;
    private static final int RADIUS = 3;
    private static final int STEPS = 8;

    private final Lstm cell = new Lstm("lstm", IN, SIZE);
    private final Dilated dilated = new Dilated(cell, RADIUS);
    private final Parameters parameters = cell.with(new Parameters.Layout()).build();

    @BeforeEach
    void draw() {
        try (var _ = Scope.still()) {
            cell.draw(parameters, Randomness.keyed(1, 0, 0));
        }
    }

    @AfterEach
    void close() {
        parameters.close();
    }

    private static Tensor random(long... shape) {
        return Tensor.zeros(shape).normalHere(1, Philox.keyed(3, 0, 0, "input"));
    }

    @Test
    void core_ofADilatedLstm_isAnLstmOfEveryThirdStep() {
        try (var _ = Scope.still()) {
            var inputs = random(STEPS, 2, IN);
            var cores = Tensor.zeros(2, dilated.memory());
            for (int step = 0; step < STEPS; step++) {
                cores = dilated.step(parameters, inputs.picked(0, step), cores);
            }
            // Steps 5, 6, 7 were the last of the cores 2, 0, 1: the queue has them in this order.
            for (int place = 0; place < RADIUS; place++) {
                var plain = Tensor.zeros(2, cell.memory());
                for (int step = (place + 2) % RADIUS; step < STEPS; step += RADIUS) {
                    plain = cell.step(parameters, inputs.picked(0, step), plain);
                }
                assertThat(cores.narrow(1, (long) place * cell.memory(), cell.memory())
                                .floats())
                        .containsExactly(plain.floats(), within(1e-6f));
            }
        }
    }

    @Test
    void said_isTheSumOfTheHiddenStatesOfAllCores() {
        try (var _ = Scope.still()) {
            var cores =
                    Tensor.of(new float[] {1, 2, 3, -9, -9, -9, 10, 20, 30, -9, -9, -9, 100, 200, 300, 0, 0, 0}, 1, 18);
            assertThat(dilated.said(cores).floats()).containsExactly(111, 222, 333);
        }
    }

    @Test
    void unroll_withEnds_isWhatStepsSay() {
        try (var _ = Scope.still()) {
            var ended = new boolean[(STEPS - 1) * 2];
            ended[1 * 2] = true;
            ended[4 * 2] = true;
            ended[2 * 2 + 1] = true;
            var ends = new Ends(ended, 2);
            var inputs = random(STEPS, 2, IN);
            var start = random(2, dilated.memory());
            var said = new ArrayList<Tensor>();
            var cores = start;
            for (int step = 0; step < STEPS; step++) {
                cores = dilated.step(parameters, inputs.picked(0, step), cores.times(ends.mask(step, 1, 1)));
                said.add(dilated.said(cores));
            }
            var unrolled = dilated.unrolled(parameters, inputs.reshape(-1, IN), start, ends);
            assertThat(unrolled.floats())
                    .containsExactly(Tensor.joined(List.copyOf(said), 0).floats(), within(1e-6f));
        }
    }

    @Test
    void unroll_shorterThanTheRadius_isOneCallWithTheSameResult() {
        try (var _ = Scope.still()) {
            var inputs = random(2, 2, IN);
            var start = random(2, dilated.memory());
            var one = dilated.step(parameters, inputs.picked(0, 0), start);
            var two = dilated.step(parameters, inputs.picked(0, 1), one);
            var unrolled = dilated.unrolled(parameters, inputs.reshape(-1, IN), start, new Ends(new boolean[2], 2));
            assertThat(unrolled.floats())
                    .containsExactly(
                            Tensor.joined(List.of(dilated.said(one), dilated.said(two)), 0)
                                    .floats(),
                            within(1e-6f));
        }
    }
}
