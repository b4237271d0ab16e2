package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Origin;
import dev.clade.trainer.Stretch;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.AgentContract;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.world.maze.Maze;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A member.
class UnrealModelTest extends AgentContract {

    private static final Set<Auxiliary> ALL = EnumSet.allOf(Auxiliary.class);

    @Override
    protected List<String> words() {
        return List.of(Maze.HALLWAY.word());
    }

    @Override
    protected Agent<?> agent(Settings settings) {
        return Unreal.of(settings, Tasks.of(ALL));
    }

    private static Trainer member(Maze maze, Set<Auxiliary> tasks) throws IOException {
        var settings = Settings.of(maze, 2, 1, 1, 5);
        return Solo.of(() -> new AgentModel<>(settings, Unreal.of(settings, Tasks.of(tasks))), Placement.HERE);
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
        try (var with = member(Maze.HALLWAY, Set.of(task));
                var without = member(Maze.HALLWAY, Set.of())) {
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
        try (var trainer = member(maze, ALL)) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var before = saved(trainer).weights();
            trainer.train(Stretch.of(20));
            assertThat(saved(trainer).weights().get("conv1.weight")).isNotEqualTo(before.get("conv1.weight"));
        }
    }

    @Test
    void pictures_ofAMember_areMomentsOfAnEpisode() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            trainer.pictures(folder, 1);
            assertThat(ImageIO.read(folder.resolve("episode.png").toFile()).getWidth())
                    .isPositive();
        }
    }
}
