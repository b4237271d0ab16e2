package dev.clade.bench.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.bench.kills.Kills.Workload;
import dev.clade.random.Philox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillsTest {

    private static final int CLASSES = 10;
    private static final int PIXELS = 64;
    private static final int MOST = 16;

    @Test
    void sleepers_atTwentyMoments_loseNothing(@TempDir Path folder) throws Exception {
        var result = new Kills(folder, Workload.SLEEPERS, 1).run(20);

        assertThat(result.kills()).isEqualTo(20);
        assertThat(result.recoveries()).isNotEmpty();
    }

    /// Bit by bit, one slot or four.
    @Test
    void networks_atThreeMoments_becomeWhatTheyWouldHaveBeen(@TempDir Path folder) throws Exception {
        assertThat(new Kills(folder, Workload.digits(data(folder)), 1).run(3).kills())
                .isEqualTo(3);
    }

    /// Crews of four, and what kills leave of them.
    @Test
    void networksInLanes_atThreeMoments_loseNothing(@TempDir Path folder) throws Exception {
        assertThat(new Kills(folder, Workload.digits(data(folder), 4), 1).run(3).kills())
                .isEqualTo(3);
    }

    private static Path data(Path folder) throws IOException {
        var data = Files.createDirectory(folder.resolve("data"));
        write(data.resolve("optdigits.tra"), 1);
        write(data.resolve("optdigits.tes"), 2);
        return data;
    }

    /// Noisy patterns in the format of the UCI digits: 64 pixels from 0 to 16 and the class.
    private static void write(Path file, int number) throws IOException {
        var random = Philox.keyed(1, 0, number, "digits");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 400; i++) {
            lines.add(line(i % CLASSES, random));
        }
        Files.write(file, lines);
    }

    private static String line(int digit, RandomGenerator random) {
        var pattern = Philox.keyed(1, digit, 0, "pattern");
        var line = new StringBuilder();
        for (int i = 0; i < PIXELS; i++) {
            int pixel = pattern.nextInt(MOST + 1) + random.nextInt(-8, 9);
            line.append(Math.clamp(pixel, 0, MOST)).append(',');
        }
        return line.append(digit).toString();
    }
}
