package dev.clade.run.virtual;

import java.time.Duration;

/// What work takes in virtual time, beside what a trainer spends by itself.
public record Costs(Duration load, Duration step, Duration evaluate, Duration save) {

    /// A step takes a second, all else nothing.
    public static final Costs STEPS = new Costs(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);
}
