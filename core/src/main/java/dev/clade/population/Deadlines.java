package dev.clade.population;

import java.time.Duration;

/// How long a trainer may take before it counts as hung. There is always a deadline, so that nothing waits for ever.
///
/// @param firstReport from `begin` to the first step, and never more than `segment`
/// @param segment from the first step to the last
/// @param evaluate one evaluation with its repeats
/// @param save one save
public record Deadlines(Duration firstReport, Duration segment, Duration evaluate, Duration save) {

    /// Ours: longer than anything that is still alive takes. Who knows the trainer names shorter ones.
    public static final Deadlines DEFAULT =
            new Deadlines(Duration.ofHours(1), Duration.ofDays(2), Duration.ofHours(2), Duration.ofHours(1));

    public Deadlines {
        firstReport = firstReport.compareTo(segment) > 0 ? segment : firstReport;
    }
}
