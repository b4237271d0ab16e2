package dev.clade.population;

import java.time.Duration;

/// Where the time of one segment went.
///
/// @param wait from the end of the previous segment to the beginning of this one's work
public record Timings(
        Duration load, Duration train, Duration evaluate, Duration save, Duration decide, Duration wait) {

    public static final Timings NONE =
            new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
