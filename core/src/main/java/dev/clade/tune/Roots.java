package dev.clade.tune;

import dev.clade.population.CheckpointId;
import dev.clade.population.Member;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import java.util.Set;
import java.util.TreeSet;

/// The checkpoints that may still be needed: by a decision, by a segment that is going on or begins again, by the
/// end, by a larger budget after it. All others may be deleted.
public final class Roots {

    private Roots() {}

    /// @param tuner may keep more
    public static Set<CheckpointId> of(Population population, Tuner tuner) {
        var roots = new TreeSet<>(tuner.keeps(population));
        for (var view : population.views()) {
            for (var member : view.members()) {
                collect(member, roots);
            }
        }
        population.best().ifPresent(best -> roots.add(best.checkpoint()));
        population.front().pairs().forEach(pair -> roots.add(pair.checkpoint()));
        population.finals().ifPresent(f -> f.candidates().forEach(pair -> roots.add(pair.checkpoint())));
        return roots;
    }

    /// What a member is ranked by, what it holds, what its open segment began with, or one that may blend it again,
    /// what
    /// it saved on the way.
    private static void collect(Member member, Set<CheckpointId> roots) {
        member.standing().ifPresent(pair -> roots.add(pair.checkpoint()));
        member.held().ifPresent(pair -> roots.add(pair.checkpoint()));
        member.paused().ifPresent(save -> roots.add(save.checkpoint()));
        member.segment()
                .filter(segment -> segment.outcome() instanceof Segment.Outcome.Open
                        || (member.failure().isPresent() && segment.source() instanceof Segment.Source.Blended))
                .flatMap(segment -> segment.source().from())
                .ifPresent(pair -> roots.add(pair.checkpoint()));
    }
}
