package dev.clade.zoo.a3c;

import dev.clade.trainer.Stretch;
import java.time.Duration;

/// A stretch that fails once, after some updates.
final class Failing implements Stretch {

    private final Stretch counted = Stretch.of(100_000);
    private boolean failed;

    @Override
    public boolean advance(long steps) {
        if (step() > 100 && !failed) {
            failed = true;
            throw new IllegalArgumentException("enough");
        }
        return counted.advance(steps);
    }

    @Override
    public long remaining() {
        return counted.remaining();
    }

    @Override
    public long step() {
        return counted.step();
    }

    @Override
    public void report(String metric, double value) {}

    @Override
    public void spend(Duration time) {}
}
