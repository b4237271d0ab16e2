package dev.clade.zoo.member;

import dev.clade.trainer.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A stretch of so many steps that remembers what was reported. It is for real work only.
public final class Steps implements Stretch {

    /// By metric, in the order in which they came.
    public final SortedMap<String, List<Double>> reports = new TreeMap<>();

    private final Stretch counted;

    public Steps(long count) {
        counted = Stretch.of(count);
    }

    @Override
    public boolean advance(long steps) {
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
    public void report(String metric, double value) {
        reports.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
    }

    @Override
    public void spend(Duration time) {
        throw new UnsupportedOperationException("the zoo does real work");
    }
}
