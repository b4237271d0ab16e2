package dev.clade.run;

import dev.clade.population.Decision.Until;
import dev.clade.trainer.Stretch;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A stretch that counts what it grants, and ends at a step, a time or a word to stop. Used by one thread, watched by
/// others.
final class Metered implements Stretch {

    private final long start;
    private final Until until;
    private final long most;
    private final Time time;
    private final Duration began;
    private final BooleanSupplier stopped;
    private final Reports reports;
    private volatile long granted;
    private volatile boolean begun;

    /// Where live measurements go.
    @FunctionalInterface
    interface Reports {
        void report(long step, String metric, double value);
    }

    /// @param most steps that the budget leaves, where the plan names none
    Metered(long start, Until until, long most, Time time, BooleanSupplier stopped, Reports reports) {
        this.start = start;
        this.until = until;
        this.most = most;
        this.time = time;
        this.began = time.now();
        this.stopped = stopped;
        this.reports = reports;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public boolean advance(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a stretch advances by at least one step, found " + steps);
        }
        long left = remaining();
        if (stopped.getAsBoolean() || left <= 0) {
            return false;
        }
        granted += Math.min(steps, left);
        return true;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void done(long steps) {
        granted += Math.max(0, Math.min(steps, left()));
    }

    @Override
    public boolean timed() {
        return until instanceof Until.Elapsed;
    }

    @Override
    public boolean over() {
        return stopped.getAsBoolean() || remaining() <= 0;
    }

    @Override
    public long remaining() {
        return until instanceof Until.Elapsed(var limit)
                        && time.now().minus(began).compareTo(limit) >= 0
                ? 0
                : left();
    }

    /// Steps that plan and budget leave, whatever the time.
    private long left() {
        return switch (until) {
            case Until.Steps steps -> steps.step() - start - granted;
            case Until.Elapsed elapsed -> most - granted;
        };
    }

    @Override
    public long step() {
        return start + granted;
    }

    @Override
    public void report(String metric, double value) {
        reports.report(step(), metric, value);
    }

    @Override
    public void begun() {
        begun = true;
    }

    /// Whether it is known that training goes on.
    boolean goesOn() {
        return begun || granted > 0;
    }

    @Override
    public void spend(Duration duration) {
        time.spend(duration);
    }

    long granted() {
        return granted;
    }
}
