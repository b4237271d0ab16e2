package dev.clade.zoo.unreal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.world.maze.Maze;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Neither tensors nor replays are left behind.
class MemoryTest {

    /// An update makes 2 x (5 + 1) pictures of 21 kB into tensors, and more of what is computed from them: a leak of
    /// one copy of them would be 400 updates x 250 kB = 100 MB, one replay of each segment as much.
    @Test
    void memory_overSegmentsAndHundredsOfUpdates_isFlat() throws IOException {
        var settings = Settings.of(Maze.HALLWAY, 1, 2, 1, 5);
        var tasks = Tasks.of(EnumSet.allOf(Auxiliary.class));
        try (var trainer = Solo.of(() -> new AgentModel<>(settings, Unreal.of(settings, tasks)), Placement.HERE)) {
            trainer.begin(new Start(new Origin.Fresh(), 1, Hyperparameters.NONE, new TreeSet<>()));
            trainer.train(Stretch.of(1_000));
            long before = resident();
            for (int segment = 2; segment <= 10; segment++) {
                trainer.begin(new Start(new Origin.Keep(), segment, Hyperparameters.NONE, new TreeSet<>()));
                trainer.train(Stretch.of(400));
            }
            assertThat(resident() - before).isLessThan(50L << 20);
        }
    }

    /// What the process has in memory [bytes].
    private static long resident() throws IOException {
        System.gc();
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
