package dev.clade.run.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands until an engine moves it on. The store of what is simulated goes by it. Used by one
/// thread.
public final class VirtualClock implements InstantSource {

    /// A lease time for stores in virtual time: nobody is silent there, and all time that passes is active.
    public static final Duration LEASE = Duration.ofDays(36_500);

    private Instant now;

    /// @param beginning where a history ended that goes on, or any time
    public VirtualClock(Instant beginning) {
        this.now = beginning;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Moves on; never back.
    void to(Instant time) {
        now = time.isAfter(now) ? time : now;
    }
}
