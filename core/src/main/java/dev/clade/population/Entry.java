package dev.clade.population;

import java.time.Duration;
import java.time.Instant;

/// A line of the log.
///
/// @param position dense from 1
/// @param at wall-clock time, for people
/// @param elapsed the running clock: deadlines and `budget.time` use only it. No tuner reads either
public record Entry(long position, Instant at, Duration elapsed, Event event) {}
