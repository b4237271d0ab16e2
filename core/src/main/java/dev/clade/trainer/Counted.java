package dev.clade.trainer;

import java.time.Duration;

/// A stretch of so many steps, of which nobody hears.
final class Counted implements Stretch {

    private final long count;
    private long granted;

    Counted(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a stretch of " + count + " steps");
        }
        this.count = count;
    }

    @Override
    public boolean advance(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a stretch advances by at least one step, found " + steps);
        }
        long now = Math.min(steps, remaining());
        granted += now;
        return now > 0;
    }

    @Override
    public void done(long steps) {
        granted += Math.max(0, Math.min(steps, remaining()));
    }

    @Override
    public long remaining() {
        return count - granted;
    }

    @Override
    public long step() {
        return granted;
    }

    @Override
    public void report(String metric, double value) {}

    @Override
    public void spend(Duration time) {}
}
