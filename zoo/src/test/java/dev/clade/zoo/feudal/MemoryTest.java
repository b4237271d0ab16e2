package dev.clade.zoo.feudal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.agent.AgentModel;
import dev.clade.zoo.agent.Settings;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// An unroll leaves nothing behind.
class MemoryTest {

    private static final int UNROLL = 5;
    private static final int UPDATES = 600;

    /// A leak of one tensor of what four environments remember, in each step, would be 600 x 5 x 23 kB = 70 MB, of all
    /// that an unroll makes several times as much.
    @Test
    void memory_overThousandsOfSteps_isFlat() throws IOException {
        var settings = Settings.of(Arcade.CROSSING, 1, 4, 1, UNROLL);
        try (var trainer =
                Solo.of(() -> new AgentModel<>(settings, Fun.of(settings, Hierarchy.DEFAULT)), Placement.HERE)) {
            trainer.begin(new Start(new Origin.Fresh(), 1, new Hyperparameters(new TreeMap<>()), new TreeSet<>()));
            trainer.train(Stretch.of(4_000));
            long before = resident();
            trainer.train(Stretch.of((long) UPDATES * UNROLL * 4));
            assertThat(resident() - before).isLessThan(40L << 20);
        }
    }

    /// What the process has in memory beside the heap [bytes].
    private static long resident() throws IOException {
        System.gc();
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> (Long.parseLong(line.replaceAll("\\D", "")) << 10)
                        - Runtime.getRuntime().totalMemory())
                .findFirst()
                .orElse(0);
    }
}
