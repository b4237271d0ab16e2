package dev.clade.tuners.pb2;

import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// What the members of a population have tried so far. Controls and groups that are not ranked tell nothing, as they
/// give nothing.
final class History {

    private History() {}

    /// The newest rows, oldest first. At most so many of the newest segments of each member are looked at.
    ///
    /// @param window how many rows at most, by [Row#time]
    static List<Row> rows(Population seen, int window) {
        var newest = new PriorityQueue<>(Row.OLDEST_FIRST);
        for (var member : seen.members()) {
            if (tells(seen, member)) {
                var segments = member.segments();
                for (int i = segments.size() - 1; i >= Math.max(0, segments.size() - window); i--) {
                    Row.of(seen, segments.get(i)).ifPresent(newest::add);
                    if (newest.size() > window) {
                        newest.remove();
                    }
                }
            }
        }
        return newest.stream().sorted(Row.OLDEST_FIRST).toList();
    }

    /// What others try now, without an outcome yet: their open segments that began with new values, by member.
    static List<Segment> pending(Population seen, MemberId who) {
        return seen.members().stream()
                .filter(member ->
                        member.live() && tells(seen, member) && !member.id().equals(who))
                .flatMap(member -> member.segment().filter(segment -> explored(member, segment)).stream())
                .toList();
    }

    private static boolean explored(Member member, Segment segment) {
        return segment.outcome() instanceof Outcome.Open
                && switch (segment.source()) {
                    case Source.Fresh fresh -> false;
                    case Source.Own own -> !own.pair().values().equals(segment.values()) && changed(member, segment);
                    case Source.Copied copied -> true;
                    case Source.Blended blended -> true;
                };
    }

    /// A receipt may round what was decided: that is nothing new.
    private static boolean changed(Member member, Segment segment) {
        return member.find(segment.index() - 1)
                .filter(earlier -> earlier.values().equals(segment.values()))
                .isEmpty();
    }

    /// The rows of all members by the number of the segment: round by round, within a round by member.
    static Stream<List<Row>> rounds(Population seen) {
        var rounds = new ArrayList<List<Row>>();
        for (var member : seen.members()) {
            if (tells(seen, member)) {
                member.segments()
                        .forEach(segment -> Row.of(seen, segment).ifPresent(row -> {
                            while (rounds.size() <= row.segment()) {
                                rounds.add(new ArrayList<>());
                            }
                            rounds.get(row.segment()).add(row);
                        }));
            }
        }
        return rounds.stream().filter(round -> !round.isEmpty());
    }

    private static boolean tells(Population seen, Member member) {
        return member.ranked() && !seen.specification().control(member.id());
    }
}
