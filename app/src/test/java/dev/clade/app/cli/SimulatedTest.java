package dev.clade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.population.Event.ExperimentCreated;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Costs;
import dev.clade.run.virtual.VirtualEngine;
import dev.clade.store.memory.MemoryCheckpoints;
import dev.clade.store.sql.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A simulated run that was brought into a store is read like any other; what it never had is said.
class SimulatedTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void simulated() {
        var settings = ExperimentFile.parse(Said.TINY, "tiny.yaml");
        var specification = Specification.read(settings);
        try (var checkpoints = MemoryCheckpoints.onHeap();
                var store =
                        SqliteStore.open(folder.resolve("clade.db"), InstantSource.system(), Duration.ofSeconds(30))) {
            var entries = new VirtualEngine(
                            new ExperimentCreated(
                                    "id-1",
                                    settings,
                                    new TreeMap<>(Map.of(ExperimentCreated.SIMULATED, "yes", "clade", "test"))),
                            Wiring.tuner(specification),
                            Wiring.trainer(specification, folder),
                            checkpoints,
                            2,
                            Costs.STEPS)
                    .run()
                    .entries();
            store.imported("tiny", entries).log().close();
        }
    }

    private Said clade(String verb, String... more) {
        var all = new String[4 + more.length];
        all[0] = verb;
        all[1] = "tiny";
        all[2] = "--store";
        all[3] = Said.store(folder);
        System.arraycopy(more, 0, all, 4, more.length);
        return Said.by(all);
    }

    @Test
    void readersOfLogs_readIt() {
        for (var verb : new String[] {"show", "why", "schedule"}) {
            var said = verb.equals("why") ? clade(verb, "1") : clade(verb);
            assertThat(said.status()).as(verb + said.err()).isZero();
        }
        assertThat(clade("report", "--to", folder.resolve("report.html").toString())
                        .status())
                .isZero();
    }

    @Test
    void itsLogHolds() {
        var said = clade("verify");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("'tiny' holds.", "checkpoints  none: the run was simulated");
    }

    @Test
    void weights_itHasNone() {
        var expected = """
                CLADE-5203 experiment 'tiny' has no weights.
                  Found:    a simulated run: its log says what would have been trained, and nothing was.
                  Expected: an experiment that was trained.
                  Mend:     read it by 'clade show tiny', 'why', 'report' and 'verify'; train it by 'clade run'.
                """;

        assertThat(clade("verify", "--bytes").err()).contains(expected);
        assertThat(clade("best", "--to", folder.resolve("best").toString()).err())
                .contains(expected);
        assertThat(clade("resume").err()).contains(expected);
        assertThat(clade("best", "--to", folder.resolve("best").toString()).status())
                .isEqualTo(1);
    }
}
