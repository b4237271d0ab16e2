package dev.clade.app.cli;

import dev.clade.app.report.Report;
import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.local.LocalEngine;
import dev.clade.run.process.Devices;
import dev.clade.trainer.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Makes this process a worker of an experiment, shows how it goes, and says at the end what came of it.
final class Training {

    /// How long an interrupted process waits for trainers to save [seconds].
    private static final long GRACE = 60;

    static final int INTERRUPTED = 130;

    private static final String BEST = "best";

    static final String REPORT = "report.html";

    private final Experiments experiments;
    private final Experiments.Held experiment;
    private final PrintWriter out;
    private final String goOn;

    /// Whether the process was told to end.
    private volatile boolean told;

    Training(Experiments experiments, Experiments.Held experiment, PrintWriter out) {
        this(experiments, experiment, out, resume(experiments, experiment, Optional.empty(), Optional.empty()));
    }

    /// The command that goes on with an experiment in the same way.
    static String resume(
            Experiments experiments, Experiments.Held experiment, Optional<Integer> slots, Optional<Path> to) {
        return "clade resume " + experiment.name() + store(experiments)
                + slots.map(n -> " --slots " + n).orElse("")
                + to.map(folder -> " --to " + ShellWords.quoted(folder.toString()))
                        .orElse("");
    }

    /// @param goOn the command that goes on after an interrupt
    Training(Experiments experiments, Experiments.Held experiment, PrintWriter out, String goOn) {
        this.experiments = experiments;
        this.experiment = experiment;
        this.out = out;
        this.goOn = goOn;
    }

    /// Trains until the experiment is complete: true; or until the process is told to end: false, and all
    /// is saved.
    boolean train(Optional<Integer> slots) throws InterruptedException {
        var worker = Experiments.worker();
        var specification = experiment.specification();
        var saved = new CountDownLatch(1);
        Thread hook;
        try (var checkpoints = experiment.checkpoints(worker)) {
            var engine = new LocalEngine(
                    experiment.opened(),
                    checkpoints,
                    Wiring::tuner,
                    experiment.trainers(),
                    room(specification, slots),
                    slot -> new Place(slot, specification.resources().cpus(), "cpu", Optional.of(experiment.logs())),
                    worker,
                    Optional.of(experiment.gallery()));
            hook = new Thread(() -> interrupted(engine, saved));
            Runtime.getRuntime().addShutdownHook(hook);
            try (var progress = new Progress(experiment, out)) {
                progress.start();
                engine.run(Main.VERSION, Experiments.host());
            } catch (InterruptedException | RuntimeException e) {
                unhook(hook);
                throw e;
            }
        } finally {
            saved.countDown();
        }
        unhook(hook);
        return !told;
    }

    /// The process was told to end: what is in training is saved first.
    private void interrupted(LocalEngine engine, CountDownLatch saved) {
        told = true;
        engine.stop();
        try {
            boolean done = saved.await(1, TimeUnit.SECONDS);
            if (!done) {
                out.println(
                        "\nInterrupted; waiting at most " + GRACE + " s for what is in training to be saved ('kill -9 "
                                + ProcessHandle.current().pid() + "' ends it at once and loses open segments) ...");
                out.flush();
                done = saved.await(GRACE, TimeUnit.SECONDS);
            }
            out.println((done ? "Interrupted; all is saved. " : "Interrupted while a trainer did not answer. ")
                    + "To go on: " + goOn);
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    /// What a command must be told to find the store, with a space before it.
    static String store(Experiments experiments) {
        return experiments.url().equals(Experiments.existingUrl())
                ? ""
                : " --store " + ShellWords.quoted(experiments.url());
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook is at work, and ends the process
        }
    }

    /// How many members train at once.
    ///
    /// @throws Fault 1441 where their devices are fewer
    static int room(Specification specification, Optional<Integer> slots) {
        int asked = slots.or(specification::slots)
                .orElseGet(
                        () -> Devices.slots(specification, Runtime.getRuntime().availableProcessors()));
        int room = Math.min(asked, specification.population());
        Devices.enough(specification, room);
        return room;
    }

    /// The best model's folder among the results of a run. An experiment that goes on after its end gives
    /// another model, and nothing is written over the one before.
    ///
    /// @param openings how often the experiment was opened
    static Path best(Path results, int openings) {
        return results.resolve(openings == 1 ? BEST : BEST + "-" + openings);
    }

    /// The folder for what comes of an experiment, unless somebody names another.
    ///
    /// @throws Fault 4108 where the system's character set has no such name
    static Path results(String name) {
        try {
            return Path.of("runs", name);
        } catch (InvalidPathException e) {
            throw new Fault(
                            4108,
                            "a model cannot be written to runs/" + name + ".",
                            e.getMessage() + ".",
                            "a folder whose name this system can write.",
                            "name another by --to DIR, or set a UTF-8 locale (LC_ALL=C.UTF-8).")
                    .causedBy(e);
        }
    }

    /// Writes the best model with its history, and says what came of it.
    void finish(Path results) throws IOException {
        var seen = Seen.of(experiment);
        var best = seen.someBest();
        var model = best(results, seen.population().openings());
        if (!Files.exists(model)) { // else another process that trained here was faster
            ModelFolder.write(seen, best, model);
        }
        var wall = experiment.gallery().wall(seen.population().openings());
        Report.write(seen.entries(), wall, results.resolve(REPORT));
        Summary.print(out, seen, best, model, results.resolve(REPORT), wall, store(experiments));
    }
}
