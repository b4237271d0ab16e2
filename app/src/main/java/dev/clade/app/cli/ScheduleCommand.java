package dev.clade.app.cli;

import dev.clade.fault.Fault;
import dev.clade.population.Lineage;
import dev.clade.study.replay.Knots;
import dev.clade.study.replay.Replay;
import dev.clade.study.replay.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `clade schedule NAME`.
@Command(
        name = "schedule",
        description = "The schedule of hyperparameters that made the best model, as data or as code.")
final class ScheduleCommand implements Callable<Integer> {

    /// How a schedule is written.
    enum Form {
        YAML,
        TABLE,
        CSV,
        JSON,
        PYTORCH,
        OPTAX,
        KERAS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// A form by its word.
        static final class Reader implements ITypeConverter<Form> {
            @Override
            public Form convert(String word) {
                return Arrays.stream(values())
                        .filter(f -> f.toString().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of "
                                + Arrays.stream(values()).map(Form::toString).collect(Collectors.joining(", "))));
            }
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Named named = new Named();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = Form.Reader.class,
            description = "yaml (default), table, csv, json; or code: pytorch, optax, keras.")
    private Form form = Form.YAML;

    @Option(
            names = "--knots",
            paramLabel = "K",
            description = "Smooth it to at most K knots, between which numbers move in straight lines (default: as it"
                    + " was found).")
    private Optional<Integer> knots = Optional.empty();

    @Override
    public Integer call() throws IOException {
        knots.ifPresent(ScheduleCommand::enough);
        return named.open(held -> {
            var seen = Seen.of(held);
            var best = seen.someBest();
            var lineage = Lineage.of(seen.population(), best.pair());
            var out = spec.commandLine().getOut();
            out.print(
                    knots.isPresent()
                            ? smooth(form, seen, best, Replay.smooth(seen.population(), lineage, knots.get()))
                            : text(form, seen, best, lineage));
            out.flush();
            if (best.provisional()) {
                spec.commandLine()
                        .getErr()
                        .println("Provisional: '" + held.name() + "' has not ended; this is the lineage of the best"
                                + " single reading so far.");
            }
            return 0;
        });
    }

    /// @throws Fault 4140 for too few knots
    static void enough(int knots) {
        if (knots < Knots.FEWEST) {
            throw new Fault(
                    4140,
                    "a schedule has a beginning and an end.",
                    "--knots " + knots + ".",
                    Knots.FEWEST + " or more.",
                    "write --knots " + Knots.DEFAULT + ", or leave it out.");
        }
    }

    static String text(Form form, Seen seen, Seen.Best best, Lineage lineage) {
        var space = seen.specification().space();
        return switch (form) {
            case YAML -> ScheduleText.document(seen, best, lineage).yaml();
            case JSON -> ScheduleText.document(seen, best, lineage).json();
            case TABLE -> ScheduleText.table(lineage, seen.specification());
            case CSV -> ScheduleText.csv(lineage, space);
            case PYTORCH, OPTAX, KERAS ->
                ScheduleCode.of(
                        target(form),
                        title(seen, best, "A value holds from its step to the next; "),
                        Schedule.found(lineage),
                        space);
        };
    }

    /// A schedule that was smoothed.
    static String smooth(Form form, Seen seen, Seen.Best best, Knots knots) {
        var specification = seen.specification();
        return switch (form) {
            case YAML -> document(seen, best, knots).yaml();
            case JSON -> document(seen, best, knots).json();
            case TABLE -> ScheduleText.table(knots, specification);
            case CSV -> ScheduleText.csv(knots, specification.space());
            case PYTORCH, OPTAX, KERAS ->
                ScheduleCode.of(
                        target(form),
                        title(
                                seen,
                                best,
                                "Smoothed: between its steps a number moves in a straight line on its scale, all else"
                                        + " holds; "),
                        knots.schedule(),
                        specification.space());
        };
    }

    private static Document document(Seen seen, Seen.Best best, Knots knots) {
        return ScheduleText.document(seen.held().name(), seen.specification(), knots)
                .with("provisional", best.provisional());
    }

    private static ScheduleCode.Target target(Form form) {
        return ScheduleCode.Target.valueOf(form.name());
    }

    /// @param how values go from one step to the next, up to a semicolon
    private static List<String> title(Seen seen, Seen.Best best, String how) {
        var unit = seen.specification().unit();
        var title = new ArrayList<String>();
        title.add("The schedule that Clade found in the experiment '%s': %d %ss, to %s %s."
                .formatted(
                        seen.held().name(),
                        best.pair().lineageStep(),
                        unit,
                        seen.specification().metric().name(),
                        Text.number(seen.raw(best.evaluation()))));
        if (best.provisional()) {
            title.add("Provisional: the experiment has not ended.");
        }
        title.add(how + "a step is one %s of the weights, from 0.".formatted(unit));
        return title;
    }
}
