package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.study.simulate.Simulation;
import dev.clade.study.simulate.Simulation.Run;
import dev.clade.study.statistics.Bootstrap;
import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Estimate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade simulate FILE`.
@Command(
        name = "simulate",
        description = {
            "What an experiment would do: its tuner, slots and log, in virtual time, with something that stands for its"
                    + " trainer.",
            "Nothing is trained and nothing is kept, unless --keep names a run to look at as at a real one."
        })
final class SimulateCommand implements Callable<Integer> {

    private static final int DEFAULT_SEEDS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private ConditionsOption conditions = new ConditionsOption();

    @Option(names = "--slots", paramLabel = "N", description = "Members that train at once (default: all of them).")
    private Optional<Integer> slots = Optional.empty();

    @Option(names = "--seeds", paramLabel = "N", description = "Runs, under seeds from 1 (default: ${DEFAULT-VALUE}).")
    private int seeds = DEFAULT_SEEDS;

    @Option(names = "--tuner", paramLabel = "WORD", description = "Another tuner than the file's.")
    private Optional<String> tuner = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "NAME",
            description = "Keep the last run's log in the store under this name: 'clade show', 'why', 'report' and"
                    + " 'verify' read it as any other. Its models are made up.")
    private Optional<String> keep = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        Counts.atLeastOne("--seeds", seeds);
        slots.ifPresent(n -> Counts.atLeastOne("--slots", n));
        keep.ifPresent(this::free);
        var written = ModelOption.simulated(file);
        var settings = tuner.map(word -> ModelOption.under(written, word)).orElse(written);
        var specification = Specification.read(settings);
        Wiring.fits(specification);
        var stand = model.of(specification, ModelOption.folder(file), ModelOption.steps(specification));
        int room = slots.or(specification::slots).orElse(specification.population());
        var simulation = new Simulation(settings, Wiring::tuner, stand, room, conditions.conditions());
        long began = System.nanoTime();
        var runs = LongStream.rangeClosed(1, seeds).mapToObj(simulation::run).toList();
        var took = Duration.ofNanos(System.nanoTime() - began);
        if (format.format() == Format.TABLE) {
            print(out, specification, stand.what(), room, runs, took);
        } else {
            document(specification, stand.what(), room, runs).with("kept", keep).print(out, format.format());
        }
        keep.ifPresent(name -> keep(name, runs.getLast(), out));
        out.flush();
        return 0;
    }

    /// A name that nobody has, before anything is simulated for it.
    private void free(String name) {
        if (!Specification.named(name)) {
            throw new Fault(
                    4006,
                    "an experiment cannot be called '" + name + "'.",
                    name + ".",
                    Specification.NAMES + ".",
                    "choose another --keep.");
        }
        try (var experiments = store()) {
            experiments.find(name).ifPresent(taken -> {
                taken.close();
                throw new Fault(
                        4158,
                        "experiment '" + name + "' is in the store already.",
                        name + ".",
                        "a name that is free.",
                        "choose another --keep.");
            });
        }
    }

    private Experiments store() {
        return Experiments.forNew(model.store(), ModelOption.simulated(file), ModelOption.folder(file));
    }

    private void keep(String name, Run last, PrintWriter out) {
        try (var experiments = store()) {
            experiments.simulated(name, last.result().entries()).close();
        }
        if (format.format() == Format.TABLE) {
            out.println();
            out.println("Kept as '" + name + "'. To look at it: clade show " + name);
        }
    }

    private void print(
            PrintWriter out, Specification specification, String stand, int room, List<Run> runs, Duration took) {
        var unit = specification.unit();
        out.printf(
                "'%s' under %s, simulated %s on %s%n",
                specification.name(),
                Wiring.tuner(specification).word(),
                Text.count(runs.size(), "time", "times"),
                Text.count(room, "slot", "slots"));
        out.println("  its trainer: " + stand);
        out.println();
        var table = new Table("", "mean", "95 % interval", "least", "most");
        row(table, specification.metric().name() + " of the winner", runs, Run::value, Text::number);
        row(
                table,
                "wall-clock",
                runs,
                r -> r.elapsed().toNanos() / 1e9,
                s -> Text.time(Duration.ofMillis((long) (s * 1e3))));
        row(table, "slot-hours", runs, r -> room * r.elapsed().toNanos() / 3.6e12, Text::number);
        row(table, "slots at work [%]", runs, r -> 100 * r.busy(), Text::number);
        row(table, unit + "s trained", runs, r -> r.tally().steps(), Text::number);
        row(table, "decisions", runs, r -> r.tally().decisions(), Text::number);
        row(table, "copies", runs, r -> r.tally().copies(), Text::number);
        row(table, "evaluations", runs, r -> r.tally().evaluations(), Text::number);
        row(table, "members", runs, r -> r.tally().members(), Text::number);
        row(table, "failed segments", runs, r -> r.tally().failures(), Text::number);
        table.print(out, "  ");
        out.println();
        out.printf("  simulated in %.1f s%n", took.toMillis() / 1e3);
        if (model.madeUp(specification)) {
            out.println(
                    "  The landscape is made up: what it says of times and counts holds; of scores, only how tuners and"
                            + " settings differ on such a landscape.");
        }
    }

    private static void row(
            Table table,
            String name,
            List<Run> runs,
            ToDoubleFunction<Run> what,
            java.util.function.DoubleFunction<String> text) {
        var values = runs.stream()
                .mapToDouble(what)
                .filter(x -> !Double.isNaN(x))
                .boxed()
                .toList();
        if (values.isEmpty()) {
            table.row(name, "-", "-", "-", "-");
            return;
        }
        var estimate = Estimate.of(values, Centre.MEAN, new Bootstrap(1));
        table.row(
                name,
                text.apply(estimate.value()),
                estimate.interval()
                        .map(i -> text.apply(i.low()) + " to " + text.apply(i.high()))
                        .orElse("-"),
                text.apply(values.stream().min(Comparator.naturalOrder()).orElseThrow()),
                text.apply(values.stream().max(Comparator.naturalOrder()).orElseThrow()));
    }

    private static Document document(Specification specification, String stand, int room, List<Run> runs) {
        return new Document()
                .with("name", specification.name())
                .with("tuner", Wiring.tuner(specification).word())
                .with("trainer", stand)
                .with("slots", room)
                .with(
                        "runs",
                        runs.stream()
                                .map(r -> new Document()
                                        .with("score", r.value())
                                        .with("seconds", r.elapsed().toNanos() / 1e9)
                                        .with("busy", r.busy())
                                        .with("steps", r.tally().steps())
                                        .with("decisions", r.tally().decisions())
                                        .with("copies", r.tally().copies())
                                        .with("evaluations", r.tally().evaluations())
                                        .with("members", r.tally().members())
                                        .with("failed_segments", r.tally().failures()))
                                .toList());
    }
}
