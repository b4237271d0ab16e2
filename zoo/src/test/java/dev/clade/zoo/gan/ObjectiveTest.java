package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveTest {

    private static final Size SIZE = new Size(1, 8, 2, 3);
    private static final int COUNT = 4;

    /// How many weights there are for each that is moved.
    private static final int EVERY = 3;

    @BeforeAll
    static void oneThread() {
        Library.threads(1);
    }

    private static Parameters drawn(Discriminator discriminator) {
        var weights = discriminator.layout().build();
        try (var _ = Scope.still()) {
            discriminator.draw(weights, Randomness.keyed(1, 0, 0));
        }
        return weights;
    }

    /// Of a critic `D(x) = w x` the gradient is `w` everywhere.
    @Test
    void penalty_ofALinearCritic_isThatOfItsWeights() {
        try (var _ = Scope.training()) {
            var weights = Tensor.of(new float[] {3, 0, 4, 0}, 4, 1);
            var images = Tasks.random("images", 5, 1, 2, 2);
            var penalty =
                    Objective.penalty(some -> some.reshape(5, 4).matmul(weights).reshape(1, 5), images);
            assertThat(penalty.shape()).containsExactly(1L);
            assertThat(penalty.item()).isCloseTo((5 - 1) * (5 - 1), within(1e-4));
        }
    }

    /// Of a quadratic critic `D(x) = |x|^2 / 2` the gradient is `x`.
    @Test
    void penalty_ofAQuadraticCritic_isThatOfTheImages() {
        try (var _ = Scope.training()) {
            var images = Tensor.of(new float[] {3, 4, 0, 1}, 2, 1, 1, 2);
            var penalty = Objective.penalty(
                    some -> some.reshape(1, 2, 2).square().sum(2).times(0.5), images);
            assertThat(penalty.item()).isCloseTo((16 + 0) / 2.0, within(1e-4));
        }
    }

    /// Where the gradient is 0 the root's derivative is none.
    @Test
    void penalty_ofACriticWithoutSlope_isOneAndHasAGradient() {
        var discriminator = Discriminator.of(SIZE);
        try (var weights = discriminator.layout().build();
                var _ = Scope.training()) {
            var penalty = Objective.penalty(discriminator.scores(weights), Tasks.random("images", COUNT, 1, 8, 8));
            penalty.sum().backward();
            assertThat(penalty.item()).isCloseTo(1, within(1e-5));
            assertThat(weights.gradients().floats()).doesNotContain(Float.NaN);
        }
    }

    /// The derivative of a derivative, against differences of the derivative.
    @Test
    void penalty_ofTheNetwork_hasTheGradientOfItsDifferences() {
        var discriminator = Discriminator.of(SIZE);
        try (var weights = drawn(discriminator)) {
            hold(
                    weights,
                    () -> Objective.penalty(discriminator.scores(weights), Tasks.random("images", COUNT, 1, 8, 8))
                            .sum());
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void discriminatorLoss_ofTheNetwork_hasTheGradientOfItsDifferences(Objective objective) {
        var discriminator = Discriminator.of(SIZE);
        try (var weights = drawn(discriminator)) {
            hold(
                    weights,
                    () -> objective
                            .discriminator(
                                    discriminator.scores(weights),
                                    Tasks.random("real", COUNT, 1, 8, 8),
                                    Tasks.random("fake", COUNT, 1, 8, 8),
                                    Tensor.of(new float[] {0.2f, 0.9f, 0.5f, 0}, COUNT, 1, 1, 1))
                            .sum());
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void generatorLoss_throughBothNetworks_hasTheGradientOfItsDifferences(Objective objective) {
        var generator = Generator.of(SIZE);
        var discriminator = Discriminator.of(SIZE);
        try (var judging = drawn(discriminator);
                var weights = generator.layout().build()) {
            try (var _ = Scope.still()) {
                generator.draw(weights, Randomness.keyed(2, 0, 0));
            }
            hold(
                    weights,
                    () -> objective
                            .generator(
                                    discriminator.scores(new Frozen(judging)),
                                    generator.images(weights, Tasks.random("latent", COUNT, 3)))
                            .sum());
            try (var _ = Scope.still()) {
                assertThat(judging.gradients().floats()).containsOnly(0);
            }
        }
    }

    /// Differences of step 2e-3 in float32 are off by about 1e-3 of a loss of 10, more where a leaky
    /// rectifier tips between them: of 100 weights at most five.
    private static void hold(Parameters parameters, Supplier<Tensor> loss) {
        float[] recorded;
        try (var _ = Scope.training()) {
            loss.get().backward();
            recorded = parameters.gradients().floats();
        }
        float largest = 0;
        for (float gradient : recorded) {
            largest = Math.max(largest, Math.abs(gradient));
        }
        assertThat(largest).isGreaterThan(0.01f);
        int off = 0;
        for (int i = 0; i < recorded.length; i += EVERY) {
            double differences = (moved(parameters, i, 2e-3, loss) - moved(parameters, i, -2e-3, loss)) / 4e-3;
            off += Math.abs(differences - recorded[i]) > 0.01 * Math.max(1, largest) ? 1 : 0;
        }
        assertThat(off)
                .as("gradients that are not their differences'")
                .isLessThanOrEqualTo(recorded.length / EVERY / 20);
    }

    private static double moved(Parameters parameters, int element, double by, Supplier<Tensor> loss) {
        // A loss may record, even where its gradient is not asked for.
        try (var _ = Scope.training()) {
            var all = parameters.all();
            var before = all.floats();
            all.narrow(0, element, 1).plusHere(by);
            double value = loss.get().item();
            all.copyHere(Tensor.of(before, before.length));
            return value;
        }
    }

    @Test
    void losses_ofThePlainGame_areCrossEntropies() {
        try (var _ = Scope.still()) {
            var real = Tensor.of(new float[] {2}, 1, 1, 1, 1);
            var fake = Tensor.of(new float[] {-1}, 1, 1, 1, 1);
            Objective.Scores logit = images -> images.reshape(1, -1);
            double expected = -Math.log(sigmoid(2)) - Math.log(1 - sigmoid(-1));
            assertThat(Objective.PLAIN.discriminator(logit, real, fake, fake).item())
                    .isCloseTo(expected, within(1e-6));
            assertThat(Objective.PLAIN.generator(logit, fake).item()).isCloseTo(-Math.log(sigmoid(-1)), within(1e-6));
        }
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
