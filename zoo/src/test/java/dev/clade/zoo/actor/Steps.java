package dev.clade.zoo.actor;

import dev.clade.trainer.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A stretch of so many steps, which remembers what was reported.
final class Steps implements Stretch {

    final SortedMap<String, List<Double>> reports = new TreeMap<>();
    private long left;
    private long step;

    Steps(long count) {
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
        reports.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
    }

    @Override
    public void spend(Duration time) {
        throw new UnsupportedOperationException("an actor does real work");
    }
}
