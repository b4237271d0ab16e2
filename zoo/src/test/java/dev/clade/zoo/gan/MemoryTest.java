package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Solo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The derivative of a derivative leaves nothing behind.
class MemoryTest {

    private static final int UPDATES = 1_500;
    private static final int CRITIC = 5;

    /// A leak of one tensor of a batch's images in each update would be 1,500 x 2 kB = 3 MB, of a graph ten
    /// times as much.
    @Test
    void memory_overThousandsOfUpdates_isFlat() throws IOException {
        var task = Tasks.of(Objective.WGAN_GP);
        try (var trainer = Solo.of(() -> new GanModel(task), Placement.HERE)) {
            trainer.begin(new Start(new Origin.Fresh(), 1, Tasks.values(1e-4, 1e-4, CRITIC), new TreeSet<>()));
            trainer.train(Stretch.of(100));
            long before = resident();
            trainer.train(Stretch.of(UPDATES / (CRITIC + 1)));
            assertThat(resident() - before).isLessThan(20L << 20);
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
