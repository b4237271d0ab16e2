package dev.clade.population;

import dev.clade.trainer.Evaluation;
import java.util.List;

/// Where an evaluation lies in the space of objectives: its score under each, in their order, so that more is better
/// everywhere.
public record Point(List<Double> scores) {

    /// No zero is below another.
    public Point {
        scores = scores.stream().map(score -> score + 0.0).toList();
    }

    public static Point of(Specification specification, Evaluation evaluation) {
        return new Point(specification.objectives().stream()
                .map(metric -> metric.score(evaluation))
                .toList());
    }

    /// Whether every objective was measured and none diverged.
    public boolean finite() {
        return scores.stream().allMatch(Double::isFinite);
    }

    /// Nowhere worse, and somewhere better (Pareto).
    public boolean dominates(Point other) {
        return covers(other) && !other.covers(this);
    }

    /// Nowhere worse.
    boolean covers(Point other) {
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) < other.scores.get(i)) {
                return false;
            }
        }
        return true;
    }
}
