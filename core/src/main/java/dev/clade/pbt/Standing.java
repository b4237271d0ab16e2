package dev.clade.pbt;

import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A ranking as one member sees it.
///
/// @param best first; members that diverged stand last. Ties are in member order
/// @param sign 1 where higher raw samples are better, else -1
/// @param leftOut who has no place, and why
public record Standing(List<Place> best, int sign, SortedMap<MemberId, String> leftOut) {

    public Standing {
        best = List.copyOf(best);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
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

    /// The place of a member, from 0, or -1.
    public int rank(MemberId member) {
        for (int i = 0; i < best.size(); i++) {
            if (best.get(i).member().equals(member)) {
                return i;
            }
        }
        return -1;
    }

    Optional<Place> place(MemberId member) {
        int rank = rank(member);
        return rank < 0 ? Optional.empty() : Optional.of(best.get(rank));
    }

    /// This standing with the places of some alone.
    Standing among(Predicate<Place> some) {
        return new Standing(best.stream().filter(some).toList(), sign, leftOut);
    }

    double scoreOf(MemberId member) {
        return place(member).map(Place::score).orElse(Double.NaN);
    }
}
