package dev.clade.pbt;

import dev.clade.pbt.Standing.Place;
import dev.clade.population.CheckpointId;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Who is better than whom, as one member may see it (`scores:` in files). Controls, and members that have not been
/// measured since their last copy, have no place. Finished members keep theirs.
@FunctionalInterface
public interface Ranking {

    Standing of(Population seen, MemberId viewer);

    /// Checkpoints that it may choose beyond each member's newest pair.
    default Set<CheckpointId> keeps(Population seen) {
        return Set.of();
    }

    /// Each member's latest score, whatever its step: the paper's rule.
    record Latest() implements Ranking {
        @Override
        public Standing of(Population seen, MemberId viewer) {
            return Standing.latest(seen, () -> unranked(seen, Member::standing));
        }
    }

    /// Each member at the latest of its pairs that is not beyond the viewer's own step: nobody loses to a later
    /// start.
    record SameStep() implements Ranking {
        @Override
        public Standing of(Population seen, MemberId viewer) {
            long step = seen.member(viewer).step();
            return ranked(seen, member -> upTo(member, step));
        }

        /// Back to the slowest unfinished member, which may still compare itself with what others had at its step.
        @Override
        public Set<CheckpointId> keeps(Population seen) {
            long slowest = seen.members().stream()
                    .filter(Member::live)
                    .mapToLong(Member::step)
                    .min()
                    .orElse(Long.MAX_VALUE);
            var kept = new TreeSet<CheckpointId>();
            for (var member : seen.members()) {
                upTo(member, slowest).map(Pair::checkpoint).ifPresent(kept::add);
                member.segments().reversed().stream()
                        .takeWhile(
                                s -> s.pair().filter(p -> p.step() <= slowest).isEmpty())
                        .flatMap(s -> s.pair().stream())
                        .forEach(p -> kept.add(p.checkpoint()));
            }
            return kept;
        }

        private static Optional<Pair> upTo(Member member, long step) {
            if (member.standing().filter(p -> p.step() <= step).isPresent()) {
                return member.standing();
            }
            return member.segments().reversed().stream()
                    .flatMap(s -> s.pair().stream())
                    .filter(p -> p.step() <= step)
                    .findFirst();
        }
    }

    /// Latest scores of members within so many steps of the viewer's.
    record Within(long steps) implements Ranking {
        @Override
        public Standing of(Population seen, MemberId viewer) {
            long step = seen.member(viewer).step();
            return ranked(seen, member -> member.standing().filter(p -> Math.abs(p.step() - step) <= steps));
        }
    }

    /// @param representative which of a member's pairs stands for it
    private static Standing ranked(Population seen, Function<Member, Optional<Pair>> representative) {
        var metric = seen.specification().metric();
        var places = new Place[seen.size()];
        var scores = new double[places.length];
        int count = 0;
        for (var member : seen.members()) {
            var pair = pair(member, representative);
            if (out(seen, member, pair).isPresent()) {
                continue;
            }
            double score = pair.isEmpty()
                    ? Double.NEGATIVE_INFINITY
                    : metric.score(pair.get().evaluation());
            places[count] = new Place(member.id(), pair, score);
            scores[count++] = score;
        }
        var order = Order.bestFirst(Arrays.copyOf(scores, count));
        var best = new Place[count];
        for (int i = 0; i < count; i++) {
            best[i] = places[order[i]];
        }
        return Standing.of(Arrays.asList(best), (int) metric.oriented(1), () -> unranked(seen, representative));
    }

    private static SortedMap<MemberId, String> unranked(
            Population seen, Function<Member, Optional<Pair>> representative) {
        var unranked = new TreeMap<MemberId, String>();
        for (var member : seen.members()) {
            out(seen, member, pair(member, representative)).ifPresent(why -> unranked.put(member.id(), why));
        }
        return unranked;
    }

    private static Optional<Pair> pair(Member member, Function<Member, Optional<Pair>> representative) {
        return member.failure().isPresent() ? Optional.empty() : representative.apply(member);
    }

    /// Why a member has no place, if it has none.
    private static Optional<String> out(Population seen, Member member, Optional<Pair> pair) {
        if (!member.ranked() || seen.specification().control(member.id())) {
            return Optional.of("not ranked");
        }
        return pair.isEmpty() && member.failure().isEmpty() ? Optional.of(unmeasured(member)) : Optional.empty();
    }

    private static String unmeasured(Member member) {
        return member.segment()
                        .map(Segment::source)
                        .filter(s -> s instanceof Segment.Source.Copied)
                        .isPresent()
                ? "not measured since its copy"
                : "no score to compare";
    }
}
