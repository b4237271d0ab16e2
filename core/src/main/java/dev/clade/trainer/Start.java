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
public record Start(Origin origin, long seed, Hyperparameters values, SortedSet<String> changed) {

    public Start {
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }
}
