package dev.clade.bench.paper;

import dev.clade.population.Lineage;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who descends from whom in a population: segments that trained, and whose weights each went on from.
///
/// @param spans parents before their children
/// @param winner the place of the one that trained the winner's weights last
record Descent(List<Span> spans, int winner) {

    /// A segment.
    ///
    /// @param from the member's own step at its beginning
    /// @param to the same at its end
    /// @param parent the place of the segment that saved what it began with; none where weights were fresh
    record Span(int member, long from, long to, OptionalInt parent) {}

    Descent {
        spans = List.copyOf(spans);
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).parent().orElse(-1) >= i) {
                throw new IllegalArgumentException("span " + i + " is before its parent");
            }
        }
        if (winner < 0 || winner >= spans.size()) {
            throw new IllegalArgumentException("no span " + winner + " of " + spans.size());
        }
    }

    /// @param winner whose weights won
    static Descent of(Population population, Pair winner) {
        var trained = population.members().stream()
                .map(Member::segments)
                .flatMap(Collection::stream)
                .filter(segment -> segment.pair().isPresent())
                .sorted(Comparator.comparingInt(segment -> generation(population, segment)))
                .toList();
        var places = new HashMap<Pair.Root, Integer>();
        var spans = new ArrayList<Span>();
        for (var segment : trained) {
            var parent = segment.source()
                    .from()
                    .map(pair -> OptionalInt.of(Objects.requireNonNull(places.get(pair.root()))))
                    .orElse(OptionalInt.empty());
            places.put(new Pair.Root(segment.member(), segment.index()), spans.size());
            spans.add(new Span(
                    segment.member().index(),
                    segment.startStep(),
                    segment.pair().orElseThrow().step(),
                    parent));
        }
        return new Descent(spans, Objects.requireNonNull(places.get(winner.root())));
    }

    /// How many segments trained the weights before.
    private static int generation(Population population, Segment segment) {
        return segment.source()
                .from()
                .map(pair -> Lineage.of(population, pair).segments().size())
                .orElse(0);
    }

    /// The places of a segment and of all that its weights came from, the oldest first.
    SortedSet<Integer> ancestry(int place) {
        var ancestry = new TreeSet<Integer>();
        var at = OptionalInt.of(place);
        while (at.isPresent()) {
            ancestry.add(at.getAsInt());
            at = spans.get(at.getAsInt()).parent();
        }
        return ancestry;
    }

    /// The place of the segment that began with fresh weights.
    int founder(int place) {
        return ancestry(place).first();
    }

    /// Segments whose weights somebody still holds when all have ended.
    SortedSet<Integer> surviving() {
        var last = new HashMap<Integer, Integer>();
        for (int i = 0; i < spans.size(); i++) {
            int place = i;
            last.merge(
                    spans.get(i).member(),
                    place,
                    (one, other) -> spans.get(one).to() > spans.get(other).to() ? one : other);
        }
        var surviving = new TreeSet<Integer>();
        last.values().forEach(place -> surviving.addAll(ancestry(place)));
        surviving.addAll(ancestry(winner));
        return surviving;
    }

    /// Whether weights ever went from one member to another.
    boolean copied() {
        return spans.stream()
                .anyMatch(span -> span.parent().isPresent()
                        && spans.get(span.parent().getAsInt()).member() != span.member());
    }
}
