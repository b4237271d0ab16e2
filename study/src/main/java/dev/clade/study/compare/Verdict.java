package dev.clade.study.compare;

import dev.clade.study.compare.Comparison.Line;
import dev.clade.study.statistics.Estimate;
import dev.clade.study.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A comparison in plain words, that claim no more than its intervals.
record Verdict(Comparison comparison, Function<Double, String> number) {

    private static final double CHANCE = 100 * (1 - Interval.LEVEL);

    /// With five seeds; `VersusStatistics` measures it.
    private static final double FEW_CHANCE = 8;

    /// From so many seeds on, bootstrap intervals are as wide as they must be.
    private static final int ENOUGH = 10;

    List<String> sentences() {
        var said = new ArrayList<String>();
        for (var line : comparison.lines()) {
            if (!line.arm().name().equals(comparison.first())) {
                said.add(line.versus().map(v -> against(line, v)).orElseGet(() -> nothing(line)));
            }
        }
        open(said);
        many(said);
        few(said);
        timed(said);
        comparison.lines().forEach(line -> unequal(line, said));
        return List.copyOf(said);
    }

    private String nothing(Line line) {
        return "Nothing can be said of " + line.arm().name() + " and " + comparison.first()
                + ": no seed is complete in both.";
    }

    private String against(Line line, Versus versus) {
        var own = line.arm().name();
        var first = comparison.first();
        return switch (versus.claim()) {
            case NOTHING ->
                "With " + seeds(versus.pairs()) + " nothing can be said of " + own + " and " + first
                        + ": a difference of " + signed(versus.difference().value()) + " has no interval.";
            case OPEN ->
                "%s and %s are not told apart: over %s the difference is %s, and its interval, %s, holds 0."
                        .formatted(
                                own,
                                first,
                                seeds(versus.pairs()),
                                signed(versus.difference().value()),
                                interval(versus.difference()));
            case BETTER, WORSE ->
                "%s is %s than %s: over %s the difference in %s is %s, 95 %% interval %s; %s ended better in %d of %d."
                        .formatted(
                                own,
                                versus.claim() == Versus.Claim.BETTER ? "better" : "worse",
                                first,
                                seeds(versus.pairs()),
                                comparison.score().name(),
                                signed(versus.difference().value()),
                                interval(versus.difference()),
                                own,
                                versus.won(),
                                versus.pairs());
        };
    }

    private String interval(Estimate estimate) {
        return estimate.interval()
                .map(i -> signed(i.low()) + " to " + signed(i.high()))
                .orElse("none");
    }

    private String signed(double value) {
        return (value > 0 ? "+" : "") + number.apply(value);
    }

    private static String seeds(int count) {
        return count + (count == 1 ? " seed" : " seeds");
    }

    private void open(List<String> said) {
        boolean open = comparison.lines().stream()
                .flatMap(line -> line.versus().stream())
                .anyMatch(v -> v.claim() == Versus.Claim.OPEN);
        if (open) {
            said.add("Not told apart is not equal: more seeds might tell them apart.");
        }
    }

    /// The more is compared, the likelier something looks better by chance (Bonferroni's bound).
    private void many(List<String> said) {
        var differences = comparison.lines().stream()
                .flatMap(line -> line.versus().stream())
                .map(Versus::difference)
                .filter(d -> d.interval().isPresent())
                .toList();
        double chance = differences.stream().mapToDouble(Verdict::chance).max().orElse(0);
        if (differences.size() > 1) {
            said.add(
                    "Each of these %d comparisons is wrong by chance in %.0f of 100; one or more of them in up to %.0f."
                            .formatted(differences.size(), chance, Math.min(100, differences.size() * chance)));
        }
    }

    /// In how many of 100 comparisons of equals an interval leaves 0 out; for few resampled seeds as
    /// measured.
    private static double chance(Estimate difference) {
        return difference.by() == Estimate.Method.BOOTSTRAP && difference.samples() < ENOUGH ? FEW_CHANCE : CHANCE;
    }

    private void few(List<String> said) {
        comparison.lines().stream()
                .flatMap(line -> line.versus().stream())
                .map(Versus::difference)
                .filter(d -> d.by() == Estimate.Method.STUDENT)
                .mapToInt(Estimate::samples)
                .min()
                .ifPresent(n -> said.add("Intervals of " + seeds(n)
                        + " are Student's t: right if differences are near normal, which so few cannot show. Five seeds"
                        + " or more need no such assumption."));
    }

    private void timed(List<String> said) {
        boolean timed = comparison.lines().stream()
                .flatMap(line -> line.spent().stream())
                .anyMatch(spent -> spent.share().isEmpty());
        if (timed) {
            said.add("The budget counts no steps: arms had equal time, and trained what this machine could in it.");
        }
    }

    private static void unequal(Line line, List<String> said) {
        line.spent()
                .ifPresent(spent -> spent.shortfall()
                        .ifPresent(why -> said.add("%s trained %.0f %% of the budget: %s."
                                .formatted(
                                        line.arm().name(), 100 * spent.share().orElse(0.0), why))));
    }
}
