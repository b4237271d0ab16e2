package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment.Outcome;

/// Ready as often as differences between members can be seen above the noise of their evaluations. With N members, e2
/// the variance of one evaluation and d2 that of true gains over an interval, `r = d2 / (d2 + 2 e2)` is how much of a
/// measured gain is true. One interval for the population:
///
/// ```
/// e2 = variance of an evaluation's n samples / n;
///      with n = 1 the mean of (s_t - 2 s_(t-1) + s_(t-2))^2 / 6 over equal intervals without a copy; the last 4 N
/// d2 = max(0, variance over members of s_t - s_(t-1), less 2 e2); the last 2 N since the interval changed
/// r < 0.5: interval times sqrt 2     r > 0.8: divided by sqrt 2     fewer than 4 gains: kept
/// ```
///
/// The rule is applied once a round: when all members have the outcome of their n-th segment, to the outcomes of
/// segments up to the n-th. So it goes at the pace of the slowest, and is the same in whatever order outcomes come. In
/// asynchronous mode the interval is never so short that evaluation, save and load take more than 5 % of its training.
/// It finds when a difference can be seen, not when it is right: `least` bounds greed.
///
/// @param interval in steps, before it is rounded
/// @param round the last that all members have ended
/// @param changed the round after which the interval is this
public record Adaptive(Bounds bounds, double interval, int round, int changed, Signal signal) implements Ready {

    /// Of the budget, where `start` and `most` are not given.
    public static final double DEFAULT_START = 0.01;

    public static final double DEFAULT_MOST = 0.05;

    /// Of `start`, where `least` is not given.
    public static final double DEFAULT_LEAST = 0.25;

    private static final double SEEN_TOO_LITTLE = 0.5;
    private static final double SEEN_EASILY = 0.8;
    private static final double FACTOR = StrictMath.sqrt(2);
    private static final double OVERHEAD = 0.05;
    private static final int GAINS = 2;
    private static final int NOISES = 4;

    /// How many outcomes a member are kept: enough for its 4 estimates of noise where every second has none.
    private static final int KEPT = 8;

    /// Between what the interval stays, in steps. `most` wins over the cost of evaluation.
    public record Bounds(double least, double most) {

        public Bounds {
            if (!(least > 0 && least <= most && most < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("no bounds: " + least + ", " + most);
            }
        }

        double clipped(double interval, double floor) {
            return Math.min(most, Math.max(Math.max(least, floor), interval));
        }
    }

    public Adaptive {
        if (!(interval >= bounds.least && interval <= bounds.most)) {
            throw new IllegalArgumentException(interval + " is not within " + bounds);
        }
    }

    /// Before anything is known.
    public static Adaptive from(double start, double least, double most) {
        return new Adaptive(new Bounds(least, most), start, 0, 0, Signal.NONE);
    }

    /// The interval in steps, as members are told it.
    public long steps() {
        return Math.max(1, Math.round(interval));
    }

    @Override
    public Plan next(MemberId who, Population seen) {
        return new Plan(new Until.Steps(seen.member(who).step() + steps()), 1, true, 0);
    }

    @Override
    public Because explained(Because because) {
        return because.and("interval", steps());
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Ready learn(Entry entry, Population after) {
        return switch (entry.event()) {
            case Event.SegmentFinished e -> told(after, e).rounded(after);
            case Event.MemberFailed e -> rounded(after);
            case Event.MemberRetired e -> rounded(after);
            case Event.Decided e -> e.decision() instanceof Decision.Stop ? rounded(after) : this;
            default -> this;
        };
    }

    private Adaptive told(Population after, Event.SegmentFinished event) {
        var member = after.member(event.member());
        if (event.segment() <= round || !counts(after, member)) {
            return this;
        }
        var segment = member.segment(event.segment());
        return segment.outcome() instanceof Outcome.Finished finished
                ? new Adaptive(
                        bounds, interval, round, changed, signal.with(after.specification(), member, segment, finished))
                : this;
    }

    /// Controls and members that are not ranked have gains of another kind; those who came later have no early rounds.
    private static boolean counts(Population population, Member member) {
        var specification = population.specification();
        return member.ranked()
                && !specification.control(member.id())
                && member.id().index() < specification.population();
    }

    private Adaptive rounded(Population after) {
        int first = after.specification().population();
        boolean open = after.size() < first
                || after.members().stream().anyMatch(m -> m.live() && outcomes(m) <= round && counts(after, m));
        if (open) {
            return this;
        }
        var counted = after.members().stream().filter(m -> counts(after, m)).toList();
        int rounds = counted.stream()
                .filter(Member::live)
                .mapToInt(Adaptive::outcomes)
                .min()
                .orElseGet(() ->
                        counted.stream().mapToInt(Adaptive::outcomes).max().orElse(round));
        var next = this;
        for (int ended = round + 1; ended <= rounds; ended++) {
            next = next.ended(ended, first);
        }
        return next;
    }

    /// The last of a member's segments that has one.
    private static int outcomes(Member member) {
        return member.segment()
                .map(s -> s.outcome() instanceof Outcome.Open ? s.index() - 1 : s.index())
                .orElse(0);
    }

    private Adaptive ended(int ended, int members) {
        double next = bounds.clipped(interval * factor(ended, members), signal.floor(ended, GAINS * members, OVERHEAD));
        boolean moved = Math.max(1, Math.round(next)) != steps();
        return new Adaptive(bounds, next, ended, moved ? ended : changed, signal.latest(ended, KEPT * members));
    }

    private double factor(int ended, int members) {
        return signal.noise(ended, NOISES * members)
                .flatMap(e2 -> signal.differences(changed, ended, steps(), GAINS * members, e2)
                        .map(d2 -> d2 / (d2 + 2 * e2)))
                .map(r -> r < SEEN_TOO_LITTLE ? FACTOR : r > SEEN_EASILY ? 1 / FACTOR : 1)
                .orElse(1.0);
    }
}
