package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.SoloContract;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.world.maze.Maze;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A member, its learners in turn: with all tasks, with one that needs windows, and with none.
class UnrealModelTest extends SoloContract<Set<Auxiliary>> {

    private static Trainer member(Maze maze, Set<Auxiliary> tasks) throws IOException {
        var settings = Settings.of(maze, 2, 1, 1, 5);
        return Solo.of(() -> new AgentModel<>(settings, Unreal.of(settings, Tasks.of(tasks))), Placement.HERE);
    }

    @Override
    protected List<Set<Auxiliary>> kinds() {
        return List.of(EnumSet.allOf(Auxiliary.class), Set.of());
    }

    @Override
    protected Trainer trainer(Set<Auxiliary> tasks) throws IOException {
        return member(Maze.HALLWAY, tasks);
    }

    private static Hyperparameters lr(double rate) {
        return new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(rate))));
    }

    @Override
    protected Hyperparameters learning() {
        return lr(1e-3);
    }

    @Override
    protected Hyperparameters still() {
        return lr(0);
    }

    @Override
    protected Hyperparameters ruinous() {
        return lr(1e30);
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
        return 60;
    }

    @Test
    void checkpoint_ofAMember_namesNetworkTasksAndOptimiser() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            assertThat(saved(trainer).arrays())
                    .containsKeys(
                            "conv1.weight",
                            "lstm.hidden.bias",
                            "policy.weight",
                            "pixel_control.head.weight",
                            "reward_prediction.fc.bias",
                            "optimiser.square.value.weight");
        }
    }

    /// And each is told, so that it can be seen in a chart.
    @ParameterizedTest
    @EnumSource(Auxiliary.class)
    void task_thatIsThere_changesWhatIsLearned(Auxiliary task) throws IOException {
        try (var with = trainer(Set.of(task));
                var without = trainer(Set.of())) {
            with.begin(start(new Origin.Fresh(), 1));
            without.begin(start(new Origin.Fresh(), 1));
            var steps = new Steps(1_000);
            with.train(steps);
            without.train(Stretch.of(1_000));
            assertThat(steps.reports).containsKeys("entropy", task.word());
            assertThat(saved(with).weights().get("conv1.weight"))
                    .isNotEqualTo(saved(without).weights().get("conv1.weight"));
        }
    }

    @ParameterizedTest
    @EnumSource(Maze.class)
    void step_inEveryMaze_trains(Maze maze) throws IOException {
        try (var trainer = member(maze, EnumSet.allOf(Auxiliary.class))) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var before = saved(trainer).weights();
            trainer.train(Stretch.of(20));
            assertThat(saved(trainer).weights().get("conv1.weight")).isNotEqualTo(before.get("conv1.weight"));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pictures_ofAMember_areMomentsOfAnEpisode(Set<Auxiliary> tasks) throws IOException {
        try (var trainer = trainer(tasks)) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            assertThat(ImageIO.read(folder.resolve("episode.png").toFile()).getWidth())
                    .isPositive();
        }
    }
}
