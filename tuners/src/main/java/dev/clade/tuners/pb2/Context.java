package dev.clade.tuners.pb2;

import dev.clade.population.Metric;
import dev.clade.population.Pair;
import java.util.Optional;

/// The weights that the next segment begins with.
///
/// @param time the steps that they have seen
/// @param before their score, finite, more is better
record Context(double time, double before) {

    /// None for weights that have no score.
    static Optional<Context> of(Optional<Pair> weights, Metric metric) {
        return weights.map(pair -> new Context(pair.lineageStep(), metric.score(pair.evaluation())))
                .filter(context -> Double.isFinite(context.before()));
    }
}
