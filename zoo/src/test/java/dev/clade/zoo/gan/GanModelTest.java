package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.zoo.digits.Steps;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GanModelTest {

    private static final Hyperparameters VALUES = Tasks.values(1e-3, 1e-3, 2);

    @TempDir
    Path folder;

    private int saves;

    private static Solo<Segment> trainer(Objective objective) throws IOException {
        return Solo.of(() -> new GanModel(Tasks.of(objective)), Placement.HERE);
    }

    private static Solo<Segment> trainer() throws IOException {
        return trainer(Objective.WGAN_GP);
    }

    private static Start start(Origin origin, long seed) {
        return start(origin, seed, VALUES);
    }

    private static Start start(Origin origin, long seed, Hyperparameters values) {
        return new Start(origin, seed, values, new TreeSet<>());
    }

    private Path saved(Solo<Segment> trainer) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        trainer.save(place);
        return place;
    }

    private byte[] bytes(Solo<Segment> trainer) throws IOException {
        return Files.readAllBytes(Tasks.file(saved(trainer)));
    }

    private static List<Double> samples(Evaluation evaluation, String metric) {
        return ((Reading.Finite) evaluation.metrics().get(metric)).samples();
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void segment_ofTheSameSeed_isTheSameBitByBit(Objective objective) throws IOException {
        try (var one = trainer(objective);
                var other = trainer(objective)) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(10));
            other.begin(start(new Origin.Fresh(), 9));
            other.train(new Steps(3));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(10));
            assertThat(bytes(other)).isEqualTo(bytes(one));
            other.begin(start(new Origin.Fresh(), 2));
            assertThat(bytes(other)).isNotEqualTo(bytes(one));
        }
    }

    @Test
    void segment_warm_isTheOneThatWasLoadedBitByBit() throws IOException {
        try (var warm = trainer();
                var loaded = trainer()) {
            warm.begin(start(new Origin.Fresh(), 1));
            warm.train(new Steps(10));
            warm.evaluate(1);
            var save = saved(warm);

            warm.begin(start(new Origin.Keep(), 2));
            loaded.begin(start(new Origin.Resume(save), 2));
            warm.train(new Steps(10));
            loaded.train(new Steps(10));

            assertThat(loaded.evaluate(3)).isEqualTo(warm.evaluate(3));
            assertThat(bytes(loaded)).isEqualTo(bytes(warm));
        }
    }

    @Test
    void copy_ofADonor_hasItsScore() throws IOException {
        try (var donor = trainer();
                var recipient = trainer()) {
            donor.begin(start(new Origin.Fresh(), 1));
            donor.train(new Steps(5));
            recipient.begin(start(new Origin.Copy(saved(donor)), 3));
            assertThat(recipient.evaluate(4)).isEqualTo(donor.evaluate(4));
            assertThat(recipient.evaluate(5)).isNotEqualTo(donor.evaluate(4));
        }
    }

    @Test
    void evaluation_ofUntrainedWeights_isMeasured() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var evaluation = trainer.evaluate(1);
            assertThat(evaluation.metrics()).containsOnlyKeys("score");
            assertThat(samples(evaluation, "score")).hasSize(10).allMatch(score -> score >= 1 && score <= 10);
            var report = trainer.report(1);
            assertThat(report.metrics()).containsOnlyKeys("report_score", "frechet");
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
            assertThat(steps.losses).hasSize(2 * 10);
            assertThat(mean(trainer.evaluate(0), "score")).isGreaterThan(before + 1);
            assertThat(mean(trainer.report(0), "frechet")).isLessThan(away);
        }
    }

    private static double mean(Evaluation evaluation, String metric) {
        return ((Reading.Finite) evaluation.metrics().get(metric)).mean();
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

    private Map<String, List<Byte>> trained(Solo<Segment> trainer, Hyperparameters values) throws IOException {
        trainer.begin(start(new Origin.Fresh(), 1, values));
        trainer.train(new Steps(3));
        return Checkpoints.arrays(saved(trainer));
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

    @ParameterizedTest
    @EnumSource(Objective.class)
    void training_thatDiverges_isAReadingAndNoException(Objective objective) throws IOException {
        try (var trainer = trainer(objective)) {
            trainer.begin(start(new Origin.Fresh(), 1, Tasks.values(1e30, 1e30, 2)));
            trainer.train(new Steps(10));
            Stream.of(trainer.evaluate(0), trainer.report(0))
                    .flatMap(evaluation -> evaluation.metrics().values().stream())
                    .forEach(reading -> assertThat(reading).isInstanceOf(Reading.Diverged.class));
            trainer.pictures(folder, 1);
            trainer.begin(start(new Origin.Fresh(), 3));
            assertThat(trainer.evaluate(0).metrics().get("score")).isInstanceOf(Reading.Finite.class);
        }
    }

    @Test
    void blend_ofNothingKept_isDrawnAnew() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.train(new Steps(3));
            var old = saved(trainer);
            trainer.begin(start(new Origin.Fresh(), 2));
            var fresh = bytes(trainer);
            trainer.begin(start(new Origin.Blend(old, 0, 1), 2));
            assertThat(bytes(trainer)).isEqualTo(fresh);
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
