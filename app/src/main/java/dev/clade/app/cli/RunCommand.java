package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Lineage;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Catalogue;
import dev.clade.run.local.LocalEngine;
import dev.clade.settings.Setting;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade run FILE`.
@Command(
        name = "run",
        description = "Train the population that an experiment file describes.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the best model, its schedule and the checkpoints (default: runs/NAME).")
    private Optional<Path> to = Optional.empty();

    @Option(names = "--slots", paramLabel = "N", description = "Members that train at once (default: one a core).")
    private Optional<Integer> slots = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        var settings = ExperimentFile.read(file);
        var specification = Specification.read(settings);
        var tuner = Wiring.tuner(specification);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        var trainers = Wiring.trainer(specification, folder);
        var results = to.orElse(Path.of("runs", specification.name()));
        vacant(results);
        var out = spec.commandLine().getOut();
        try (var checkpoints = new FolderCheckpoints(results.resolve("checkpoints"));
                var log = new MemoryLog(created(settings), InstantSource.system(), LEASE)) {
            var worker = new WorkerId(ProcessHandle.current().pid() + "@" + host());
            var engine = new LocalEngine(log, checkpoints, tuner, trainers, room(specification), worker);
            Population end;
            try (var progress = new Progress(new Catalogue(log), out)) {
                progress.start();
                end = engine.run(Main.VERSION, host());
            }
            return finish(end, checkpoints, results, out);
        }
    }

    private static void vacant(Path results) {
        if (Files.exists(results.resolve("best"))) {
            throw new Fault(
                    4101,
                    "the folder " + results + " holds the results of an earlier run.",
                    results.resolve("best") + ".",
                    "a new folder, so that no model is overwritten.",
                    "remove it, or say --to DIR.");
        }
    }

    private static Event.ExperimentCreated created(Setting.Mapping settings) {
        var provenance = new TreeMap<String, String>();
        provenance.put("clade", Main.VERSION);
        provenance.put("java", Runtime.version().toString());
        provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return new Event.ExperimentCreated(UUID.randomUUID().toString(), settings, provenance);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException e) {
            return "localhost";
        }
    }

    private int room(Specification specification) {
        var setting = Optional.ofNullable(specification.settings().entries().get("slots"))
                .filter(s -> !s.asText().equals("auto"))
                .map(s -> s.asCount(1));
        int asked = slots.or(() -> setting).orElse(Runtime.getRuntime().availableProcessors());
        return Math.max(1, Math.min(asked, specification.population()));
    }

    // ---- the end

    private int finish(Population end, FolderCheckpoints checkpoints, Path results, PrintWriter out)
            throws IOException {
        var specification = end.specification();
        var winner = end.finals().flatMap(f -> f.winner(specification));
        if (winner.isEmpty()) {
            throw new Fault(
                    3101,
                    "the experiment '" + specification.name() + "' has no winner.",
                    end.size() + " members, none with a model that could be measured at the end"
                            + end.members().stream()
                                    .flatMap(m -> m.failure().stream())
                                    .findFirst()
                                    .map(f -> "; the first failure: " + f.message())
                                    .orElse("")
                            + ".",
                    "at least one.",
                    "read the failure, and correct the trainer or the ranges of its hyperparameters.");
        }
        var best = results.resolve("best");
        var opened = checkpoints.open(winner.get().pair().checkpoint());
        copy(opened, best);
        checkpoints.done(opened);
        var lineage = Lineage.of(end, winner.get().pair());
        Files.writeString(results.resolve("schedule.csv"), ScheduleText.csv(lineage, specification.space()));
        Summary.print(out, end, winner.get(), lineage, best, results.resolve("schedule.csv"));
        return 0;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var walk = Files.walk(from)) {
            for (var path : walk.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
                Files.copy(path, target);
            }
        }
    }
}
