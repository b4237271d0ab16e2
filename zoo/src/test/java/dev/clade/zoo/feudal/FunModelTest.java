package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Origin;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.agent.Agent;
import dev.clade.zoo.agent.AgentContract;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.member.Steps;
import dev.clade.zoo.world.arcade.Arcade;
import dev.clade.zoo.world.levels.Levels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A member.
class FunModelTest extends AgentContract {

    /// Short enough for unrolls of tests to go beyond, or not.
    private static final Hierarchy HIERARCHY = new Hierarchy(4, 3, 0.99, 0.1);

    @Override
    protected List<String> words() {
        return List.of("dots");
    }

    @Override
    protected Agent<?> agent(Settings settings) {
        return Fun.of(settings, HIERARCHY);
    }

    private Trainer trainer(Settings settings) throws IOException {
        return Solo.of(() -> new AgentModel<>(settings, agent(settings)), Placement.HERE);
    }

    @Test
    void checkpoint_ofAMember_namesManagerAndWorker() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            assertThat(saved(trainer).arrays())
                    .containsKeys("manager.lstm.hidden.weight", "worker.goal.weight", "percept.bias")
                    .doesNotContainKey("worker.goal.bias");
        }
    }

    /// An unroll that is shorter than the horizon trains the manager, too.
    @Test
    void unroll_shorterThanTheHorizon_trainsTheManager() throws IOException {
        try (var trainer = trainer(Settings.of(Arcade.DOTS, 1, 4, 1, 2))) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var before = saved(trainer).numbers();
            trainer.train(new Steps(200));
            var after = saved(trainer).numbers();
            for (var name : List.of("manager.space.weight", "manager.lstm.input.weight", "manager.value.weight")) {
                assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
            }
        }
    }

    @Test
    void training_tellsHowGoalsAreFollowed() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var steps = new Steps(2_000);
            trainer.train(steps);
            assertThat(steps.reports).containsKeys("intrinsic_reward", "goal_cosine", "entropy");
        }
    }

    /// With functions and targets, with masks, and with pixels.
    @Test
    void member_ofOtherWorlds_trains() throws IOException {
        for (var word : List.of("battle/beacon", "maze/goal")) {
            try (var trainer = trainer(Settings.of(Levels.find(word).orElseThrow(), 1, 2, 1, 3))) {
                trainer.begin(start(new Origin.Fresh(), 1));
                var fresh = saved(trainer);
                trainer.train(new Steps(12));
                assertThat(saved(trainer).bytes()).hasSameSizeAs(fresh.bytes()).isNotEqualTo(fresh.bytes());
            }
        }
    }

    @Test
    void pictures_ofAMember_areMomentsOfAnEpisode() throws IOException {
        try (var trainer = trainer()) {
            trainer.begin(start(new Origin.Fresh(), 1));
            var pictures = Files.createDirectory(folder.resolve("drawn"));
            trainer.pictures(pictures, 1);
            assertThat(pictures.resolve("episode.png")).isNotEmptyFile();
        }
    }
}
