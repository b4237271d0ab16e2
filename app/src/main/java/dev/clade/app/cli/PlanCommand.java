package dev.clade.app.cli;

import dev.clade.app.wire.Wiring;
import dev.clade.fault.Fault;
import dev.clade.population.Specification;
import dev.clade.run.virtual.Conditions;
import dev.clade.run.virtual.Costs;
import dev.clade.settings.Setting;
import dev.clade.study.plan.Candidate;
import dev.clade.study.plan.Plan;
import dev.clade.study.plan.Plan.Estimated;
import dev.clade.study.simulate.Simulation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clade plan FILE`.
@Command(
        name = "plan",
        description = {
            "Which population, ready interval and exploit rule to take for so many slots and so much time: candidates that"
                    + " fit are simulated, under the same seeds.",
            "The better it knows the trainer, the better the advice: give it --from, a finished experiment, or at least"
                    + " --costs."
        })
final class PlanCommand implements Callable<Integer> {

    private static final int DEFAULT_SEEDS = 10;
    private static final int SHOWN = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The experiment file (YAML).")
    private Path file = Path.of("");

    @Option(names = "--slots", required = true, paramLabel = "N", description = "Members that can train at once.")
    private int slots = 1;

    @Option(names = "--hours", required = true, paramLabel = "H", description = "Hours of wall-clock.")
    private double hours = 1;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Simulations of each candidate (default: ${DEFAULT-VALUE}).")
    private int seeds = DEFAULT_SEEDS;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        Counts.atLeastOne("--slots", slots);
        Counts.atLeastOne("--seeds", seeds);
        var out = spec.commandLine().getOut();
        var settings = ModelOption.under(ModelOption.simulated(file), "pbt");
        var specification = Specification.read(settings);
        var folder = ModelOption.folder(file);
        var costs = model.of(specification, folder, 1).costs();
        var exploits = Optional.ofNullable(settings.entries().get("exploit"))
                .map(written -> List.of(written, Setting.word("none")))
                .orElseGet(Plan::exploits);
        var time = time();
        var candidates = Plan.candidates(slots, time, costs, exploits);
        if (candidates.isEmpty()) {
            throw new Fault(
                    4156,
                    "nothing fits into the time.",
                    Text.time(time) + " on " + Text.count(slots, "slot", "slots") + ", where " + said(costs) + ".",
                    "time for ten ready points of a few members.",
                    "raise --hours or --slots, or say by --costs what work takes.");
        }
        var advice = Plan.advise(candidates, seeds, c -> simulation(c, settings, folder));
        if (format.format() == Format.TABLE) {
            print(out, advice, costs, specification);
        } else {
            document(advice).print(out, format.format());
        }
        out.flush();
        return 0;
    }

    private Duration time() {
        if (!(hours > 0 && hours < 1e6)) {
            throw new Fault(4157, "no time to plan.", "--hours " + hours + ".", "hours above 0.", "say, --hours 6.");
        }
        return Duration.ofMillis((long) (hours * 3.6e6));
    }

    private Simulation simulation(Candidate candidate, Setting.Mapping settings, Path folder) {
        var own = candidate.in(settings);
        var stand = model.of(Specification.read(own), folder, candidate.steps());
        return new Simulation(own, Wiring::tuner, stand, slots, Conditions.IDEAL);
    }

    private static String said(Costs costs) {
        return "a step takes %s ms, an evaluation %s ms, a save %s ms, a load %s ms"
                .formatted(
                        Text.number(costs.step().toNanos() / 1e6),
                        Text.number(costs.evaluate().toNanos() / 1e6),
                        Text.number(costs.save().toNanos() / 1e6),
                        Text.number(costs.load().toNanos() / 1e6));
    }

    private void print(PrintWriter out, Plan.Advice advice, Costs costs, Specification written) {
        var metric = written.metric();
        out.printf(
                "'%s' in %s on %s: %d candidates, each simulated %s%n",
                written.name(),
                Text.time(time()),
                Text.count(slots, "slot", "slots"),
                advice.best().size(),
                Text.count(seeds, "time", "times"));
        out.println("  its trainer: "
                + model.of(written, ModelOption.folder(file), 1).what() + "; " + said(costs));
        out.println();
        var table = new Table(
                "",
                "population",
                written.unit() + "s each",
                "ready every",
                "exploit",
                metric.name(),
                "95 % interval",
                "decisions",
                "copies",
                "wall-clock",
                "slot-hours");
        for (var estimated :
                advice.best().subList(0, Math.min(SHOWN, advice.best().size()))) {
            table.row(row(estimated, advice, written));
        }
        table.print(out, "  ");
        out.println();
        out.println(
                "  Those marked * cannot be told from the first (the 95 % interval of the difference holds 0): take what suits"
                        + " you.");
        out.println("  The first was chosen among all of these, which flatters it: --seeds "
                + 4 * seeds
                + " would tell more apart.");
        if (model.madeUp(written)) {
            out.println(
                    "  Nothing is known of the real trainer: run something small first and give it as --from NAME.");
        }
        var best = advice.best().getFirst().candidate();
        out.println();
        out.println("  In the file:");
        out.println("    population: " + best.population());
        out.println("    budget: {steps: " + best.steps() + "}");
        out.println("    ready: {every: " + best.every() + "}");
        out.println("    exploit: " + best.exploit());
    }

    private List<String> row(Estimated estimated, Plan.Advice advice, Specification written) {
        var candidate = estimated.candidate();
        int place = advice.best().indexOf(estimated);
        var metric = written.metric();
        var cost = estimated.cost();
        return List.of(
                advice.tied().get(place) ? "*" : "",
                candidate.population() + "",
                candidate.steps() + "",
                candidate.every() + "",
                candidate.exploit().toString(),
                Text.number(metric.oriented(estimated.score().value())),
                estimated
                        .score()
                        .interval()
                        .map(i -> {
                            double one = metric.oriented(i.low());
                            double other = metric.oriented(i.high());
                            return Text.number(Math.min(one, other)) + " to " + Text.number(Math.max(one, other));
                        })
                        .orElse("-"),
                cost.tally().decisions() + "",
                cost.tally().copies() + "",
                Text.time(cost.elapsed()),
                Text.number(slots * cost.elapsed().toNanos() / 3.6e12));
    }

    private Document document(Plan.Advice advice) {
        return new Document()
                .with("slots", slots)
                .with("hours", hours)
                .with(
                        "candidates",
                        advice.best().stream()
                                .map(e -> new Document()
                                        .with(
                                                "tied",
                                                advice.tied().get(advice.best().indexOf(e)))
                                        .with("population", e.candidate().population())
                                        .with("steps", e.candidate().steps())
                                        .with("every", e.candidate().every())
                                        .with("exploit", e.candidate().exploit())
                                        .with("scores", e.scores())
                                        .with("decisions", e.cost().tally().decisions())
                                        .with("copies", e.cost().tally().copies())
                                        .with("seconds", e.cost().elapsed().toNanos() / 1e9))
                                .toList());
    }
}
