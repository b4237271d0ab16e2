package dev.clade.study.replay;

import java.util.Locale;

/// What is trained from new weights, and compared.
public enum Arm {
    /// The schedule as it was found.
    SCHEDULE,
    /// The schedule, smoothed to a few knots.
    KNOTS,
    /// The values that the schedule ends with, held throughout.
    FINAL,
    /// The values that the lineage began with, held throughout.
    INITIAL;

    /// As it is in the names of experiments.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
