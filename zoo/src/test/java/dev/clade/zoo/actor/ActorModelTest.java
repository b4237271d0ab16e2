package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.safetensors.Safetensors;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A member alone.
class ActorModelTest {

    private static final int ENVIRONMENTS = 4;

    @TempDir
    Path folder;

    private int saves;

    private static Settings settings(Arcade game) {
        return new Settings(game, 0, ENVIRONMENTS, 5, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1)));
    }

    private static Solo<Segment> trainer() throws IOException {
        return Solo.of(() -> new ActorModel(settings(Arcade.DOTS)), Placement.HERE);
    }

    private static Hyperparameters values(Map<String, Value> values) {
        return new Hyperparameters(new TreeMap<>(values));
    }

    private static Start start(Origin origin, long seed) {
        return new Start(origin, seed, values(Map.of("lr", new Value.Real(2e-3))), new TreeSet<>());
    }

    private Path saved(Solo<Segment> trainer) throws IOException {
        var place = Files.createDirectory(folder.resolve("save-" + saves++));
        trainer.save(place);
        return place;
    }

    private byte[] bytes(Solo<Segment> trainer) throws IOException {
        return Files.readAllBytes(saved(trainer).resolve("model.safetensors"));
    }

    private static List<Double> samples(Evaluation evaluation, String metric) {
        return ((Reading.Finite) evaluation.metrics().get(metric)).samples();
    }

    @ParameterizedTest
    @EnumSource
    void segment_ofTheSameSeed_isTheSameBitByBit(Arcade game) throws IOException {
        try (var one = Solo.of(() -> new ActorModel(settings(game)), Placement.HERE);
                var other = Solo.of(() -> new ActorModel(settings(game)), Placement.HERE)) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(30));
            other.begin(start(new Origin.Fresh(), 9));
            other.train(new Steps(7));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(30));
            assertThat(bytes(other)).isEqualTo(bytes(one));
            other.begin(start(new Origin.Fresh(), 2));
            other.train(new Steps(30));
            assertThat(bytes(other)).isNotEqualTo(bytes(one));
        }
    }

    @Test
    void segment_warm_isTheOneThatWasLoadedBitByBit() throws IOException {
        try (var warm = trainer();
                var loaded = trainer()) {
            warm.begin(start(new Origin.Fresh(), 1));
            warm.train(new Steps(33));
            warm.evaluate(1);
            var save = saved(warm);
            warm.begin(start(new Origin.Keep(), 2));
            loaded.begin(start(new Origin.Resume(save), 2));
            warm.train(new Steps(30));
            loaded.train(new Steps(30));
            assertThat(loaded.evaluate(3)).isEqualTo(warm.evaluate(3));
            assertThat(bytes(loaded)).isEqualTo(bytes(warm));
        }
    }

    @Test
    void segment_measuredOnTheWay_isTheSame() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(20));
            other.begin(start(new Origin.Fresh(), 1));
            other.train(new Steps(10));
            other.evaluate(5);
            other.report(6);
            other.pictures(Files.createDirectory(folder.resolve("pictures")), 1);
            other.train(new Steps(10));
            assertThat(bytes(other)).isEqualTo(bytes(one));
        }
    }

    @Test
    void copy_ofADonor_hasItsScore() throws IOException {
        try (var donor = trainer();
                var recipient = trainer()) {
            donor.begin(start(new Origin.Fresh(), 1));
            donor.train(new Steps(30));
            recipient.begin(start(new Origin.Copy(saved(donor)), 3));
            assertThat(recipient.evaluate(4)).isEqualTo(donor.evaluate(4));
        }
    }

    @Test
    void evaluation_isTenFreshEpisodes_andTheReportThirtyOthers() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var evaluation = trainer.evaluate(7);
            assertThat(evaluation.metrics()).containsOnlyKeys("return", "normalised");
            assertThat(samples(evaluation, "return")).hasSize(10);
            assertThat(trainer.evaluate(7)).isEqualTo(evaluation);
            assertThat(trainer.evaluate(8)).isNotEqualTo(evaluation);
            var marks = Arcade.DOTS.marks();
            for (int i = 0; i < 10; i++) {
                assertThat(samples(evaluation, "normalised").get(i))
                        .isEqualTo(
                                marks.normalised(samples(evaluation, "return").get(i)));
            }
            var report = trainer.report(7);
            assertThat(report.metrics()).containsOnlyKeys("test_return", "test_normalised");
            assertThat(samples(report, "test_return")).hasSize(30);
            assertThat(samples(report, "test_return").subList(0, 10)).isNotEqualTo(samples(evaluation, "return"));
        }
    }

    @Test
    void step_ofAnyUnroll_isThatManyFramesOfEachEnvironment() throws IOException {
        var frames = new int[1];
        Choice counting = (outputs, at, actions, drawn) -> {
            frames[0]++;
            return Choice.SAMPLED.of(outputs, at, actions, drawn);
        };
        try (var trainer = Solo.of(() -> new ActorModel(settings(Arcade.DOTS), counting), Placement.HERE)) {
            for (int unroll : new int[] {1, 5, 50}) {
                var receipt = trainer.begin(new Start(
                        new Origin.Fresh(), 1, values(Map.of("unroll", new Value.Whole(unroll))), new TreeSet<>()));
                assertThat(receipt.active()).containsEntry("unroll", new Value.Whole(unroll));
                frames[0] = 0;
                trainer.train(new Steps(3));
                assertThat(frames[0]).isEqualTo(3 * unroll * ENVIRONMENTS);
            }
        }
    }

    @Test
    void training_thatIsWatched_tellsEntropyAndReturns() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var steps = new Steps(200);
            trainer.train(steps);
            assertThat(steps.reports).containsOnlyKeys("entropy", "training_return");
            assertThat(steps.reports.get("entropy"))
                    .hasSize(4)
                    .allSatisfy(entropy -> assertThat(entropy).isBetween(0.0, Math.log(4) + 1e-6));
            assertThat(steps.reports.get("training_return")).isNotEmpty();
        }
    }

    @Test
    void begin_aRateOfNothing_isInForceAfterTheLoad() throws IOException {
        try (var one = trainer();
                var other = trainer()) {
            one.begin(start(new Origin.Fresh(), 1));
            one.train(new Steps(5));
            var save = saved(one);
            other.begin(new Start(
                    new Origin.Resume(save), 2, values(Map.of("lr", new Value.Real(0))), new TreeSet<>(List.of("lr"))));
            other.train(new Steps(5));
            try (var before = Safetensors.open(save.resolve("model.safetensors"));
                    var after = Safetensors.open(saved(other).resolve("model.safetensors"))) {
                assertThat(before.arrays().keySet()).contains("conv.weight", "head.bias", "optimiser.square.fc.weight");
                assertThat(after.arrays()
                                .get("fc.weight")
                                .bytes()
                                .mismatch(before.arrays().get("fc.weight").bytes()))
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void training_thatDiverges_isAReadingAndNoException() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(
                    new Start(new Origin.Fresh(), 1, values(Map.of("lr", new Value.Real(1e30))), new TreeSet<>()));
            trainer.train(new Steps(10));
            assertThat(trainer.evaluate(0).metrics().values())
                    .hasSize(2)
                    .allMatch(reading -> reading instanceof Reading.Diverged);
            assertThat(trainer.report(0).metrics().values()).allMatch(reading -> reading instanceof Reading.Diverged);
            trainer.begin(start(new Origin.Fresh(), 3));
            assertThat(trainer.evaluate(0).metrics().get("return")).isInstanceOf(Reading.Finite.class);
        }
    }

    @Test
    void pictures_ofAMember_areMomentsOfAnEpisode() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            var picture = ImageIO.read(folder.resolve("episode.png").toFile());
            assertThat(picture.getWidth()).isEqualTo(8 * 104 - 4);
        }
    }

    @Test
    void training_ofTwoMembersAtOnce_isThatOfEachAlone() throws Exception {
        var alone = List.of(trained(1), trained(2));
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Evaluation>> both = List.of(() -> trained(1), () -> trained(2));
            var together = threads.invokeAll(both);
            assertThat(together.get(0).get()).isEqualTo(alone.get(0));
            assertThat(together.get(1).get()).isEqualTo(alone.get(1));
        }
    }

    private static Evaluation trained(long seed) throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), seed));
            trainer.train(new Steps(40));
            return trainer.evaluate(0);
        }
    }
}
