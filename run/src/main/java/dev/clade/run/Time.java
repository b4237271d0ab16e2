package dev.clade.run;

import java.time.Duration;

/// How time passes for a slot: really, or on a calendar.
public interface Time {

    /// A monotonic reading.
    Duration now();

    /// Lets simulated work take its time.
    void spend(Duration time);

    /// Lets what a trainer really did take its time: on a calendar, what a cost model says.
    ///
    /// @param steps trained, 0 for other work
    void worked(Work work, long steps);

    /// Kinds of work.
    enum Work {
        LOAD,
        TRAIN,
        EVALUATE,
        SAVE,
        DECIDE
    }
}
