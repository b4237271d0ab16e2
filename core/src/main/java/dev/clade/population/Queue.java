package dev.clade.population;

import dev.clade.population.Member.Status;
import dev.clade.random.Philox;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Which member is due next where slots are fewer than members.
///
/// A segment that was begun goes on before others begin. Lower orders of plans go first. Among equals nobody gets
/// more than [#AHEAD] segments ahead of the slowest; within that the order is drawn anew for each segment, by key.
/// A fixed order would be wrong: members that take turns in it always meet at the same step, and twins in score tie
/// for ever.
public final class Queue {

    /// How many segments a member may be ahead of the slowest live one when it begins another: so it is at most two
    /// ready
    /// points ahead when that ends. Ours.
    public static final int AHEAD = 1;

    private Queue() {}

    /// Whether a member has something to do for a worker that it has none of.
    public static boolean due(Population population, Member member) {
        if (population.ended().isPresent()) {
            return population
                    .finals()
                    .flatMap(f -> f.due(member.id(), population.specification()))
                    .isPresent();
        }
        return switch (member.status()) {
            case UNDECIDED -> !population.held(member);
            case DECIDED, RUNNING, PAUSED -> true;
            case WAITING, ENDED -> false;
        };
    }

    /// The member that is due first among the free ones.
    public static Optional<MemberId> next(Population population, Predicate<MemberId> free) {
        int slowest = population.members().stream()
                .filter(Member::live)
                .mapToInt(Member::decided)
                .min()
                .orElse(0);
        long seed = population.specification().seed();
        return population.members().stream()
                .filter(m -> free.test(m.id()) && due(population, m))
                .min(Comparator.comparing((Member m) -> !begun(m))
                        .thenComparingLong(Queue::order)
                        .thenComparingInt(m -> Math.max(0, m.decided() - slowest - AHEAD))
                        .thenComparingLong(m -> Philox.keyed(seed, m.id().index(), m.decided(), "turn")
                                .nextLong())
                        .thenComparing(Member::id))
                .map(Member::id);
    }

    /// Whether its segment has begun, and lost its worker.
    private static boolean begun(Member member) {
        return member.status() == Status.RUNNING || member.status() == Status.PAUSED;
    }

    private static long order(Member member) {
        boolean planned = member.status() != Status.UNDECIDED && member.open();
        return planned ? member.segment().orElseThrow().plan().order() : Long.MIN_VALUE;
    }
}
