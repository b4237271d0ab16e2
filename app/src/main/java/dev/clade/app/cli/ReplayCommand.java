package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Experiments.Held;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Finals.Winner;
import dev.clade.population.Specification;
import dev.clade.settings.Setting;
import dev.clade.study.replay.Arm;
import dev.clade.study.replay.Knots;
import dev.clade.study.replay.Outcome;
import dev.clade.study.replay.Replay;
import dev.clade.study.replay.Scores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade replay NAME`.
@Command(
        name = "replay",
        description = {
            "Train the schedule that an experiment found again, from new weights, and say whether it alone carries the"
                    + " gain.",
            "Beside the schedule are trained: the same smoothed to a few knots, and the values that it ends and begins"
                    + " with, held throughout. Each is an experiment of its own, NAME.replay.ARM. After an interrupt"
                    + " the same command goes on."
        })
final class ReplayCommand implements Callable<Integer> {

    private static final String DEFAULT_SEEDS = "5";
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The experiment; 'clade list' shows them.")
    private String name = "";

    @Mixin
    private StoreOption store = new StoreOption();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = DEFAULT_SEEDS,
            description = "How often each is trained (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--knots",
            paramLabel = "K",
            description = "Knots of the smoothed schedule, at most (default: " + Knots.DEFAULT + ").")
    private int knots = Knots.DEFAULT;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the new experiments' names begin with (default: NAME.replay).")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the smoothed schedule and what came of it (default: runs/NAME.replay).")
    private Optional<Path> to = Optional.empty();

    @Mixin
    private SlotsOption slots = new SlotsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        slots.count();
        enough();
        ScheduleCommand.enough(knots);
        try (var experiments = store.existing();
                var original = experiments.named(name)) {
            var seen = Seen.of(original);
            var winner = winner(seen);
            var replay = Replay.of(seen.population(), winner, knots);
            var planned = planned(replay, seen.specification(), original.folder());
            var folder = ready(seen, replay);
            create(experiments, seen, winner, planned);
            var failures = new EnumMap<Arm, String>(Arm.class);
            var scores = new EnumMap<Arm, Scores>(Arm.class);
            for (var one : planned) {
                if (!train(experiments, one, scores, failures)) {
                    return Training.INTERRUPTED;
                }
            }
            Stream.of(Arm.values()).forEach(arm -> scores.put(arm, scores.get(replay.trained(arm))));
            var outcome = new Outcome(
                    seen.specification().metric().score(winner.measured()),
                    replay.changes(),
                    scores,
                    seen.specification().seed());
            var report = new ReplayReport(seen, replay, outcome, planned, failures, folder);
            Files.writeString(
                    folder.resolve(ReplayReport.DATA), report.document().json());
            print(report);
            return failures.isEmpty() ? 0 : FAILED;
        }
    }

    private void enough() {
        if (seeds < 1) {
            throw new Fault(
                    4141,
                    "nothing is trained without a seed.",
                    "--seeds " + seeds + ".",
                    "1 or more; 5 and more have intervals that need no assumption.",
                    "leave --seeds out.");
        }
    }

    private Winner winner(Seen seen) {
        return seen.population()
                .finals()
                .flatMap(f -> f.winner(seen.specification()))
                .orElseThrow(() -> new Fault(
                        4142,
                        "experiment '" + name + "' has no winner whose schedule could be replayed.",
                        seen.population().complete() ? "none that could be measured at the end." : "it has not ended.",
                        "an experiment that is complete, with a winner measured afresh.",
                        seen.population().complete()
                                ? "'clade show " + name + "' says what failed."
                                : "go on with it: 'clade resume " + name + "'."));
    }

    // ---- the experiments

    /// An arm's experiment.
    record Planned(Arm arm, String name, Setting.Mapping settings) {}

    /// Those that are trained, each found good before the first is created.
    private List<Planned> planned(Replay replay, Specification original, Path folder) {
        var planned = new ArrayList<Planned>();
        for (var arm : Arm.values()) {
            if (replay.trained(arm) == arm) {
                var called = prefix.orElse(name + ".replay") + "." + arm.word();
                if (!Specification.named(called)) {
                    throw new Fault(
                            4006,
                            "an experiment cannot be called '" + called + "'.",
                            called + ".",
                            Specification.NAMES + ".",
                            "choose a shorter --name.");
                }
                var settings = replay.settings(arm, original, seeds).with("name", Setting.word(called));
                Wiring.check(Specification.read(settings), folder);
                planned.add(new Planned(arm, called, settings));
            }
        }
        return planned;
    }

    private static void create(Experiments experiments, Seen seen, Winner winner, List<Planned> planned) {
        var there = new ArrayList<Planned>();
        for (var one : planned) {
            var found = experiments.find(one.name());
            if (found.isPresent()) {
                try (var held = found.get()) {
                    same(held, one);
                }
                there.add(one);
            }
        }
        var provenance = Map.of(
                "replay.of",
                "'" + seen.held().name() + "' (" + seen.population().id() + "), member "
                        + winner.pair().member() + " at " + seen.specification().unit() + " "
                        + winner.pair().lineageStep());
        for (var one : planned) {
            if (!there.contains(one)) {
                experiments
                        .create(one.name(), one.settings(), seen.held().folder(), Main.VERSION, provenance)
                        .close();
            }
        }
    }

    private static void same(Held held, Planned planned) {
        var first = (Event.ExperimentCreated)
                held.opened().log().after(0, 1).getFirst().event();
        if (first.settings().equals(planned.settings())) {
            return;
        }
        var changed = Stream.concat(
                        first.settings().entries().keySet().stream(), planned.settings().entries().keySet().stream())
                .distinct()
                .filter(n -> !Optional.ofNullable(first.settings().entries().get(n))
                        .equals(Optional.ofNullable(planned.settings().entries().get(n))))
                .toList();
        throw new Fault(
                4143,
                "experiment '" + planned.name() + "' is in the store already, and is not this replay.",
                "other settings: " + String.join(", ", changed) + ".",
                "those of an earlier 'clade replay' with the same options, which would go on.",
                "give the options it was begun with, or begin another: --name NAME.");
    }

    /// Trains an arm; false if the process was told to end. What goes wrong with one is no reason to lose the others.
    private boolean train(Experiments experiments, Planned planned, Map<Arm, Scores> scores, Map<Arm, String> failures)
            throws InterruptedException {
        try (var held = experiments.named(planned.name())) {
            var training = new Training(experiments, held, progress(), ShellWords.given(spec));
            if (!held.newest().complete() && !training.train(slots.count())) {
                return false;
            }
            scores.put(planned.arm(), Scores.of(held.newest()));
        } catch (RuntimeException e) {
            scores.put(planned.arm(), Scores.none(seeds));
            failures.put(planned.arm(), Fault.in(e).map(Fault::getMessage).orElseGet(e::toString));
        }
        return true;
    }

    // ---- what it says

    /// Programs get their document alone.
    private PrintWriter progress() {
        return format.format() == Format.TABLE
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
    }

    /// The folder, with the smoothed schedule in it, so that what cannot be written is known before the training.
    private Path ready(Seen seen, Replay replay) {
        var folder = to.orElseGet(() -> Training.results(prefix.orElse(name + ".replay")));
        try {
            Files.createDirectories(folder);
            for (var form : ReplayReport.SCHEDULES.entrySet()) {
                Files.writeString(
                        folder.resolve(form.getValue()),
                        ScheduleCommand.smooth(form.getKey(), seen, seen.someBest(), replay.knots()));
            }
            return folder;
        } catch (IOException e) {
            throw new Fault(
                            4108,
                            "the schedule cannot be written to " + folder + ".",
                            e + ".",
                            "a folder with room, where this user may write.",
                            "make room, or name another by --to DIR.")
                    .causedBy(e);
        }
    }

    private void print(ReplayReport report) {
        var out = spec.commandLine().getOut();
        if (format.format() == Format.TABLE) {
            report.print(out);
        } else {
            report.document().print(out, format.format());
        }
    }
}
