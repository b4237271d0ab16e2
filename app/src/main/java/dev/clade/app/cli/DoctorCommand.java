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
import dev.clade.settings.Setting;
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

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = StartFrom.without(ExperimentFile.read(file));
        var specification = Specification.read(settings);
        var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        Wiring.check(specification, folder);
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
        try {
            new Doctor(specification, tuner, trainers, new Trial(specification.seed(), scratch), length, finding -> {
                        findings.add(finding);
                        print(out, finding);
                    })
                    .examine();
        } finally {
            delete(scratch);
        }
        conclude(out, specification, length, findings);
        return 0;
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
            out.printf("  %-8s %-15s %s%n", finding.verdict(), finding.check(), finding.what());
            out.flush();
        }
    }

    private void conclude(PrintWriter out, Specification specification, long length, List<Doctor.Finding> findings) {
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
