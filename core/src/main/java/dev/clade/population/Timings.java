package dev.clade.population;

import java.time.Duration;

/// Where the time of one segment went.
///
/// @param idle from the end of the previous segment to the beginning of this one's work
public record Timings(Duration load, Duration train, Duration evaluate, Duration save, Duration decide, Duration idle) {

    public static final Timings NONE =
            new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
