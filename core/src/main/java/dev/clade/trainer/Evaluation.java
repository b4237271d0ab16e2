package dev.clade.trainer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one model measured: readings by metric.
public record Evaluation(SortedMap<String, Reading> metrics) {

    public Evaluation {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /// One metric, one number.
    public static Evaluation of(String metric, double value) {
        return new Evaluation(new TreeMap<>(Map.of(metric, Reading.of(value))));
    }

    /// One metric, several samples of it.
    public static Evaluation of(String metric, List<Double> samples) {
        return new Evaluation(new TreeMap<>(Map.of(metric, Reading.of(samples))));
    }

    /// This evaluation with one more metric.
    public Evaluation and(String metric, double value) {
        var more = new TreeMap<>(metrics);
        more.put(metric, Reading.of(value));
        return new Evaluation(more);
    }

    /// This evaluation with another's samples behind its own, metric by metric.
    public Evaluation and(Evaluation other) {
        var all = new TreeMap<>(metrics);
        other.metrics.forEach((name, reading) -> all.merge(name, reading, Evaluation::joined));
        return new Evaluation(all);
    }

    private static Reading joined(Reading first, Reading second) {
        if (first instanceof Reading.Finite a && second instanceof Reading.Finite b) {
            var samples = new ArrayList<>(a.samples());
            samples.addAll(b.samples());
            return new Reading.Finite(samples);
        }
        return first instanceof Reading.Diverged ? first : second;
    }
}
