package dev.clade.app.cli;

import dev.clade.app.file.ExperimentFile;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Decision;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Group;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.random.Randomness;
import dev.clade.run.session.OfPrograms;
import dev.clade.settings.Setting;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.tune.Tuner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade doctor FILE`.
@Command(
        name = "doctor",
        description = {
            "Examine an experiment's trainer before any budget is spent.",
            "It trains a few short segments outside any experiment: does the trainer do what a population relies on?"
                    + " The exit status is 1 where it does not."
        })
final class DoctorCommand implements Callable<Integer> {

    /// The most steps of each short segment unless somebody says otherwise.
    private static final long MOST = 20;

    /// Where the words of a finding begin.
    private static final int INDENT = 27;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Steps of each short segment (default: those to the first ready point, at most " + MOST + ").")
    private Optional<Long> steps = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "The most time for any answer of the trainer, where the deadlines of the file leave more"
                    + " (default: ${DEFAULT-VALUE}).")
    private String patience = "60s";

    @Option(names = "--environment", description = "Print the names of the variables that the trainer's program gets.")
    private boolean environment;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = StartFrom.without(ExperimentFile.read(file));
        var specification = Specification.read(settings);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        Wiring.check(specification, folder);
        refuseAttached(specification);
        var tuner = Wiring.tuner(specification);
        var trainers = Wiring.trainer(specification, folder);
        long length = steps.orElseGet(() -> first(settings, specification, tuner));
        if (length < 1) {
            throw new Fault(
                    4002,
                    "a segment has at least one step.",
                    "--steps " + length + ".",
                    "1 or more.",
                    "leave --steps out.");
        }
        var out = spec.commandLine().getOut();
        var findings = new ArrayList<Doctor.Finding>();
        if (format.format() == Format.TABLE) {
            out.printf(
                    "%s: %s, short segments of %d%n%n",
                    specification.name(), settings.entries().get("trainer"), length);
        }
        var scratch = Files.createTempDirectory("clade-doctor");
        var trial = new Trial(specification.seed(), scratch);
        try (var doctor = new Doctor(specification, tuner, trainers, trial, length, patience(), finding -> {
            findings.add(finding);
            print(out, finding);
        })) {
            doctor.examine();
        } finally {
            delete(scratch);
        }
        variables(trainers)
                .filter(_ -> environment && format.format() == Format.TABLE)
                .ifPresent(names -> {
                    out.println();
                    out.println("The program gets the variables " + String.join(", ", names) + ".");
                });
        conclude(out, specification, length, variables(trainers), findings);
        return 0;
    }

    /// Programs are started again and again: who connects by himself cannot be.
    private static void refuseAttached(Specification specification) {
        var trainer = Objects.requireNonNull(specification.settings().entries().get("trainer"));
        if (trainer.asMapping().entries().containsKey("attach")) {
            throw new Fault(
                    4005,
                    trainer.place() + " a program that connects by itself cannot be examined.",
                    "trainer: " + trainer + ".",
                    "one that Clade can start, three at once.",
                    "write 'session: [PROGRAM, ...]' for the examination.");
        }
    }

    private Duration patience() {
        try {
            return Setting.word(patience).asTime();
        } catch (Fault fault) {
            throw new Fault(
                    4002,
                    "--patience is no time.",
                    "--patience " + patience + ".",
                    "a duration, such as 90s or 5m.",
                    "leave --patience out.");
        }
    }

    /// The names of the variables of a trainer that is a process of its own.
    private static Optional<List<String>> variables(Trainer.Factory trainers) {
        return trainers instanceof OfPrograms programs
                ? Optional.of(List.copyOf(programs.variables(Place.ANYWHERE)))
                : Optional.empty();
    }

    /// Steps to the first ready point.
    private static long first(Setting.Mapping settings, Specification specification, Tuner tuner) {
        var created = new Event.ExperimentCreated("doctor", settings, new TreeMap<>());
        var who = new MemberId(0);
        var population = Population.of(List.of(
                new Entry(1, Instant.EPOCH, Duration.ZERO, created),
                new Entry(2, Instant.EPOCH, Duration.ZERO, new Event.MemberEnrolled(who, Group.ALL))));
        var decision = tuner.decide(population, who, Randomness.keyed(specification.seed(), 0, 0));
        return decision instanceof Decision.Train train && train.plan().until() instanceof Decision.Until.Steps until
                ? Math.min(MOST, until.step())
                : MOST;
    }

    private void print(PrintWriter out, Doctor.Finding finding) {
        if (format.format() == Format.TABLE) {
            out.printf(
                    "  %-8s %-15s %s%n",
                    finding.verdict(), finding.check(), finding.what().replace("\n", "\n" + " ".repeat(INDENT)));
            out.flush();
        }
    }

    private void conclude(
            PrintWriter out,
            Specification specification,
            long length,
            Optional<List<String>> variables,
            List<Doctor.Finding> findings) {
        var failed = findings.stream()
                .filter(f -> f.verdict() == Doctor.Verdict.FAILED)
                .toList();
        if (format.format() == Format.TABLE) {
            out.println();
            if (failed.isEmpty()) {
                out.println("Nothing is wrong with it. To begin: clade run " + file);
            }
        } else {
            new Document()
                    .with("experiment", specification.name())
                    .with(
                            "trainer",
                            Optional.ofNullable(
                                    specification.settings().entries().get("trainer")))
                    .with("steps", length)
                    .with("environment", variables)
                    .with("healthy", failed.isEmpty())
                    .with(
                            "checks",
                            findings.stream()
                                    .map(f -> new Document()
                                            .with("check", f.check())
                                            .with("verdict", f.verdict())
                                            .with("what", f.what()))
                                    .toList())
                    .print(out, format.format());
        }
        out.flush();
        if (!failed.isEmpty()) {
            throw new Fault(
                    3301,
                    "the trainer is not fit for a population: " + Text.count(failed.size(), "check", "checks")
                            + " failed.",
                    failed.getFirst().check() + ": " + failed.getFirst().what() + ".",
                    "none that fails.",
                    "mend the trainer, or what the file says of it; then 'clade doctor " + file + "' again.");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
