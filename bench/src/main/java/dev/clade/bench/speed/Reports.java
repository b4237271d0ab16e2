package dev.clade.bench.speed;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.WorkerId;
import dev.clade.run.local.LocalEngine;
import dev.clade.run.session.SessionTrainers;
import dev.clade.settings.Setting;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;

/// Programs that do nothing but report, eight at once, from their sockets into SQLite.
final class Reports {

    private static final int MEMBERS = 8;
    private static final int STEPS = 40_000;

    private Reports() {}

    static void print(Path folder, PrintStream out) throws Exception {
        var script = folder.resolve("reports.pl");
        try (var source = Objects.requireNonNull(Reports.class.getResourceAsStream("reports.pl"))) {
            Files.write(script, source.readAllBytes());
        }
        var settings = settings(script);
        try (var store =
                SqliteStore.open(folder.resolve("reports.db"), InstantSource.system(), Duration.ofSeconds(30))) {
            var opened = store.create("reports", new Event.ExperimentCreated("reports", settings, new TreeMap<>()));
            var worker = new WorkerId("bench");
            var trainer =
                    Objects.requireNonNull(settings.entries().get("trainer")).asMapping();
            var trainers = new SessionTrainers().read(trainer, folder, settings);
            try (var checkpoints = new FolderCheckpoints(folder.resolve("reports"), worker, opened.shelf())) {
                long began = System.nanoTime();
                var end = new LocalEngine(opened, checkpoints, new PbtReader()::read, trainers, MEMBERS, worker)
                        .run("bench", "here");
                double seconds = (System.nanoTime() - began) / 1e9;
                long kept = end.members().stream()
                        .mapToLong(m -> opened.measurements().of(m.id()).size())
                        .sum();
                out.printf(
                        Locale.ROOT,
                        "%d programs, SQLite: %,d reports kept in %.2f s, starts of programs and all: %,.0f /s%n",
                        MEMBERS,
                        kept,
                        seconds,
                        kept / seconds);
            }
        }
    }

    private static Setting.Mapping settings(Path script) {
        var range = Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))));
        return Setting.map("name", Setting.word("reports"))
                .with("metric", Setting.word("q"))
                .with("population", Setting.number(MEMBERS))
                .with("budget", Setting.map("steps", Setting.number(STEPS)))
                .with("ready", Setting.number(STEPS / 4))
                .with("parameters", Setting.map("x", range))
                .with("final", Setting.map("repeats", Setting.number(1)))
                .with(
                        "trainer",
                        Setting.map(
                                "session",
                                Setting.list(List.of(Setting.text("perl"), Setting.text(script.toString())))));
    }
}
