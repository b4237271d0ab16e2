package dev.clade.population;

import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Member.Status;
import dev.clade.random.Philox;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// The members that are due and have no worker, where slots are fewer than members. Immutable; kept up with
/// each entry and each lease, so that the next one is found in O(log N).
///
/// A segment that was begun goes on before others begin. Lower orders of plans go first. Among equals nobody gets
/// more than [#AHEAD] segments ahead of the slowest; within that the order is drawn anew for each segment, by key.
/// A fixed order would be wrong: members that take turns in it always meet at the same step, and twins in score tie
/// for ever.
public final class Queue {

    /// How many segments a member may be ahead of the slowest live one when it begins another: so it is
    /// at most two ready points ahead when that ends. Ours.
    public static final int AHEAD = 1;

    private static final Queue EMPTY = new Queue(TreePMap.empty(), Ordered.by(Place.ORDER));

    private final PSortedMap<MemberId, Place> places;
    private final Ordered<Place> ordered;

    private Queue(PSortedMap<MemberId, Place> places, Ordered<Place> ordered) {
        this.places = places;
        this.ordered = ordered;
    }

    /// Where a member stands.
    ///
    /// @param begun whether its segment has begun, and lost its worker
    /// @param order of its plan
    /// @param turn drawn
    private record Place(boolean begun, long order, int decided, long turn, MemberId member) {

        static final Comparator<Place> ORDER = Comparator.comparing((Place p) -> !p.begun)
                .thenComparingLong(Place::order)
                .thenComparingInt(Place::decided)
                .thenComparing(Place.turns());

        private static Comparator<Place> turns() {
            return Comparator.comparingLong(Place::turn).thenComparing(Place::member);
        }

        static Place of(Member member, long seed) {
            return new Place(
                    member.status() == Status.RUNNING || member.status() == Status.PAUSED,
                    order(member),
                    member.decided(),
                    Philox.keyed(seed, member.id().index(), member.decided(), "turn")
                            .nextLong(),
                    member.id());
        }

        private static long order(Member member) {
            boolean planned = member.status() != Status.UNDECIDED && member.open();
            return planned ? member.segment().orElseThrow().plan().order() : Long.MIN_VALUE;
        }

        /// Before all others of its kind that have had so many decisions.
        Place first(int decisions) {
            return new Place(begun, order, decisions, Long.MIN_VALUE, new MemberId(0));
        }

        boolean like(Place other) {
            return begun == other.begun && order == other.order;
        }
    }

    /// The queue of a population.
    ///
    /// @param free whether a member has no worker
    public static Queue of(Population population, Predicate<MemberId> free) {
        var queue = EMPTY;
        for (var member : candidates(population).toList()) {
            queue = queue.with(population, member, free.test(member));
        }
        return queue;
    }

    private static Stream<MemberId> candidates(Population population) {
        return population.ended().isEmpty()
                ? population.members().stream().map(Member::id)
                : population.finals().stream()
                        .flatMap(f -> f.candidates().stream())
                        .map(Pair::member)
                        .distinct();
    }

    /// The queue after one more entry.
    public Queue with(Population before, Event event, Population after, Predicate<MemberId> free) {
        return switch (event) {
            case Event.ExperimentCreated e -> this;
            case Event.WorkerJoined e -> this;
            case Event.MemberEnrolled e -> with(after, e.member(), free);
            case Event.Decided e -> with(after, e.member(), free);
            case Event.SegmentStarted e -> with(after, e.member(), free);
            case Event.Evaluated e ->
                e.purpose() == Purpose.FINAL || e.purpose() == Purpose.REPORT
                        ? of(after, free)
                        : with(after, e.member(), free);
            case Event.SegmentFinished e -> with(after, e.member(), free).woken(before, after, free);
            case Event.MemberFailed e -> with(after, e.member(), free).woken(before, after, free);
            case Event.SegmentPaused e -> with(after, e.member(), free);
            case Event.WaitBegan e -> with(after, e.member(), free);
            case Event.WaitEnded e -> with(after, e.member(), free);
            case Event.MemberRecovered e -> with(after, e.member(), free);
            case Event.MemberRetired e -> with(after, e.member(), free);
            case Event.BarrierClosed e -> of(after, free);
            case Event.OperatorActed e -> of(after, free);
            case Event.ExperimentEnded e -> of(after, free);
            case Event.Moved e -> of(after, free);
        };
    }

    private Queue woken(Population before, Population after, Predicate<MemberId> free) {
        var queue = this;
        for (var member : before.waits().members()) {
            if (after.member(member).status() != Status.WAITING) {
                queue = queue.with(after, member, free);
            }
        }
        return queue;
    }

    private Queue with(Population population, MemberId who, Predicate<MemberId> free) {
        return with(population, who, free.test(who));
    }

    /// The queue after a member was taken by a worker or given back.
    public Queue with(Population population, MemberId who, boolean free) {
        var member = population.member(who);
        var known = places.get(who);
        if (!free || !due(population, member)) {
            return known == null ? this : new Queue(places.minus(who), ordered.minus(known));
        }
        var place = Place.of(member, population.specification().seed());
        if (place.equals(known)) {
            return this;
        }
        var others = known == null ? ordered : ordered.minus(known);
        return new Queue(places.plus(who, place), others.plus(place));
    }

    /// Whether a member has something to do for a worker that it has none of.
    private static boolean due(Population population, Member member) {
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

    /// The member that is due first.
    public Optional<MemberId> next(Population population) {
        return ordered.first().map(first -> {
            var near = Optional.<Place>empty();
            for (int decided = population.slowest(); decided <= population.slowest() + AHEAD; decided++) {
                int exactly = decided;
                var next = ordered.from(first.first(exactly)).filter(p -> p.like(first) && p.decided() == exactly);
                near = Stream.concat(near.stream(), next.stream()).min(Place.turns());
            }
            return near.orElse(first).member();
        });
    }
}
