package dev.clade.tuners.pb2;

import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.space.Hyperparameters;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one interval of training says: where it began, under which values, how fast the score rose.
///
/// @param time the steps that the weights had seen at its beginning
/// @param before the score at its beginning, more is better: what a measured copy earned, else the earlier pair's
/// @param values in force
/// @param gain `(score after - before) / steps`; negative infinity where it diverged
record Row(MemberId member, int segment, double time, double before, Hyperparameters values, double gain) {

    /// Oldest first; of one time, by member and segment.
    static final Comparator<Row> OLDEST_FIRST =
            Comparator.comparingDouble(Row::time).thenComparing(Row::member).thenComparingInt(Row::segment);

    /// The row of a segment: none before its outcome, without a finite score before it (fresh weights, a blend), or
    /// where it trained nothing. It never straddles a copy: it begins with what the copied weights are worth.
    static Optional<Row> of(Population seen, Segment segment) {
        var before = before(seen, segment);
        if (before.isEmpty() || !Double.isFinite(before.getAsDouble())) {
            return Optional.empty();
        }
        return switch (segment.outcome()) {
            case Outcome.Open open -> Optional.empty();
            case Outcome.Failed failed ->
                switch (failed.failure().kind()) {
                    case DIVERGED ->
                        Optional.of(row(segment, before.getAsDouble(), segment.values(), Double.NEGATIVE_INFINITY));
                    default -> Optional.empty();
                };
            case Outcome.Finished finished -> finished(seen, segment, before.getAsDouble(), finished.pair());
        };
    }

    private static Optional<Row> finished(Population seen, Segment segment, double before, Pair pair) {
        long steps = pair.lineageStep() - segment.startLineage();
        double after = seen.specification().metric().score(pair.evaluation());
        return steps > 0
                ? Optional.of(row(segment, before, pair.values(), (after - before) / steps))
                : Optional.empty();
    }

    private static Row row(Segment segment, double before, Hyperparameters values, double gain) {
        return new Row(segment.member(), segment.index(), segment.startLineage(), before, values, gain);
    }

    private static OptionalDouble before(Population seen, Segment segment) {
        var metric = seen.specification().metric();
        return switch (segment.source()) {
            case Source.Fresh fresh -> OptionalDouble.empty();
            case Source.Blended blended -> OptionalDouble.empty();
            case Source.Own own -> OptionalDouble.of(metric.score(own.pair().evaluation()));
            case Source.Copied copied ->
                OptionalDouble.of(
                        metric.score(segment.copied().orElse(copied.pair().evaluation())));
        };
    }
}
