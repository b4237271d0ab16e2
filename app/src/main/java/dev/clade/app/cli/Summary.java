package dev.clade.app.cli;

import dev.clade.population.Finals.Winner;
import dev.clade.population.Lineage;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a run says at its end.
final class Summary {

    private static final int LINES = 8;

    private Summary() {}

    static void print(PrintWriter out, Population end, Winner winner, Lineage lineage, Path best, Path schedule) {
        var specification = end.specification();
        var metric = specification.metric();
        out.println();
        out.printf(
                "Winner: member %s, %s %s, measured afresh at the end (%d candidates)%n",
                winner.pair().member(),
                metric.name(),
                reading(winner.measured(), metric.name()),
                end.finals().orElseThrow().candidates().size());
        winner.report()
                .ifPresent(report -> specification
                        .report()
                        .ifPresent(r -> out.printf("Report: %s %s%n", r.name(), reading(report, r.name()))));
        control(end).ifPresent(line -> out.println(line));
        out.printf(
                "Lineage: %s founders of %d in the winner's ancestry, %d copies among %d segments, %d %ss of its weights%n",
                founders(lineage),
                end.size(),
                copies(lineage),
                lineage.segments().size(),
                winner.pair().lineageStep(),
                specification.unit());
        out.println("Schedule:");
        stages(lineage)
                .forEach(stage ->
                        out.printf("  from %s %8d  %s%n", specification.unit(), stage.from(), values(stage.values())));
        out.printf("Best model: %s%nWhole schedule: %s%n", best, schedule);
        out.flush();
    }

    private static Optional<String> control(Population end) {
        var finals = end.finals().orElseThrow();
        var specification = end.specification();
        for (int i = 0; i < finals.candidates().size(); i++) {
            MemberId member = finals.candidates().get(i).member();
            if (specification.control(member) && finals.results().get(i).isPresent()) {
                return Optional.of(
                        "Best of the " + specification.controls() + " controls, which neither give nor take: "
                                + reading(
                                        finals.results().get(i).get(),
                                        specification.metric().name()));
            }
        }
        return Optional.empty();
    }

    private static long founders(Lineage lineage) {
        return lineage.segments().stream()
                .filter(s -> s.source() instanceof dev.clade.population.Segment.Source.Fresh)
                .count();
    }

    private static long copies(Lineage lineage) {
        return lineage.segments().stream()
                .filter(s -> s.source() instanceof dev.clade.population.Segment.Source.Copied)
                .count();
    }

    /// At most [#LINES] stages, evenly spread, the last among them.
    private static List<Lineage.Stage> stages(Lineage lineage) {
        var all = lineage.schedule();
        if (all.size() <= LINES) {
            return all;
        }
        return Stream.iterate(0, i -> i + 1)
                .limit(LINES)
                .map(i -> all.get((int) ((long) i * (all.size() - 1) / (LINES - 1))))
                .toList();
    }

    private static String values(Hyperparameters values) {
        return values.active().entrySet().stream()
                .map(e -> e.getKey() + "=" + shortly(e.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String shortly(Value value) {
        return switch (value) {
            case Value.Real real -> "%.4g".formatted(real.value());
            case Value.Vector vector ->
                vector.elements().stream().map(Summary::shortly).collect(Collectors.joining(" ", "[", "]"));
            case Value.Whole whole -> whole.toString();
            case Value.Flag flag -> flag.toString();
            case Value.Text text -> text.toString();
        };
    }

    /// The mean of the samples with its standard error.
    static String reading(Evaluation evaluation, String metric) {
        return evaluation.metrics().get(metric) instanceof Reading.Finite finite
                ? "%.4g (standard error %.2g, %d samples)"
                        .formatted(
                                finite.mean(), error(finite), finite.samples().size())
                : "not measured";
    }

    private static double error(Reading.Finite finite) {
        int n = finite.samples().size();
        double mean = finite.mean();
        double sum = finite.samples().stream()
                .mapToDouble(s -> (s - mean) * (s - mean))
                .sum();
        return n < 2 ? 0 : Math.sqrt(sum / (n - 1) / n);
    }
}
