package dev.clade.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several who open a file that none has made yet, or that another is closing, as processes do.
class OpeningRace {

    private static final int FILES = 100;
    private static final int AT_ONCE = 4;
    private static final int TIMES = 3;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whoeverMakesTheFile_everybodyOpensIt() throws InterruptedException, ExecutionException {
        for (int i = 0; i < FILES; i++) {
            var file = folder.resolve(i + ".db");
            var together = new CyclicBarrier(AT_ONCE);
            Callable<Boolean> opens = () -> {
                together.await();
                for (int time = 0; time < TIMES; time++) {
                    try (var store = SqliteStore.open(file, InstantSource.system(), Duration.ofSeconds(30))) {
                        if (!store.experiments().isEmpty()) {
                            return false;
                        }
                    }
                }
                return true;
            };
            try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
                var answers = Stream.generate(() -> threads.submit(opens))
                        .limit(AT_ONCE)
                        .toList();
                for (var answer : answers) {
                    assertThat(answer.get()).isTrue();
                }
            }
        }
    }
}
