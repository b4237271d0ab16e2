package dev.clade.toys.pole;

import dev.clade.trainer.Stretch;
import java.time.Duration;

/// A stretch of a number of steps, for tests.
final class Steps implements Stretch {

    private final long until;
    private long step;

    Steps(long until) {
        this.until = until;
    }

    @Override
    public boolean advance(long steps) {
        if (step + steps > until) {
            return false;
        }
        step += steps;
        return true;
    }

    @Override
    public long remaining() {
        return until - step;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public void report(String metric, double value) {
        if (!metric.equals("entropy") || !(0 <= value && value < 1.1)) {
            throw new AssertionError(metric + " " + value);
        }
    }

    @Override
    public void spend(Duration time) {
        throw new AssertionError("a pole trains in its own time");
    }
}
