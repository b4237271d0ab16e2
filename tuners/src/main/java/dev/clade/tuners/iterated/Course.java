package dev.clade.tuners.iterated;

import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import dev.clade.tune.Allowance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where a population stands in its iterations, as its segments tell it. All members share a clock: what weights have
/// seen, or what the member itself has trained where that is more. A restart is a segment that begins with a blend; the
/// clock at which it begins begins an iteration.
///
/// @param first the interval of the first iteration, in steps
/// @param restarts the clocks of the restarts
record Course(Population seen, Settings settings, long first, List<Long> restarts) {

    Course {
        restarts = List.copyOf(restarts);
    }

    static Course of(Population seen, Settings settings, long first) {
        var restarts = new TreeSet<Long>();
        for (var member : seen.members()) {
            for (var segment : member.segments()) {
                if (segment.source() instanceof Source.Blended) {
                    restarts.add(segment.startLineage());
                }
            }
        }
        return new Course(seen, settings, first, new ArrayList<>(restarts));
    }

    // ---- the clock

    /// The clock at which the iteration began.
    long began() {
        return restarts.isEmpty() ? 0 : restarts.getLast();
    }

    /// The interval of the iteration.
    long interval() {
        return interval(restarts.size());
    }

    private long interval(int iteration) {
        return Math.max(1, Math.round(first * StrictMath.pow(settings.longer(), iteration)));
    }

    /// Who has not begun stands where the iteration began.
    long clock(Member member) {
        return member.decided() == 0 ? began() : Math.max(member.step(), member.lineageStep());
    }

    static long clock(Pair pair) {
        return Math.max(pair.step(), pair.lineageStep());
    }

    /// The end of the outer step that begins at a clock.
    long end(long clock) {
        return began() + (Math.floorDiv(clock - began(), interval()) + 1) * interval();
    }

    /// Whether a member is still in the iteration before.
    boolean before(Member member) {
        return member.segment().map(Course::start).orElse(0L) < began();
    }

    /// Whether the segment that it ended was the first of the iteration.
    private boolean started(Member member) {
        return member.segment().map(Course::start).orElse(-1L) == began();
    }

    static long start(Segment segment) {
        return Math.max(segment.startStep(), segment.startLineage());
    }

    // ---- who takes part

    /// How many members the population keeps: all but the controls.
    int kept() {
        return seen.specification().population() - seen.specification().controls();
    }

    private int surplus() {
        return (int) Math.round((settings.larger() - 1) * kept());
    }

    /// Members that the iterations so far begin with, whether they exist yet or not.
    int enrolled() {
        return seen.specification().population() + surplus() * (1 + restarts.size());
    }

    /// Members that may exist: as many are at work as the population has, so whoever is more than those comes when
    /// others have ended the first outer step of the iteration, and wait.
    int members() {
        long working = seen.members().stream()
                .filter(m -> m.live() && (seen.specification().control(m.id()) || clock(m) == began()))
                .count();
        long room = Math.max(0, seen.specification().population() - working);
        return (int) Math.min(enrolled(), seen.size() + room);
    }

    private List<Member> evolving() {
        return seen.members().stream()
                .filter(m -> m.ranked() && !seen.specification().control(m.id()))
                .toList();
    }

    private List<Member> live() {
        return evolving().stream().filter(Member::live).toList();
    }

    /// Enrolled members of this iteration that live and have still to come to a clock.
    TreeSet<MemberId> missing(long clock) {
        var missing = new TreeSet<MemberId>();
        live().stream().filter(m -> clock(m) >= began() && clock(m) < clock).forEach(m -> missing.add(m.id()));
        return missing;
    }

    /// The clock of the slowest that are not over, or that have still to exist.
    Optional<Long> slowest() {
        return seen.size() < enrolled()
                ? Optional.of(began())
                : live().stream().map(this::clock).filter(c -> c >= began()).min(Comparator.naturalOrder());
    }

