package dev.clade.tuners.frequencies;

import dev.clade.pbt.Ranking;
import dev.clade.pbt.Standing.Place;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A round of a sub-population, as one of its members finds it. Everybody is placed by the newest pair.
///
/// The published algorithm decides for all at once, and gives each outsider to at most one. Here each member
/// works the whole round out and takes its own line. Who of the sub-population has had its decision of this
/// round already is known from the log: what it took from outside is used, and it takes nothing more. At a
/// barrier nobody has, and the round is the published one.
///
/// @param number how many rounds its sub-population has had when this is over
/// @param first the segment that follows a decision of this round
/// @param home the sub-population, best first
/// @param outside the others, best first
record Round(Population seen, int number, int first, List<Place> home, List<Place> outside) {

    private static final int QUARTERS = 4;

    /// Where a member stands in its sub-population: the best quarter, the second, the third, the last. What a
    /// division by four leaves over survives.
    enum Bracket {
        WINNER,
        SURVIVOR,
        OPEN,
        LOSER,
        /// Not measured since its copy.
        NONE
    }

    static Round of(Population seen, Member member, int every) {
        var places = new Ranking.Latest().of(seen, member.id()).best();
        int number = member.decided() / every;
        return new Round(
                seen,
                number,
                number * every + 1,
                places.stream().filter(p -> isOf(seen, p, member)).toList(),
                places.stream().filter(p -> !isOf(seen, p, member)).toList());
    }

    private static boolean isOf(Population seen, Place place, Member member) {
        return seen.member(place.member()).group().equals(member.group());
    }

    /// From 0, or -1 where it has no place.
    int rank(MemberId who) {
        for (int i = 0; i < home.size(); i++) {
            if (home.get(i).member().equals(who)) {
                return i;
            }
        }
        return -1;
    }

    private int quarter() {
        return home.size() / QUARTERS;
    }

    Bracket bracket(int rank) {
        int quarter = quarter();
        if (rank < 0) {
            return Bracket.NONE;
        }
        if (rank < quarter) {
            return Bracket.WINNER;
        }
        if (rank >= home.size() - quarter) {
            return Bracket.LOSER;
        }
        return rank >= 2 * quarter && rank < 3 * quarter ? Bracket.OPEN : Bracket.SURVIVOR;
    }

    /// The winner of a loser's own rank among the losers, unless it is no better.
    Optional<Place> winner(int rank) {
        var winner = home.get(rank - (home.size() - quarter()));
        return beats(winner, home.get(rank)) ? Optional.of(winner) : Optional.empty();
    }

    /// The best of the sub-population; where none of it can give, of all.
    Optional<Place> healthy() {
        return home.stream()
                .filter(Round::gives)
                .findFirst()
                .or(() -> outside.stream().filter(Round::gives).findFirst());
    }

    /// The outsider that is left for an open member when those before it have had theirs, unless it is no
    /// better.
    Optional<Place> outsider(int rank) {
        var used = used();
        var free = outside.stream()
                .filter(p -> gives(p) && !used.contains(p.member()))
                .toList();
        int next = 0;
        for (int i = 2 * quarter(); i < rank && next < free.size(); i++) {
            boolean waits = seen.member(home.get(i).member()).find(first).isEmpty();
            next += waits && beats(free.get(next), home.get(i)) ? 1 : 0;
        }
        return next < free.size() && beats(free.get(next), home.get(rank))
                ? Optional.of(free.get(next))
                : Optional.empty();
    }

    /// From whom outside the sub-population has taken in this round.
    private Set<MemberId> used() {
        var group = seen.member(home.getFirst().member()).group();
        var used = new TreeSet<MemberId>();
        for (var member : seen.members()) {
            if (member.group().equals(group)) {
                member.find(first)
                        .filter(s -> s.source() instanceof Source.Copied)
                        .flatMap(s -> s.source().from())
                        .map(Pair::member)
                        .filter(donor -> !seen.member(donor).group().equals(group))
                        .ifPresent(used::add);
            }
        }
        return used;
    }

    private static boolean gives(Place place) {
        return place.pair().isPresent() && place.score() > Double.NEGATIVE_INFINITY;
    }

    /// Ties never copy, nor do twins.
    private static boolean beats(Place one, Place other) {
        return gives(one)
                && one.score() > other.score()
                && (other.pair().isEmpty()
                        || !one.pair()
                                .orElseThrow()
                                .root()
                                .equals(other.pair().get().root()));
    }

    static Weights weights(Pair donor) {
        return new Weights.Of(donor.member(), donor.segment(), donor.checkpoint());
    }
}
