package dev.clade.study.compare;

import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome.Finished;
import dev.clade.population.Specification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What experiments cost.
///
/// @param steps trained by all members, in segments that finished
/// @param budget the steps that they might have trained; 0 where the budget does not count steps
/// @param evaluations in training, of copies too; the finals are the same for all
/// @param copies of weights from one member to another
/// @param training time from the first segment's start to the end of training, on the running clock
/// @param finals time of the finals
/// @param failed segments that failed
/// @param ahead members that ended early because the weights that they took over had trained further than
///     they had
/// @param stopped members that their tuner stopped
/// @param endings why experiments ended, where not by their steps
public record Spent(
        double steps,
        double budget,
        double evaluations,
        double copies,
        Duration training,
        Duration finals,
        long failed,
        long ahead,
        long stopped,
        SortedSet<String> endings) {

    /// An arm that trained less than this share of the budget did not compete on equal terms.
    public static final double EQUAL = 0.95;

    static final Spent NOTHING = new Spent(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0, new TreeSet<>());

    /// @param training from the first start to the end
    /// @param finals the rest
    static Spent of(Population end, Duration training, Duration finals) {
        var specification = end.specification();
        var segments =
                end.members().stream().flatMap(m -> m.segments().stream()).toList();
        var endings = new TreeSet<String>();
        end.ended().filter(why -> !why.equals(Specification.OVER_BUDGET)).ifPresent(endings::add);
        return new Spent(
                segments.stream().mapToLong(Spent::trained).sum(),
                budget(specification),
                segments.stream().mapToLong(Spent::evaluations).sum() * (double) specification.repeats(),
                segments.stream().filter(Spent::copied).count(),
                training,
                finals,
                segments.stream()
                        .filter(s -> s.outcome() instanceof Segment.Outcome.Failed)
                        .count(),
                ahead(end),
                end.members().stream().filter(Spent::stopped).count(),
                endings);
    }

    private static double budget(Specification specification) {
        var budget = specification.budget();
        double each =
                budget.steps().map(s -> (double) s * specification.population()).orElse(Double.MAX_VALUE);
        double all = budget.totalSteps().map(Long::doubleValue).orElse(Double.MAX_VALUE);
        double least = Math.min(each, all);
        return least == Double.MAX_VALUE ? 0 : least;
    }

    static long trained(Segment segment) {
        return segment.pair().map(pair -> pair.step() - segment.startStep()).orElse(0L);
    }

    private static long evaluations(Segment segment) {
        long within = segment.outcome() instanceof Finished finished
                ? finished.measured().size()
                : 0;
        return within + (segment.copied().isPresent() ? 1 : 0);
    }

    private static boolean copied(Segment segment) {
        return switch (segment.source()) {
            case Segment.Source.Copied copied -> true;
            case Segment.Source.Blended blended -> !blended.pair().member().equals(segment.member());
            case Segment.Source.Own own -> false;
            case Segment.Source.Fresh fresh -> false;
        };
    }

    /// Members that were over before they had trained what they might, though no total was spent: the
    /// weights that they took over, or were about to, had trained to the end already.
    private static long ahead(Population end) {
        var budget = end.specification().budget();
        boolean shared = budget.totalSteps().isPresent()
                || end.size() > end.specification().population();
        return budget.steps().filter(s -> !shared).stream()
                .mapToLong(s -> end.members().stream()
                        .filter(m -> m.step() < s && !stopped(m))
                        .count())
                .sum();
    }

    private static boolean stopped(Member member) {
        return member.ended()
                .filter(why -> !why.equals(Specification.OVER_BUDGET))
                .isPresent();
    }

    /// Both together.
    Spent and(Spent other) {
        var both = new TreeSet<>(endings);
        both.addAll(other.endings);
        return new Spent(
                steps + other.steps,
                budget + other.budget,
                evaluations + other.evaluations,
                copies + other.copies,
                training.plus(other.training),
                finals.plus(other.finals),
                failed + other.failed,
                ahead + other.ahead,
                stopped + other.stopped,
                both);
    }

    /// The share of each of `n` experiments that were added up; counts of members and segments stay sums.
    Spent each(int n) {
        return new Spent(
                steps / n,
                budget / n,
                evaluations / n,
                copies / n,
                training.dividedBy(n),
                finals.dividedBy(n),
                failed,
                ahead,
                stopped,
                endings);
    }

    /// The share of the steps of the budget that was trained; none where the budget counts no steps.
    public Optional<Double> share() {
        return budget > 0 ? Optional.of(steps / budget) : Optional.empty();
    }

    /// Why so much less was trained than the budget allows, in words; none where it was not.
    public Optional<String> shortfall() {
        if (share().filter(s -> s < EQUAL).isEmpty()) {
            return Optional.empty();
        }
        var reasons = new ArrayList<String>();
        endings.forEach(why -> reasons.add("experiments ended: " + why));
        add(reasons, ahead, "ended early: weights to take over had trained to the end (synchronous: true avoids it)");
        add(reasons, stopped, "stopped by the tuner");
        if (failed > 0) {
            reasons.add(failed + (failed == 1 ? " segment" : " segments") + " failed");
        }
        return Optional.of(reasons.isEmpty() ? "its tuner asked for no more" : String.join("; ", reasons));
    }

    private static void add(List<String> reasons, long members, String what) {
        if (members > 0) {
            reasons.add(members + (members == 1 ? " member " : " members ") + what);
        }
    }
}
