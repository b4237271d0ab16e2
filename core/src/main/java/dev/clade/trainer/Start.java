package dev.clade.trainer;

import dev.clade.space.Hyperparameters;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The beginning of a segment.
///
/// @param origin where the weights come from
/// @param seed keyed by member and segment: for new weights, data order, environments and dropout
/// @param values the hyperparameters to put in force after the load
/// @param changed names whose value differs from what the weights were last trained under
/// @param whose segment it is: for names of files and charts, never for what is computed
public record Start(Origin origin, long seed, Hyperparameters values, SortedSet<String> changed, Whose whose) {

    /// A member's segment.
    ///
    /// @param member the member's index
    /// @param segment which of its segments, from 1
    /// @param step the member's own step at the beginning
    /// @param lineage steps that the weights have seen
    public record Whose(int member, int segment, long step, long lineage) {

        /// Of nobody, as when a trainer is examined.
        public static final Whose NOBODY = new Whose(0, 0, 0, 0);
    }

    public Start {
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }

    /// A segment of nobody's.
    public Start(Origin origin, long seed, Hyperparameters values, SortedSet<String> changed) {
        this(origin, seed, values, changed, Whose.NOBODY);
    }
}
