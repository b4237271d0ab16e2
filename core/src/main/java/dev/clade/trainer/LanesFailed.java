package dev.clade.trainer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Some of several lanes have failed, and it is known which. The others have done what was asked of them.
public final class LanesFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient SortedMap<Integer, TrainingFailed> lanes;

    /// @param lanes each that has failed, with how
    public LanesFailed(SortedMap<Integer, TrainingFailed> lanes) {
        super("lanes have failed: " + lanes);
        this.lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
    }

    /// Each that has failed, with how.
    public SortedMap<Integer, TrainingFailed> lanes() {
        return lanes;
    }
}
