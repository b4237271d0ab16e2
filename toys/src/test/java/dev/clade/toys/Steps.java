package dev.clade.toys;

import dev.clade.trainer.Stretch;
import java.time.Duration;

/// A stretch of a number of steps, for tests.
final class Steps implements Stretch {

    private long left;
    private long step;

    Steps(long steps) {
        this.left = steps;
    }

    @Override
    public boolean advance(long steps) {
        if (steps > left) {
            return false;
        }
        left -= steps;
        step += steps;
        return true;
    }

    @Override
    public long remaining() {
        return left;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public void report(String metric, double value) {}

    @Override
    public void spend(Duration time) {
        throw new AssertionError("this toy trains in its own time");
    }
}
