package dev.clade.bench.lanes;

import dev.clade.trainer.Stretch;
import java.time.Duration;

/// A stretch of so many steps, of which nobody hears.
public final class Counted implements Stretch {

    private final long count;
    private long done;

    public Counted(long count) {
        this.count = count;
    }

    @Override
    public boolean advance(long steps) {
        long granted = Math.min(steps, remaining());
        done += granted;
        return granted > 0;
    }

    @Override
    public long remaining() {
        return count - done;
    }

    @Override
    public long step() {
        return done;
    }

    @Override
    public void report(String metric, double value) {}

    @Override
    public void spend(Duration time) {
        throw new UnsupportedOperationException("real work is measured");
    }
}
