package dev.clade.population;

import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;

/// A metric and which of its ends is the better.
public record Metric(String name, Mode mode) {

    /// Which end is the better.
    public enum Mode {
        MAX,
        MIN
    }

    /// What an evaluation is worth under this metric: the mean of its samples, negated for [Mode#MIN], so that more
    /// is better; negative infinity where it diverged or did not measure it.
    public double score(Evaluation evaluation) {
        return evaluation.metrics().get(name) instanceof Reading.Finite finite
                ? oriented(finite.mean())
                : Double.NEGATIVE_INFINITY;
    }

    /// A raw value as a score, or a score as a raw value.
    public double oriented(double value) {
        return mode == Mode.MAX ? value : -value;
    }
}
