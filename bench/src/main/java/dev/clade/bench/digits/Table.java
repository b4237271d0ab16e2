package dev.clade.bench.digits;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/// What is printed of all experiments, seeds paired.
final class Table {

    private final SortedMap<Long, Map<Arm, Outcome>> bySeed;

    Table(SortedMap<Long, Map<Arm, Outcome>> bySeed) {
        this.bySeed = bySeed;
    }

    void print(PrintStream out) {
        out.printf(
                "%n%d seeds, %d to %d; mean [95 %% interval by Student's t]%n",
                bySeed.size(), bySeed.firstKey(), bySeed.lastKey());
        out.printf("initial hyperparameters of a seed: %s%n", equalDraws() ? "equal in all arms" : "NOT EQUAL");
        for (var arm : Arm.values()) {
            out.printf("%n%s%n", arm.title());
            out.printf(
                    "  test accuracy of the chosen member, %%   %s%n",
                    mean(arm, Outcome::test).percent());
            out.printf(
                    "  its validation accuracy, %%              %s%n",
                    mean(arm, Outcome::validation).percent());
            out.printf(
                    "  population mean, validation, %%          %s%n",
                    mean(arm, Outcome::mean).percent());
            out.printf(
                    "  steps, evaluations, copies (mean)       %.0f, %.0f, %.0f%n",
                    mean(arm, Outcome::steps).value(),
                    mean(arm, Outcome::evaluations).value(),
                    mean(arm, Outcome::copies).value());
            out.printf("  own steps to random search's accuracy   %s%n", stepsToRandom(arm));
        }
        out.printf("%npaired differences of test accuracy, points%n");
        difference(out, Arm.PBT, Arm.RANDOM);
        difference(out, Arm.PBT, Arm.COSINE);
        difference(out, Arm.COSINE, Arm.RANDOM);
    }

    private boolean equalDraws() {
        return bySeed.values().stream()
                .allMatch(arms ->
                        arms.values().stream().map(Outcome::drawn).distinct().count() == 1);
    }

    private Mean mean(Arm arm, ToDoubleFunction<Outcome> what) {
        return Mean.of(of(arm).stream().map(what::applyAsDouble).toList());
    }

    private List<Outcome> of(Arm arm) {
        return bySeed.values().stream().map(arms -> in(arms, arm)).toList();
    }

    private static Outcome in(Map<Arm, Outcome> arms, Arm arm) {
        return java.util.Objects.requireNonNull(arms.get(arm));
    }

    private void difference(PrintStream out, Arm one, Arm other) {
        var difference = Mean.of(bySeed.values().stream()
                .map(arms -> in(arms, one).test() - in(arms, other).test())
                .toList());
        out.printf("  %s - %s:  %s%n", one.title(), other.title(), difference.points());
    }

    /// When the best member so far reads what the member that random search chose, of the same seed, read in the end.
    private String stepsToRandom(Arm arm) {
        var steps = bySeed.values().stream()
                .map(arms -> in(arms, arm).reaches(in(arms, Arm.RANDOM).validation()))
                .toList();
        var reached =
                steps.stream().mapToLong(s -> s.orElse(Long.MAX_VALUE)).sorted().toArray();
        long never = Arrays.stream(reached).filter(s -> s == Long.MAX_VALUE).count();
        return String.format(Locale.ROOT, "median %s; %d of %d never", word(median(reached)), never, reached.length);
    }

    /// The lower one of an even number.
    private static long median(long[] sorted) {
        return sorted[(sorted.length - 1) / 2];
    }

    private static String word(long steps) {
        return steps == Long.MAX_VALUE ? "never" : Long.toString(steps);
    }

    /// One line for each experiment, as it ends.
    static String line(long seed, Arm arm, Outcome outcome, double seconds) {
        return String.format(
                Locale.ROOT,
                "seed %d  %-28s test %.2f  validation %.2f  mean %.2f  steps %d  copies %d  %.0f s",
                seed,
                arm.title(),
                100 * outcome.test(),
                100 * outcome.validation(),
                100 * outcome.mean(),
                outcome.steps(),
                outcome.copies(),
                seconds);
    }

    static Map<Arm, Outcome> arms() {
        return new EnumMap<>(Arm.class);
    }
}
