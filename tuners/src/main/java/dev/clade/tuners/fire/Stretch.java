package dev.clade.tuners.fire;

import dev.clade.population.Member;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A member's segments since it took weights from elsewhere, or began.
///
/// @param segments at least one, the first with those weights
record Stretch(Member member, List<Segment> segments) {

    /// A member's latest; none before its first segment.
    static Optional<Stretch> of(Member member) {
        return upTo(member, Integer.MAX_VALUE);
    }

    private static Optional<Stretch> upTo(Member member, int last) {
        var all = member.segments();
        int to = all.size();
        while (to > 0 && all.get(to - 1).index() > last) {
            to--;
        }
        int from = to - 1;
        while (from > 0 && all.get(from).source() instanceof Source.Own) {
            from--;
        }
        return to == 0 ? Optional.empty() : Optional.of(new Stretch(member, all.subList(from, to)));
    }

    Segment first() {
        return segments.getFirst();
    }

    /// Whose pair it began with.
    Optional<Pair> donor() {
        return first().source() instanceof Source.Copied copied ? Optional.of(copied.pair()) : Optional.empty();
    }

    /// Steps trained in it.
    long steps() {
        return member.step() - first().startStep();
    }

    /// Its training curve; none of fewer than two points. Weights that came from an evaluator have been
    /// trained under the same hyperparameters there: the curve begins where the evaluator's did.
    Optional<Curve> curve(Population seen) {
        return Curve.of(scores(seen));
    }

    private List<Double> scores(Population seen) {
        var metric = seen.specification().metric();
        var scores = new ArrayList<Double>();
        var evaluator = donor().filter(d -> !seen.member(d.member()).ranked());
        if (evaluator.isPresent()) {
            upTo(seen.member(evaluator.get().member()), evaluator.get().segment())
                    .ifPresent(s -> scores.addAll(s.scores(seen)));
        } else {
            first().copied().map(metric::score).ifPresent(scores::add);
        }
        segments.forEach(s -> score(metric, s).ifPresent(scores::add));
        return scores;
    }

    private static Optional<Double> score(Metric metric, Segment segment) {
        return segment.pair().map(p -> metric.score(p.evaluation())).filter(Double::isFinite);
    }
}
