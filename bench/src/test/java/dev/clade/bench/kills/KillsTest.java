package dev.clade.bench.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillsTest {

    @Test
    void atTwentyMoments_nothingIsLost(@TempDir Path folder) throws Exception {
        var result = new Kills(folder, 1).run(20);

        assertThat(result.kills()).isEqualTo(20);
        assertThat(result.recoveries()).isNotEmpty();
    }
}
