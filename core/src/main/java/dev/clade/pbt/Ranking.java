package dev.clade.pbt;

import dev.clade.pbt.Standing.Place;
import dev.clade.population.CheckpointId;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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
            return ranked(seen, Member::standing);
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
        var places = new ArrayList<Place>(seen.size());
        var out = new TreeMap<MemberId, String>();
        for (var member : seen.members()) {
            if (!member.ranked() || seen.specification().control(member.id())) {
                out.put(member.id(), "not ranked");
            } else if (member.failure().isPresent()) {
                places.add(new Place(member.id(), Optional.empty(), Double.NEGATIVE_INFINITY));
            } else {
                representative
                        .apply(member)
                        .ifPresentOrElse(
                                pair -> places.add(
                                        new Place(member.id(), Optional.of(pair), metric.score(pair.evaluation()))),
                                () -> out.put(member.id(), unmeasured(member)));
            }
        }
        var order = Order.bestFirst(places.stream().mapToDouble(Place::score).toArray());
        return new Standing(Arrays.stream(order).mapToObj(places::get).toList(), (int) metric.oriented(1), out);
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
