package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.world.maze.Maze;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whether it learns.
class LearningStatistics {

    /// Twelve seconds of training to look for apples. Random play has a mean of 6.56 and a deviation of 3.40, so
    /// the mean of thirty episodes is above 12 by luck with a probability below 1e-9.
    @Test
    void member_afterThirtyThousandSteps_playsFarBetterThanAtRandom() throws IOException {
        var settings = Settings.of(Maze.APPLES, 2, 8, 1, 20);
        var tasks = Tasks.of(EnumSet.allOf(Auxiliary.class));
        var values = new Hyperparameters(new TreeMap<>(Map.of("lr", new Value.Real(7e-4))));
        try (var trainer = Solo.of(() -> new AgentModel<>(settings, Unreal.of(settings, tasks)), Placement.HERE)) {
            trainer.begin(new Start(new Origin.Fresh(), 1, values, new TreeSet<>()));
            trainer.train(Stretch.of(30_000));
            assertThat(((Reading.Finite) trainer.report(1).metrics().get("test_return")).mean())
                    .isGreaterThan(12);
        }
    }
}
