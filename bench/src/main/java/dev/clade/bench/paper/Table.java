package dev.clade.bench.paper;

import dev.clade.population.Specification;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Interval;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What is printed of all experiments, seeds paired.
///
/// @param against the arm that the others are compared with; with three arms or fewer, all are compared with all
record Table(Results results, Arm against) {

    private static final int FEW = 3;

    void print(PrintStream out) {
        var seeds = results.seeds();
        out.printf(
                "%n%s: %d seed%s, %d to %d; mean and 95 %% interval by %s%n",
                results.specification().name(),
                seeds.size(),
                seeds.size() == 1 ? "" : "s",
                seeds.getFirst(),
                seeds.getLast(),
                method());
        out.printf(
                "initial hyperparameters of a seed: %s%n",
                results.equalDraws() ? "equal in all arms of one population size that draw" : "NOT EQUAL");
        for (var measure : results.measures()) {
            print(out, measure);
        }
        costs(out);
        out.println();
        results.arms().forEach(arm -> out.printf("%s: %s%n", arm, arm.meaning()));
    }

    private String method() {
        var methods = results.arms().stream()
                .flatMap(arm -> results.estimate(arm, results.measures().getFirst()).stream())
                .map(Estimate::by)
                .distinct()
                .map(by -> switch (by) {
                    case BOOTSTRAP -> "expanded bootstrap";
                    case STUDENT -> "Student's t";
                    case NONE -> "nothing (one seed)";
                })
                .toList();
        return String.join(", ", methods);
    }

    // ---- what was measured

    private void print(PrintStream out, Measure measure) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("arm", "seeds", "mean", "95 % interval"));
        for (var arm : results.arms()) {
            results.estimate(arm, measure)
                    .ifPresent(e -> rows.add(List.of(
                            arm.name(), Integer.toString(e.samples()), Numbers.of(e.value()), interval(e, false))));
        }
        out.printf(
                "%n%s%s%n",
                measure.title(),
                measure.mode()
                        .map(m -> " (" + m.name().toLowerCase(Locale.ROOT) + ")")
                        .orElse(""));
        Columns.print(rows, out);
        var differences = new ArrayList<List<String>>();
        differences.add(
                List.of("difference", "seeds", "mean", "95 % interval", "P(" + word(measure) + ")", "95 % interval"));
        for (var pair : pairs()) {
            results.paired(pair.getFirst(), pair.getLast(), measure)
                    .ifPresent(p -> differences.add(List.of(
                            pair.getFirst() + " - " + pair.getLast(),
                            Integer.toString(p.difference().samples()),
                            Numbers.signed(p.difference().value()),
                            interval(p.difference(), true),
                            Numbers.of(p.better().value(), 3),
                            p.better().interval().map(i -> between(i, false)).orElse("-"))));
        }
        if (differences.size() > 1) {
            Columns.print(differences, out);
        }
    }

    private static String word(Measure measure) {
        return measure.mode().isPresent() ? "better" : "larger";
    }

    private List<List<Arm>> pairs() {
        var arms = results.arms();
        var pairs = new ArrayList<List<Arm>>();
        for (var one : arms) {
            for (var other : arms) {
                boolean asked = other.equals(against) && !one.equals(against);
                boolean all = arms.size() <= FEW
                        && !other.equals(against)
                        && !one.equals(against)
                        && arms.indexOf(one) < arms.indexOf(other);
                if (asked || all) {
                    pairs.add(List.of(one, other));
                }
            }
        }
        return pairs;
    }

    private static String interval(Estimate estimate, boolean signed) {
        return estimate.interval().map(i -> between(i, signed)).orElse("-");
    }

    private static String between(Interval interval, boolean signed) {
        return signed
                ? Numbers.signed(interval.low()) + " to " + Numbers.signed(interval.high())
                : Numbers.of(interval.low()) + " to " + Numbers.of(interval.high());
    }

    // ---- what it took

    private void costs(PrintStream out) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "arm",
                "population mean",
                "steps",
                "evaluations",
                "copies",
                "failed",
                "CPU s",
                "own steps to " + against + "'s score"));
        for (var arm : results.arms()) {
            rows.add(List.of(
                    arm.name(),
                    populations(arm),
                    mean(arm, r -> r.cost().steps(), 7),
                    mean(arm, r -> r.cost().evaluations(), 7),
                    mean(arm, r -> r.cost().copies(), 7),
                    mean(arm, r -> r.cost().failed(), 7),
                    mean(arm, r -> r.cost().cpu(), 3),
                    stepsTo(arm)));
        }
        out.printf(
                "%none experiment, on average; the population mean is of the members' last %s%n",
                results.specification().metric().name());
        Columns.print(rows, out);
    }

    private String populations(Arm arm) {
        var means = results.of(arm).values().stream()
                .flatMap(r -> r.population().stream().boxed())
                .toList();
        return Results.estimate(means)
                .map(e -> Numbers.of(e.value())
                        + e.interval().map(i -> ", " + between(i, false)).orElse(""))
                .orElse("-");
    }

    private String mean(Arm arm, ToDoubleFunction<Result> what, int digits) {
        return Numbers.of(
                results.of(arm).values().stream().mapToDouble(what).average().orElse(0), digits);
    }

    /// When the best member so far reads what the winner of the other arm, of the same seed, read in the end.
    private String stepsTo(Arm arm) {
        var selection = results.measures().getFirst();
        var others = results.values(against, selection);
        var own = results.of(arm);
        var reached = others.entrySet().stream()
                .flatMap(other -> Optional.ofNullable(own.get(other.getKey()))
                        .map(result -> reaches(result, selection, other.getValue()))
                        .stream())
                .mapToDouble(steps -> steps)
                .sorted()
                .toArray();
        if (reached.length == 0) {
            return "-";
        }
        double median = reached[(reached.length - 1) / 2];
        long never = Arrays.stream(reached).filter(Double::isInfinite).count();
        return String.format(
                Locale.ROOT,
                "median %s; %d of %d never",
                Double.isInfinite(median) ? "never" : Numbers.of(median, 7),
                never,
                reached.length);
    }

    private static double reaches(Result result, Measure selection, double score) {
        return result.curve().points().stream()
                .filter(p -> selection.oriented(p.value()) >= selection.oriented(score))
                .mapToDouble(p -> p.at())
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /// One line for each experiment, as it ends.
    static String line(long seed, Arm arm, Specification specification, Result result) {
        var said = new StringBuilder(String.format(Locale.ROOT, "seed %d  %-22s", seed, arm));
        for (var measure : Measure.of(specification, List.of(result))) {
            Optional<Double> value = measure.of(result);
            said.append("  ")
                    .append(measure.metric())
                    .append(' ')
                    .append(value.map(Numbers::of).orElse("none"));
        }
        var cost = result.cost();
        return said.append(String.format(
                        Locale.ROOT,
                        "  steps %d  copies %d  %.1f s CPU, %.1f s",
                        cost.steps(),
                        cost.copies(),
                        cost.cpu(),
                        cost.wall()))
                .toString();
    }
}
