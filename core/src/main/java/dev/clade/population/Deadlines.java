package dev.clade.population;

import java.time.Duration;
import java.util.Optional;

/// How long a trainer may take before it counts as hung.
///
/// @param firstReport from `begin` to the first step; a part of `segment` for trainers in process
public record Deadlines(
        Optional<Duration> firstReport,
        Optional<Duration> segment,
        Optional<Duration> evaluate,
        Optional<Duration> save) {}
