package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewContract;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Stack;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GanModelsTest extends CrewContract<Objective> {

    @Override
    protected List<Objective> kinds() {
        return List.of(Objective.values());
    }

    @Override
    protected Lanes lanes(Objective objective, int width) throws IOException {
        return Crew.of(some -> new GanModels(Tasks.of(objective), some), width, Placement.HERE);
    }

    @Override
    protected Trainer alone(Objective objective) throws IOException {
        return Solo.of(() -> new GanModel(Tasks.of(objective)), Placement.HERE);
    }

    /// The discriminators of 0 to 4 are updated 1, 4, 2, 5 and 3 times.
    @Override
    protected Hyperparameters values(int member) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "generator_lr", new Value.Real(1e-4 + 2e-5 * (member % 5)),
                "discriminator_lr", new Value.Real(2e-4 - 2e-5 * (member % 5)),
                "discriminator_steps", new Value.Whole(1 + member * 3 % 5),
                "beta1", new Value.Real(0.1 * (member % 5)))));
    }

    @Override
    protected Map<String, Value> ruinous() {
        return Map.of("generator_lr", new Value.Real(1e30), "discriminator_lr", new Value.Real(1e30));
    }

    /// Adam divides by the root of a mean square, so that where a gradient is nearly 0 a rounding of it is
    /// a share of the whole step: but for such elements all is within a tenth of a step of 1e-4. Later, in a
    /// game in which each answers the other, a weight has moved by 4e-3. Moments are of gradients, which are
    /// some ten times as large as a weight's way.
    @Override
    protected Tolerance tolerance() {
        return new Tolerance(1e-5f, 1e-4f, 5e-4f, 20, 0.005);
    }

    @Override
    protected double apart(String metric) {
        return 0.02;
    }

    @Override
    protected Set<String> reported() {
        return Set.of("report_score", "frechet");
    }

    @Override
    protected Set<String> pictures() {
        return Set.of("generated.png", "real.png");
    }

    /// The networks of three models at once, and the gradients of their losses' sum.
    @ParameterizedTest
    @CsvSource({"WGAN_GP, 8", "PLAIN, 8", "WGAN_GP, 16", "PLAIN, 16"})
    void gradients_ofAStack_areThoseOfEachAlone(Objective objective, int side) {
        var size = new Size(1, side, 4, 5);
        var generator = Generator.of(size);
        var discriminator = Discriminator.of(size);
        int count = 3;
        int images = 4;
        try (var generating = new Stack(generator.layout(), count);
                var discriminating = new Stack(discriminator.layout(), count)) {
            try (var _ = Scope.still()) {
                for (int i = 0; i < count; i++) {
                    generator.draw(generating.row(i), Randomness.keyed(i, 0, 0));
                    discriminator.draw(discriminating.row(i), Randomness.keyed(i, 0, 0));
                }
            }
            try (var _ = Scope.training()) {
                var making = generating.block(0, count);
                var judging = discriminating.block(0, count);
                var latent = Tasks.random("latent", count, images, size.latent());
                var real = Tasks.random("real", images, count, size.side(), size.side());
                var mixing = Tasks.random("mixing", images, count, 1, 1).sigmoid();
                var fake = generator.imagesEach(making, latent);
                var losses = objective.discriminator(
                        discriminator.scoresEach(judging, count), real, fake.detached(), mixing);
                losses.sum().backward();
                var generatorLosses = objective.generator(discriminator.scoresEach(new Frozen(judging), count), fake);
                generatorLosses.sum().backward();
                for (int i = 0; i < count; i++) {
                    try (var maker = alone(generator.layout(), making, i);
                            var judge = alone(discriminator.layout(), judging, i)) {
                        var made = generator.images(maker, latent.picked(0, i));
                        var loss = objective.discriminator(
                                discriminator.scores(judge),
                                real.narrow(1, i, 1),
                                made.detached(),
                                mixing.narrow(1, i, 1));
                        loss.sum().backward();
                        var generatorLoss = objective.generator(discriminator.scores(new Frozen(judge)), made);
                        generatorLoss.sum().backward();
                        assertThat(losses.detached().floats()[i]).isCloseTo((float) loss.item(), within(1e-4f));
                        assertThat(generatorLosses.detached().floats()[i])
                                .isCloseTo((float) generatorLoss.item(), within(1e-4f));
                        close(judging, i, judge);
                        close(making, i, maker);
                    }
                }
            }
        }
    }

    /// A row's weights on their own.
    private static Parameters alone(Parameters.Layout layout, Stack.Block block, int row) {
        var parameters = layout.build();
        try (var _ = Scope.still()) {
            for (var name : parameters.names()) {
                var own = block.get(name).detached().picked(0, row);
                var to = parameters.get(name);
                boolean turned = !own.shape().equals(to.shape());
                to.copyHere(turned ? own.transpose(0, 1) : own);
            }
        }
        return parameters;
    }

    private static void close(Stack.Block block, int row, Parameters alone) {
        for (var name : alone.names()) {
            var expected = alone.gradient(name);
            var own = block.gradient(name).picked(0, row);
            var found = own.shape().equals(expected.shape()) ? own : own.transpose(0, 1);
            float scale = 0;
            var numbers = expected.floats();
            for (float number : numbers) {
                scale = Math.max(scale, Math.abs(number));
            }
            var others = found.floats();
            for (int i = 0; i < numbers.length; i++) {
                assertThat(others[i])
                        .as("row " + row + ", " + name + " " + i)
                        .isCloseTo(numbers[i], within(1e-4f * Math.max(scale, 1e-2f)));
            }
        }
    }
}
