package dev.clade.population;

import dev.clade.space.Hyperparameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The ancestry of a model: the segments that trained its weights, oldest first.
public record Lineage(List<Segment> segments) {

    public Lineage {
        segments = List.copyOf(segments);
    }

    /// The ancestry of a pair.
    public static Lineage of(Population population, Pair pair) {
        var segments = new ArrayList<Segment>();
        var at = Optional.of(pair.root());
        while (at.isPresent()) {
            var segment = population.member(at.get().member()).segment(at.get().segment());
            segments.add(segment);
            at = segment.source().from().map(Pair::root);
        }
        Collections.reverse(segments);
        return new Lineage(segments);
    }

    /// The hyperparameters over the steps of the weights.
    public List<Stage> schedule() {
        var stages = new ArrayList<Stage>();
        for (var segment : segments) {
            long end = segment.pair().map(Pair::lineageStep).orElse(segment.startLineage());
            stages.add(new Stage(segment.startLineage(), end, segment.values(), segment.member()));
        }
        return List.copyOf(stages);
    }

    /// One part of a schedule.
    ///
    /// @param from the first step of the weights under these values
    /// @param to the last, exclusive
    public record Stage(long from, long to, Hyperparameters values, MemberId member) {}
}