    // ---- who is best

    /// The pairs that ended at a clock, best first; as many as are kept. Ties are in member order.
    List<Pair> leaders(long clock) {
        var pairs = new ArrayList<Pair>();
        evolving().forEach(m -> at(m, clock).ifPresent(pairs::add));
        return pairs.stream()
                .sorted(Comparator.comparingDouble((Pair p) -> -score(p)).thenComparing(Pair::member))
                .limit(kept())
                .toList();
    }

    private static Optional<Pair> at(Member member, long clock) {
        for (var segment : member.segments().reversed()) {
            var pair = segment.pair();
            if (pair.isPresent() && clock(pair.get()) <= clock) {
                return pair.filter(p -> clock(p) == clock);
            }
        }
        return Optional.empty();
    }

    /// Whether its weights have seen all of the clock: not those that a member began anew with, after
    /// failures. Only such pairs give, so that whoever takes them stands at the clock too.
    static boolean whole(Pair pair) {
        return pair.lineageStep() >= pair.step();
    }

    /// The best at a clock whose weights others may take.
    List<Pair> donors(long clock) {
        return leaders(clock).stream()
                .filter(p -> whole(p) && Double.isFinite(score(p)))
                .toList();
    }

    double score(Pair pair) {
        return metric().score(pair.evaluation());
    }

    private Metric metric() {
        return seen.specification().metric();
    }

    /// The best score at the end of each outer step of the iteration.
    List<Double> bests() {
        var bests = new TreeMap<Long, Double>();
        for (var member : evolving()) {
            for (var segment : member.segments().reversed()) {
                if (start(segment) < began()) {
                    break;
                }
                segment.pair()
                        .filter(p -> Double.isFinite(score(p)))
                        .ifPresent(p -> bests.merge(clock(p), score(p), Math::max));
            }
        }
        return List.copyOf(bests.values());
    }

    // ---- restarts

    /// Whether a member has ended the first outer step of the iteration and is not of those that are kept: it stops at
    /// its next decision. Known once all have ended that step.
    boolean surplus(Member member) {
        return rests(member)
                && started(member)
                && leaders(clock(member)).stream().noneMatch(p -> p.member().equals(member.id()));
    }

    /// Whether everybody has ended the same outer step, nobody has begun the next, the best score stagnates, and two
    /// longer steps still fit: the first for all who start.
    boolean due() {
        var live = live();
        return !live.isEmpty()
                && seen.size() >= enrolled()
                && live.stream().allMatch(m -> rests(m) && clock(m) == clock(live.getFirst()))
                && clock(live.getFirst()) > began()
                && fits(clock(live.getFirst()))
                && !donors(clock(live.getFirst())).isEmpty()
                && Stagnation.of(bests(), settings.patience());
    }

    private static boolean rests(Member member) {
        return member.failure().isEmpty()
                && member.segment()
                        .filter(s -> s.outcome() instanceof Segment.Outcome.Finished)
                        .isPresent();
    }

    /// The course once everybody restarts where they stand.
    Course restarted() {
        var more = new ArrayList<>(restarts);
        more.add(slowest().orElseThrow());
        return new Course(seen, settings, first, more);
    }

    private boolean fits(long clock) {
        long longer = interval(restarts.size() + 1);
        boolean own = seen.specification()
                .budget()
                .steps()
                .filter(steps -> clock + 2 * longer > steps)
                .isEmpty();
        return own
                && Allowance.total(seen)
                        .filter(total -> total - seen.reserved() - ofControls() < (2L * kept() + surplus()) * longer)
                        .isEmpty();
    }

    /// Steps that controls have still to train: the same sum pays for them.
    private long ofControls() {
        var specification = seen.specification();
        long each = specification.budget().steps().orElse(0L);
        return seen.members().stream()
                .filter(m -> m.live() && specification.control(m.id()))
                .mapToLong(m -> Math.max(0, each - m.step()))
                .sum();
    }
}
