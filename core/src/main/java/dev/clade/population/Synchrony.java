package dev.clade.population;

import java.time.Duration;
import java.util.Optional;

/// Generations in step: a barrier after each segment.
///
/// @param quorum the share of the members that is enough once `deadline` has passed since it was there
/// @param deadline how long the others are waited for; none: for as long as it takes
public record Synchrony(double quorum, Optional<Duration> deadline) {}
