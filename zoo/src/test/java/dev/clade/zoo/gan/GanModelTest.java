package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.member.Steps;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GanModelTest extends SoloContract<Objective> {

    @Override
    protected List<Objective> kinds() {
        return List.of(Objective.values());
    }

    @Override
    protected Trainer trainer(Objective objective) throws IOException {
        return Solo.of(() -> new GanModel(Tasks.of(objective)), Placement.HERE);
    }

    @Override
    protected Hyperparameters learning() {
        return Tasks.values(1e-3, 1e-3, 2);
    }

    @Override
    protected Hyperparameters still() {
        return Tasks.values(0, 0, 2);
    }

    @Override
    protected Hyperparameters ruinous() {
        return Tasks.values(1e30, 1e30, 2);
    }

    @Override
    protected Set<String> measured() {
        return Set.of("score");
    }

    @Override
    protected Set<String> reported() {
        return Set.of("report_score", "frechet");
    }

    @Override
    protected int some() {
        return 10;
    }

    @Test
    void evaluation_ofAnotherSeed_isAnother() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(Stretch.of(5));
            assertThat(trainer.evaluate(5)).isNotEqualTo(trainer.evaluate(4));
        }
    }

    @Test
    void evaluation_ofUntrainedWeights_isWithinItsRange() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            assertThat(samples(trainer.evaluate(1), "score")).allMatch(score -> score >= 1 && score <= 10);
            var report = trainer.report(1);
            assertThat(samples(report, "report_score")).hasSize(10).allMatch(score -> score >= 1 && score <= 10);
            assertThat(samples(report, "frechet")).hasSize(1).allMatch(distance -> distance > 0);
        }
    }

    /// One seed each; weights that are drawn score below 3.
    @ParameterizedTest
    @EnumSource(Objective.class)
    void training_onSyntheticImages_raisesTheScore(Objective objective) throws IOException {
        try (var trainer = trainer(objective)) {
            trainer.begin(start(new Origin.Fresh(), 1, Tasks.values(2e-3, 2e-3, 2)));
            double before = mean(trainer.evaluate(0), "score");
            double away = mean(trainer.report(0), "frechet");
            var steps = new Steps(200);
            trainer.train(steps);
            assertThat(steps.reports)
                    .hasSize(2)
                    .allSatisfy((_, losses) -> assertThat(losses).hasSize(10));
            assertThat(mean(trainer.evaluate(0), "score")).isGreaterThan(before + 1);
            assertThat(mean(trainer.report(0), "frechet")).isLessThan(away);
        }
    }

    @Test
    void rates_ofZero_leaveTheirNetworkAsItIs() throws IOException {
        try (var trainer = trainer()) {
            var generatorStands = trained(trainer, Tasks.values(0, 1e-3, 1));
            var discriminatorStands = trained(trainer, Tasks.values(1e-3, 0, 1));
            var drawn = trained(trainer, Tasks.values(0, 0, 1));
            assertThat(generatorStands.get("generator.conv1.weight")).isEqualTo(drawn.get("generator.conv1.weight"));
            assertThat(generatorStands.get("discriminator.conv1.weight"))
                    .isNotEqualTo(drawn.get("discriminator.conv1.weight"));
            assertThat(discriminatorStands.get("discriminator.conv1.weight"))
                    .isEqualTo(drawn.get("discriminator.conv1.weight"));
            assertThat(discriminatorStands.get("generator.conv1.weight"))
                    .isNotEqualTo(drawn.get("generator.conv1.weight"));
        }
    }

    private Map<String, byte[]> trained(Trainer trainer, Hyperparameters values) throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, values));
        trainer.train(Stretch.of(3));
        return saved(trainer).arrays();
    }

    @Test
    void discriminatorSteps_areCountedByItsOptimiser() throws IOException {
        try (var trainer = trainer()) {
            var arrays = trained(trainer, Tasks.values(1e-3, 1e-3, 7));
            assertThat(arrays.get("discriminator_optimiser.updates")).startsWith((byte) 21);
            assertThat(arrays.get("generator_optimiser.updates")).startsWith((byte) 3);
        }
    }

    @Test
    void values_beyondTheirRange_areRefused() throws IOException {
        try (var trainer = trainer()) {
            for (var wrong : Map.<String, Value>of(
                            "discriminator_steps", new Value.Whole(11),
                            "generator_lr", new Value.Real(-1),
                            "beta1", new Value.Real(1))
                    .entrySet()) {
                var values = new Hyperparameters(new TreeMap<>(Map.of(wrong.getKey(), wrong.getValue())));
                assertThatThrownBy(() -> trainer.begin(start(new Origin.Fresh(), 1, values)))
                        .hasMessageStartingWith(
                                "CLADE-3305 the trainer 'gan' cannot be trained with this '" + wrong.getKey() + "'.");
            }
        }
    }

    @Test
    void pictures_ofAModel_areTwoSheets() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            var generated =
                    javax.imageio.ImageIO.read(folder.resolve("generated.png").toFile());
            var real = javax.imageio.ImageIO.read(folder.resolve("real.png").toFile());
            assertThat(generated.getWidth()).isEqualTo(10 * (64 + 2) + 2);
            assertThat(real.getHeight()).isEqualTo(10 * (64 + 2) + 2);
        }
    }
}
