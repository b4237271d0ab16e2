package dev.clade.tune;

import dev.clade.population.CheckpointId;
import dev.clade.population.Finals;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The checkpoints that may still be needed: by a decision, by a segment that is going on or begins again, by the
/// end, by a larger budget after it. All others may be deleted.
public final class Roots {

    private Roots() {}

    /// @param tuner may keep more
    public static Set<CheckpointId> of(Population population, Tuner tuner) {
        var roots = new TreeSet<>(tuner.keeps(population));
        population
                .views()
                .forEach(view -> view.members().stream().flatMap(Roots::of).forEach(roots::add));
        Stream.of(
                        population.best().stream(),
                        population.front().pairs().stream(),
                        population.finals().stream().map(Finals::candidates).flatMap(c -> c.stream()))
                .flatMap(pairs -> pairs)
                .map(Pair::checkpoint)
                .forEach(roots::add);
        return roots;
    }

    /// What a member is ranked by, what it holds, what its open segment began with, or one that may blend it again,
    /// what
    /// it saved on the way.
    private static Stream<CheckpointId> of(Member member) {
        var pairs = Stream.concat(
                Stream.concat(member.standing().stream(), member.held().stream()),
                member.segment().stream()
                        .filter(s -> s.outcome() instanceof Segment.Outcome.Open
                                || (member.failure().isPresent() && s.source() instanceof Segment.Source.Blended))
                        .flatMap(s -> s.source().from().stream()));
        return Stream.concat(
                pairs.map(Pair::checkpoint), member.paused().stream().map(Member.Paused::checkpoint));
    }
}
