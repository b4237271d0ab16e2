package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A member alone.
class ActorModelTest extends SoloContract<Arcade> {

    private static final int ENVIRONMENTS = 4;

    private static Settings settings(Arcade game) {
        return new Settings(game, 0, ENVIRONMENTS, 5, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1)));
    }

    @Override
    protected List<Arcade> kinds() {
        return List.of(Arcade.DOTS, Arcade.BRICKS, Arcade.CROSSING, Arcade.THRUST);
    }

    @Override
    protected Trainer trainer(Arcade game) throws IOException {
        return Solo.of(() -> new ActorModel(settings(game)), Placement.HERE);
    }

    private static Hyperparameters one(String name, Value value) {
        return new Hyperparameters(new TreeMap<>(Map.of(name, value)));
    }

    @Override
    protected Hyperparameters learning() {
        return one("lr", new Value.Real(2e-3));
    }

    @Override
    protected Hyperparameters still() {
        return one("lr", new Value.Real(0));
    }

    @Override
    protected Hyperparameters ruinous() {
        return one("lr", new Value.Real(1e30));
    }

    @Override
    protected Set<String> measured() {
        return Set.of("return", "normalised");
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_return", "test_normalised");
    }

    @Override
    protected int some() {
        return 30;
    }

    @Test
    void checkpoint_ofAMember_namesNetworkAndOptimiser() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            assertThat(saved(trainer).arrays()).containsKeys("conv.weight", "head.bias", "optimiser.square.fc.weight");
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
                var receipt = trainer.begin(start(new Origin.Fresh(), 1, one("unroll", new Value.Whole(unroll))));
                assertThat(receipt.active()).containsEntry("unroll", new Value.Whole(unroll));
                frames[0] = 0;
                trainer.train(Stretch.of(3));
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
    void pictures_ofAMember_areMomentsOfAnEpisode() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            var picture = ImageIO.read(folder.resolve("episode.png").toFile());
            assertThat(picture.getWidth()).isEqualTo(8 * 104 - 4);
        }
    }

    /// Alone and in lanes: an update, and whether it can be saved.
    @ParameterizedTest
    @MethodSource("dev.clade.zoo.world.levels.Levels#all")
    void step_inEveryLevel_trains(Level level) throws IOException {
        var settings = new Settings(level, 0, 1, 2, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1)));
        try (var alone = Solo.of(() -> new ActorModel(settings), Placement.HERE);
                var lanes = Crew.of(count -> new ActorModels(settings, count), 2, Placement.HERE)) {
            var start = new Start(new Origin.Fresh(), 1, learning(), new TreeSet<>());
            alone.begin(start);
            alone.train(Stretch.of(1));
            alone.save(Files.createDirectory(folder.resolve("alone")));
            lanes.begin(new TreeMap<>(Map.of(0, start, 1, start)));
            lanes.train(new TreeMap<>(Map.of(0, Stretch.of(1), 1, Stretch.of(1))));
            lanes.save(1, Files.createDirectory(folder.resolve("lane")));
            assertThat(folder.resolve("lane/model.safetensors"))
                    .hasSize(Files.size(folder.resolve("alone/model.safetensors")));
        }
    }
}
