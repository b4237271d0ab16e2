package dev.clade.run.session;

import dev.clade.trainer.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A stretch of so many steps from a member's own step; or one whose end is a time, which comes after so many.
final class Steps implements Stretch {

    private final long from;
    private final long steps;
    private final boolean timed;
    final List<String> reports = new ArrayList<>();
    private long granted;
    private volatile boolean stopped;

    Steps(long from, long steps, boolean timed) {
        this.from = from;
        this.steps = steps;
        this.timed = timed;
    }

    static Steps of(long steps) {
        return new Steps(0, steps, false);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public boolean advance(long more) {
        if (over()) {
            return false;
        }
        done(more);
        return true;
    }

    @Override
    public void done(long more) {
        granted += more;
    }

    @Override
    public boolean over() {
        return stopped || remaining() <= 0;
    }

    @Override
    public boolean timed() {
        return timed;
    }

    @Override
    public long remaining() {
        return steps - granted;
    }

    long granted() {
        return granted;
    }

    @Override
    public long step() {
        return from + granted;
    }

    @Override
    public void report(String metric, double value) {
        reports.add(metric + "@" + step() + "=" + value);
    }

    @Override
    public void spend(Duration time) {}
}
