package dev.clade.app.cli;

import dev.clade.population.Lineage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    @Override
    public Integer call() throws IOException {
        return named.open(held -> {
            var seen = Seen.of(held);
            var best = seen.someBest();
            var lineage = Lineage.of(seen.population(), best.pair());
            var out = spec.commandLine().getOut();
            out.print(text(form, seen, best, lineage));
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

    static String text(Form form, Seen seen, Seen.Best best, Lineage lineage) {
        var space = seen.specification().space();
        return switch (form) {
            case YAML -> ScheduleText.document(seen, best, lineage).yaml();
            case JSON -> ScheduleText.document(seen, best, lineage).json();
            case TABLE -> ScheduleText.table(lineage, seen.specification());
            case CSV -> ScheduleText.csv(lineage, space);
            case PYTORCH -> ScheduleCode.of(ScheduleCode.Target.PYTORCH, title(seen, best), lineage, space);
            case OPTAX -> ScheduleCode.of(ScheduleCode.Target.OPTAX, title(seen, best), lineage, space);
            case KERAS -> ScheduleCode.of(ScheduleCode.Target.KERAS, title(seen, best), lineage, space);
        };
    }

    private static List<String> title(Seen seen, Seen.Best best) {
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
        title.add("A value holds from its step to the next; a step is one %s of the weights, from 0.".formatted(unit));
        return title;
    }
}
