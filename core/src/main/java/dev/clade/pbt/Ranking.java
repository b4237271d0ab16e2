package dev.clade.pbt;

import dev.clade.pbt.Standing.Place;
import dev.clade.population.CheckpointId;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Point;
import dev.clade.population.Population;
import dev.clade.population.Scattered;
import dev.clade.population.Segment;
import dev.clade.population.Specification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Who is better than whom, as one member may see it (`scores:` in files). Controls, and members that have not been
/// measured since their last copy, have no place. Finished members keep theirs. With several objectives, places are
/// those of the [Scattered] order.
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
            return several(seen.specification())
                    ? ranked(seen, Member::standing)
                    : Standing.latest(seen, () -> unranked(seen, Member::standing));
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
        var specification = seen.specification();
        var members = new ArrayList<MemberId>(seen.size());
        var pairs = new ArrayList<Optional<Pair>>(seen.size());
        for (var member : seen.members()) {
            var pair = pair(member, representative);
            if (out(seen, member, pair).isEmpty()) {
                members.add(member.id());
                pairs.add(pair);
            }
        }
        var scores = several(specification) ? scattered(specification, pairs) : scores(specification.metric(), pairs);
        var best = new Place[scores.length];
        int count = 0;
        for (int i : Order.bestFirst(scores)) {
            best[count++] = new Place(members.get(i), pairs.get(i), scores[i]);
        }
        return Standing.of(
                Arrays.asList(best), (int) specification.metric().oriented(1), () -> unranked(seen, representative));
    }

    private static boolean several(Specification specification) {
        return specification.objectives().size() > 1;
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

    /// What failed is worst.
    private static double[] scores(Metric metric, List<Optional<Pair>> pairs) {
        var scores = new double[pairs.size()];
        for (int i = 0; i < scores.length; i++) {
            var pair = pairs.get(i);
            scores[i] = pair.isEmpty()
                    ? Double.NEGATIVE_INFINITY
                    : metric.score(pair.get().evaluation());
        }
        return scores;
    }

    /// Under several objectives the score is the place in the [Scattered] order, counted from the end: of n different
    /// points the first has n, the last 1. What diverged under any objective is worst.
    private static double[] scattered(Specification specification, List<Optional<Pair>> pairs) {
        var points = pairs.stream()
                .map(pair ->
                        pair.map(p -> Point.of(specification, p.evaluation())).filter(Point::finite))
                .toList();
        var places = Scattered.places(points.stream().flatMap(Optional::stream).toList())
                .iterator();
        long different = points.stream().flatMap(Optional::stream).distinct().count();
        return points.stream()
                .mapToDouble(point -> point.isPresent() ? different - places.next() : Double.NEGATIVE_INFINITY)
                .toArray();
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
