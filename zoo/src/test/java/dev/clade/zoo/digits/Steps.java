package dev.clade.zoo.digits;

import dev.clade.trainer.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A stretch of so many steps, which remembers what was reported.
public final class Steps implements Stretch {

    public final List<Double> losses = new ArrayList<>();
    private long left;
    private long step;

    public Steps(long count) {
        left = count;
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
    public void report(String metric, double value) {
        losses.add(value);
    }

    @Override
    public void spend(Duration time) {
        throw new UnsupportedOperationException("the zoo does real work");
    }
}
