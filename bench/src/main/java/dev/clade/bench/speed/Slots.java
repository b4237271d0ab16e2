package dev.clade.bench.speed;

import dev.clade.pbt.PbtReader;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Timings;
import dev.clade.population.WorkerId;
import dev.clade.run.local.LocalEngine;
import dev.clade.settings.Setting;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.sql.SqliteStore;
import dev.clade.toys.Toys;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Members that sleep, each in a slot of its own, against one that sleeps as long and does nothing else: 40
/// segments of a second, over SQLite and a folder of checkpoints.
final class Slots {

    private static final int MEMBERS = 8;
    private static final int STEPS = 2_000;
    private static final int READY = 50;
    private static final long STEP = 20;

    private Slots() {}

    static void print(Path folder, PrintStream out) throws Exception {
        double alone = alone();
        var settings = settings();
        try (var store = SqliteStore.open(folder.resolve("slots.db"), InstantSource.system(), Duration.ofSeconds(30))) {
            var opened = store.create("slots", new Event.ExperimentCreated("slots", settings, new TreeMap<>()));
            var worker = new WorkerId("bench");
            try (var checkpoints = new FolderCheckpoints(folder.resolve("slots"), worker, opened.shelf())) {
                long began = System.nanoTime();
                var end = new LocalEngine(
                                opened,
                                checkpoints,
                                new PbtReader()::read,
                                new Toys().read(trainer(), folder),
                                MEMBERS,
                                worker)
                        .run("bench", "here");
                double together = (System.nanoTime() - began) / 1e9;
                out.printf(
                        Locale.ROOT,
                        "%d members in %d slots: %.2f s; one that only sleeps: %.2f s; ratio %.4f; outside the trainer %.2f %%%n",
                        MEMBERS,
                        MEMBERS,
                        together,
                        alone,
                        together / alone,
                        100 * outside(end));
            }
        }
    }

    private static double alone() throws InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            Thread.sleep(STEP);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /// The part of the members' time that was neither training nor evaluation.
    private static double outside(Population end) {
        double training = 0;
        double other = 0;
        for (var member : end.members()) {
            for (var segment : member.segments()) {
                if (segment.outcome() instanceof Outcome.Finished finished) {
                    Timings t = finished.timings();
                    training += seconds(t.train()) + seconds(t.evaluate());
                    other += seconds(t.load()) + seconds(t.save()) + seconds(t.decide()) + seconds(t.idle());
                }
            }
        }
        return other / (training + other);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Setting.Mapping settings() {
        var bounds = Setting.list(List.of(Setting.number(1e-3), Setting.number(1)));
        return Setting.map("name", Setting.text("slots"))
                .with("metric", Setting.word("score"))
                .with("population", Setting.number(MEMBERS))
                .with("budget", Setting.map("steps", Setting.number(STEPS)))
                .with("ready", Setting.map("every", Setting.number(READY)))
                .with("exploit", Setting.map("truncation", Setting.number(0.2)))
                .with(
                        "explore",
                        Setting.map("perturb", Setting.list(List.of(Setting.number(0.8), Setting.number(1.25)))))
                .with("parameters", Setting.map("gain", Setting.map("loguniform", bounds)))
                .with("trainer", trainer());
    }

    private static Setting.Mapping trainer() {
        return Setting.map("toy", Setting.word("sleeper")).with("step", Setting.word(STEP + "ms"));
    }
}
