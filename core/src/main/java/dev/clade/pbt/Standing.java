package dev.clade.pbt;

import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A ranking as one member sees it.
public final class Standing {

    private final Places places;
    private final int sign;
    private final Supplier<SortedMap<MemberId, String>> leftOut;

    private Standing(Places places, int sign, Supplier<SortedMap<MemberId, String>> leftOut) {
        this.places = places;
        this.sign = sign;
        this.leftOut = leftOut;
    }

    /// @param best first; members that diverged stand last. Ties are in member order
    /// @param sign 1 where higher raw samples are better, else -1
    /// @param leftOut who has no place, and why
    public Standing(List<Place> best, int sign, SortedMap<MemberId, String> leftOut) {
        this(new Places.Listed(best), sign, () -> leftOut);
    }

    /// @param leftOut who has no place, and why: found when somebody asks
    static Standing of(List<Place> best, int sign, Supplier<SortedMap<MemberId, String>> leftOut) {
        return new Standing(new Places.Listed(best), sign, leftOut);
    }

    /// Each member's latest score, as the population keeps them in order: nobody is walked through but for
    /// [#leftOut()].
    static Standing latest(Population seen, Supplier<SortedMap<MemberId, String>> leftOut) {
        int sign = (int) seen.specification().metric().oriented(1);
        return new Standing(new Places.Kept(seen), sign, leftOut);
    }

    /// A member's place.
    ///
    /// @param pair none for a member that failed: it may receive, never give
    /// @param score more is better; negative infinity where it diverged
    public record Place(MemberId member, Optional<Pair> pair, double score) {

        boolean donates() {
            return pair.isPresent() && score > Double.NEGATIVE_INFINITY;
        }
    }

    /// Best first; members that diverged stand last. Ties are in member order.
    public List<Place> best() {
        return places.best();
    }

    /// 1 where higher raw samples are better, else -1.
    public int sign() {
        return sign;
    }

    /// Who has no place, and why.
    public SortedMap<MemberId, String> leftOut() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(leftOut.get()));
    }

    /// The place of a member, from 0, or -1.
    public int rank(MemberId member) {
        return places.rank(member);
    }

    Optional<Place> place(MemberId member) {
        int rank = rank(member);
        return rank < 0 ? Optional.empty() : Optional.of(best().get(rank));
    }

    /// This standing with the places of some alone.
    Standing among(Predicate<Place> some) {
        return new Standing(new Places.Listed(best().stream().filter(some).toList()), sign, leftOut);
    }

    double scoreOf(MemberId member) {
        return place(member).map(Place::score).orElse(Double.NaN);
    }

    /// Those of the first places who may give, best first.
    List<Place> givers(int top) {
        return places.givers(top);
    }

    /// Somebody who may give but for one, drawn uniformly over the members.
    Optional<Place> drawn(MemberId but, RandomGenerator random) {
        return places.drawn(but, random);
    }
}
