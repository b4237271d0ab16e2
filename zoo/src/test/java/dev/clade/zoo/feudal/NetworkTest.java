package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Actions;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final int ENVIRONMENTS = 3;
    private static final int STEPS = 6;
    private static final int LOGITS = 4;
    private static final int LATENT = 5;
    private static final int HORIZON = 3;

    private final Network network = new Network(
            new Actions(LOGITS, LOGITS, 0),
            new Percept(new World.Shape(2, 6, 6), 3, 7),
            new GoalSetter(7, LATENT, 2),
            new Worker(7, 6, 2, LATENT, LOGITS),
            HORIZON,
            new Exploration(0.3, LATENT));
    private final Parameters parameters = network.layout().build();

    @BeforeEach
    void draw() {
        try (var _ = Scope.still()) {
            network.draw(parameters, Randomness.keyed(1, 0, 0));
            for (var name : List.of("worker.actions.weight", "worker.value.weight", "manager.value.weight")) {
                parameters.normal(name, 0.5, Philox.keyed(4, 0, 0, name));
            }
        }
    }

    @AfterEach
    void close() {
        parameters.close();
    }

    private static Tensor seen(int steps) {
        return Tensor.zeros((long) steps * ENVIRONMENTS, 72).normalHere(1, Philox.keyed(5, 0, 0, "seen"));
    }

    private static Ends ends() {
        var ended = new boolean[STEPS * ENVIRONMENTS];
        ended[1 * ENVIRONMENTS] = true;
        ended[5 * ENVIRONMENTS + 2] = true;
        return new Ends(ended, ENVIRONMENTS);
    }

    /// Memory after some steps from the beginning of episodes.
    private Tensor memory() {
        var memory = Tensor.zeros(ENVIRONMENTS, network.memory());
        var seen = seen(4);
        for (int step = 0; step < 4; step++) {
            memory = step(at(seen, step), memory).memory();
        }
        return memory;
    }

    private RecurrentNetwork.Step step(Tensor seen, Tensor memory) {
        return network.step(parameters, seen, Tensor.zeros(ENVIRONMENTS, LOGITS + 1L), memory);
    }

    private static Tensor at(Tensor seen, int step) {
        return seen.narrow(0, (long) step * ENVIRONMENTS, ENVIRONMENTS);
    }

    @Test
    void unroll_withEndsAndRandomGoals_isWhatStepsSay() {
        try (var _ = Scope.still()) {
            var seen = seen(STEPS + 1);
            var start = memory();
            var unrolled = network.unrolled(parameters, seen, start, ends());
            var said = new ArrayList<Tensor>();
            var memory = start;
            for (int step = 0; step <= STEPS; step++) {
                var stepped = step(at(seen, step), memory.times(ends().mask(step, 1, 1)));
                said.add(stepped.said());
                memory = stepped.memory();
            }
            var all = Tensor.joined(said, 0);
            assertThat(unrolled.said().floats())
                    .containsExactly(all.narrow(0, 0, STEPS * ENVIRONMENTS).floats(), within(1e-5f));
            var last = network.sizes().of(memory);
            assertThat(last.goals().narrow(1, (HORIZON - 1L) * LATENT, LATENT).floats())
                    .containsExactly(at(unrolled.goals(), STEPS).floats(), within(1e-5f));
            assertThat(last.states().narrow(1, (HORIZON - 1L) * LATENT, LATENT).floats())
                    .containsExactly(
                            at(
                                            unrolled.travel()
                                                    .states()
                                                    .narrow(0, HORIZON * ENVIRONMENTS, (STEPS + 1L) * ENVIRONMENTS),
                                            STEPS)
                                    .floats(),
                            within(1e-5f));
        }
    }

    @Test
    void goals_areOfLengthOne() {
        try (var _ = Scope.still()) {
            var goals = network.unrolled(parameters, seen(STEPS + 1), memory(), ends())
                    .goals();
            for (float square : goals.square().sum(1).floats()) {
                assertThat(square).isCloseTo(1, within(1e-4f));
            }
        }
    }

    // ---- who learns from what

    private List<String> reached(Tensor loss) {
        loss.backward();
        return parameters.names().stream()
                .filter(name -> !blank(parameters.gradient(name).floats()))
                .toList();
    }

    private static boolean blank(float[] numbers) {
        for (float number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    private Network.Unrolled unrolled() {
        return network.unrolled(parameters, seen(STEPS + 1), memory(), ends());
    }

    /// The parameters of layers.
    private static List<String> of(String... layers) {
        return Stream.of(layers).flatMap(NetworkTest::names).toList();
    }

    private static Stream<String> names(String layer) {
        var suffixes = layer.endsWith("lstm")
                ? Stream.of(".input.weight", ".input.bias", ".hidden.weight", ".hidden.bias")
                : layer.equals("worker.goal") ? Stream.of(".weight") : Stream.of(".weight", ".bias");
        return suffixes.map(layer::concat);
    }

    @Test
    void goalsLoss_reachesManagerAndPerceptOnly() {
        try (var _ = Scope.training()) {
            var unrolled = unrolled();
            var loss = unrolled.travel().cosines(unrolled.goals()).sum();
            assertThat(reached(loss))
                    .containsExactlyInAnyOrderElementsOf(of("conv", "percept", "manager.space", "manager.lstm"));
        }
    }

    @Test
    void managersValue_reachesManagerAndPerceptOnly() {
        try (var _ = Scope.training()) {
            assertThat(reached(unrolled().values().sum()))
                    .containsExactlyInAnyOrderElementsOf(
                            of("conv", "percept", "manager.space", "manager.lstm", "manager.value"));
        }
    }

    @Test
    void policysLoss_reachesWorkerAndPerceptOnly() {
        try (var _ = Scope.training()) {
            assertThat(reached(unrolled()
                            .said()
                            .narrow(1, 0, LOGITS)
                            .logSoftmax(1)
                            .square()
                            .sum()))
                    .containsExactlyInAnyOrderElementsOf(
                            of("conv", "percept", "worker.lstm", "worker.actions", "worker.goal"));
        }
    }

    @Test
    void workersValue_reachesWorkerAndPerceptOnly() {
        try (var _ = Scope.training()) {
            assertThat(reached(unrolled().said().narrow(1, LOGITS, 1).sum()))
                    .containsExactlyInAnyOrderElementsOf(of("conv", "percept", "worker.lstm", "worker.value"));
        }
    }

    @Test
    void rewards_ofTravel_reachNothing() {
        try (var _ = Scope.training()) {
            var unrolled = unrolled();
            var loss = unrolled.travel()
                    .rewards()
                    .sum()
                    .plus(unrolled.values().sum().times(0));
            assertThat(reached(loss)).isEmpty();
        }
    }

    /// The states that the cosine is taken with are numbers: with goals that are numbers too, nothing is
    /// reached.
    @Test
    void statesOfTheGoalsLoss_areNumbers() {
        try (var _ = Scope.training()) {
            var unrolled = unrolled();
            var loss = unrolled.travel()
                    .cosines(unrolled.goals().detached())
                    .sum()
                    .plus(unrolled.values().sum().times(0));
            assertThat(reached(loss)).isEmpty();
        }
    }

    @Test
    void layout_ofMemory_isOneRow() {
        assertThat(network.sizes()).isEqualTo(new Memory.Sizes(12, 2 * 2 * LATENT, 3 * LATENT, 3 * LATENT));
        try (var _ = Scope.still()) {
            var numbers = new float[network.memory()];
            Arrays.setAll(new double[numbers.length], i -> numbers[i] = i);
            var memory = Tensor.of(numbers, 1, numbers.length);
            assertThat(network.sizes().of(memory).row().floats()).containsExactly(numbers);
            assertThat(Memory.pushed(Tensor.of(new float[] {1, 2, 3, 4}, 1, 4), Tensor.of(new float[] {5, 6}, 1, 2))
                            .floats())
                    .containsExactly(3, 4, 5, 6);
        }
    }
}
