package dev.clade.tune;

import dev.clade.population.Member;
import dev.clade.population.Population;
import java.util.Optional;

/// How many steps the budget leaves.
public final class Allowance {

    private Allowance() {}

    /// Steps that a member may still train on weights that have seen `lineage` steps.
    public static long of(Population seen, Member member, long lineage) {
        var specification = seen.specification();
        var budget = specification.budget();
        long own = budget.steps()
                .map(s -> Math.max(0, s - Math.max(member.step(), lineage)))
                .orElse(Long.MAX_VALUE - member.step());
        var most = total(seen);
        if (most.isEmpty()) {
            return own;
        }
        long total = Math.max(0, most.get() - seen.reserved());
        boolean shared =
                specification.synchrony().isPresent() && budget.totalSteps().isPresent();
        return Math.min(own, shared ? share(seen, member, total) : total);
    }

    /// Steps that all members together may train: what the budget says; where more members exist than the population
    /// has (a tuner that starts configurations, or restarts), what the population would have trained.
    public static Optional<Long> total(Population seen) {
        var specification = seen.specification();
        var budget = specification.budget();
        return budget.totalSteps()
                .or(() -> seen.size() > specification.population()
                        ? budget.steps().map(s -> s * specification.population())
                        : Optional.empty());
    }

    /// A barrier grants what is left to its generation, in equal parts, the remainder in member order. The first
    /// generation has no barrier before it: it shares all there is, whoever of it was decided first.
    private static long share(Population seen, Member member, long total) {
        if (member.decided() == 0) {
            long all = seen.specification().budget().totalSteps().orElseThrow();
            int count = seen.specification().population();
            return part(all, count, member.id().index());
        }
        return part(total, seen.live(), seen.liveBefore(member.id()));
    }

    private static long part(long total, int count, int place) {
        return total / count + (place < total % count ? 1 : 0);
    }
}
