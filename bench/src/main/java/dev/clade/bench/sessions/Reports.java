package dev.clade.bench.sessions;

import dev.clade.app.wire.Wiring;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.local.LocalEngine;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import dev.clade.trainer.Reading;
import dev.clade.trainer.Trainer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;

/// Programs that report at every step and do nothing else, each in a slot of its own, over SQLite.
final class Reports {

    private Reports() {}

    /// @param slots as many as members
    static void print(Specification specification, Trainer.Factory trainers, int slots, Path folder, PrintStream out)
            throws InterruptedException {
        try (var store =
                SqliteStore.open(folder.resolve("reports.db"), InstantSource.system(), Duration.ofSeconds(30))) {
            var opened = store.create(
                    "reports", new Event.ExperimentCreated("reports", specification.settings(), new TreeMap<>()));
            var worker = new WorkerId("bench");
            try (var checkpoints = new FolderCheckpoints(folder.resolve("reports"), worker, opened.shelf())) {
                long began = System.nanoTime();
                var end = new LocalEngine(opened, checkpoints, Wiring::tuner, trainers, slots, worker)
                        .run("bench", "here");
                double seconds = (System.nanoTime() - began) / 1e9;
                long kept = end.members().stream()
                        .mapToLong(m -> opened.measurements().of(m.id()).size())
                        .sum();
                out.printf(
                        Locale.ROOT,
                        "%d sessions: %,d reports committed in %.2f s, starts of the programs included: %,.0f /s;"
                                + " a report takes the program %.1f us (mean), %.1f us (p50), %.1f us (p99)%n",
                        slots,
                        kept,
                        seconds,
                        kept / seconds,
                        mean(end, "mean"),
                        mean(end, "p50"),
                        mean(end, "p99"));
            }
        }
    }

    private static double mean(Population end, String metric) {
        return end.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.outcome() instanceof Outcome.Finished)
                .mapToDouble(s -> s.pair().orElseThrow().evaluation().metrics().get(metric) instanceof Reading.Finite f
                        ? f.mean()
                        : Double.NaN)
                .average()
                .orElse(Double.NaN);
    }
}
