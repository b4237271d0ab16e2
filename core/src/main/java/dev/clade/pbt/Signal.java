package dev.clade.pbt;

import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.population.Timings;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// What members' outcomes tell about how large differences between them are against the noise of an evaluation. Kept by
/// (segment, member), so that it is the same in whatever order it is told.
///
/// @param told by segment, then member
record Signal(PSortedMap<At, Told> told) {

    static final Signal NONE = new Signal(TreePMap.empty());

    /// Variances of fewer gains than this say nothing.
    static final int LEAST_GAINS = 4;

    /// A segment of a member; by segment first.
    record At(int segment, MemberId member) implements Comparable<At> {

        private static final Comparator<At> ORDER =
                Comparator.comparingInt(At::segment).thenComparing(At::member);

        /// Before everybody's next segment.
        static At after(int segment) {
            return new At(segment + 1, new MemberId(0));
        }

        @Override
        public int compareTo(At other) {
            return ORDER.compare(this, other);
        }
    }

    /// What one outcome tells.
    ///
    /// @param steps how many were trained
    /// @param gain the score at the end minus that at the beginning, of the same weights; none where that was not
    ///     measured
    /// @param noise an estimate of the variance of one evaluation
    /// @param overhead nanoseconds of evaluation, save and load
    /// @param pace nanoseconds of training a step
    record Told(long steps, Optional<Double> gain, Optional<Double> noise, double overhead, double pace) {}

    Signal with(Specification specification, Member member, Segment segment, Outcome.Finished finished) {
        var metric = specification.metric();
        long steps = finished.pair().step() - segment.startStep();
        var gain = gain(metric, segment);
        var noise =
                withinNoise(metric, finished.pair().evaluation()).or(() -> bend(metric, member, segment, steps, gain));
        boolean timed = specification.synchrony().isEmpty() && steps > 0;
        var timings = finished.timings();
        return new Signal(told.plus(
                new At(segment.index(), segment.member()),
                new Told(
                        steps,
                        gain,
                        noise,
                        timed ? overhead(timings) : 0,
                        timed ? nanos(timings.train()) / steps : 0)));
    }

    private static double overhead(Timings timings) {
        return nanos(timings.evaluate()) + nanos(timings.save()) + nanos(timings.load());
    }

    private static double nanos(Duration time) {
        return time.toNanos();
    }

    private static Optional<Double> gain(Metric metric, Segment segment) {
        return start(metric, segment)
                .flatMap(start ->
                        score(metric, segment.pair().orElseThrow().evaluation()).map(end -> end - start));
    }

    /// The score that the segment's weights had when it began.
    private static Optional<Double> start(Metric metric, Segment segment) {
        return switch (segment.source()) {
            case Source.Own own -> score(metric, own.pair().evaluation());
            case Source.Copied copied -> segment.copied().flatMap(e -> score(metric, e));
            case Source.Fresh fresh -> Optional.empty();
            case Source.Blended blended -> Optional.empty();
        };
    }

    private static Optional<Double> score(Metric metric, Evaluation evaluation) {
        return Optional.of(metric.score(evaluation)).filter(Double::isFinite);
    }

    /// The variance of a mean of samples.
    private static Optional<Double> withinNoise(Metric metric, Evaluation evaluation) {
        return evaluation.metrics().get(metric.name()) instanceof Reading.Finite finite
                        && finite.samples().size() > 1
                ? Optional.of(variance(finite.samples()) / finite.samples().size())
                : Optional.empty();
    }

    /// `(s_t - 2 s_(t-1) + s_(t-2))^2 / 6` over two equal segments without a copy between them: independent errors of
    /// variance e2 give it the expectation e2, a straight curve nothing.
    private static Optional<Double> bend(
            Metric metric, Member member, Segment segment, long steps, Optional<Double> gain) {
        if (!(segment.source() instanceof Source.Own own)) {
            return Optional.empty();
        }
        return member.find(segment.index() - 1)
                .filter(before -> before.pair().equals(Optional.of(own.pair()))
                        && own.pair().step() - before.startStep() == steps)
                .flatMap(before -> gain(metric, before))
                .flatMap(earlier -> gain.map(now -> (now - earlier) * (now - earlier) / 6));
    }

    /// Without what is older than the last `most` outcomes up to a segment.
    Signal latest(int upTo, int most) {
        var kept = told;
        for (int surplus = told.headMap(At.after(upTo)).size() - most; surplus > 0; surplus--) {
            kept = kept.minusFirstEntry();
        }
        return new Signal(kept);
    }

    /// e2, the variance of one evaluation: the mean of the last `most` estimates up to a segment.
    Optional<Double> noise(int upTo, int most) {
        var noises = last(told.headMap(At.after(upTo)).values().stream().map(Told::noise), most);
        return noises.isEmpty() ? Optional.empty() : Optional.of(mean(noises));
    }

    /// d2, the variance of true gains over members: that of the last `most` measured gains over `steps` steps, of
    /// segments after one and up to another, less the `2 e2` that two evaluations put in; at least 0.
    Optional<Double> differences(int after, int upTo, long steps, int most, double noise) {
        var since = told.headMap(At.after(upTo)).tailMap(At.after(after)).values().stream();
        var gains = last(since.filter(t -> t.steps() == steps).map(Told::gain), most);
        return gains.size() < LEAST_GAINS ? Optional.empty() : Optional.of(Math.max(0, variance(gains) - 2 * noise));
    }

    /// The steps whose training takes `1 / share` times what the evaluation, save and load of a segment take; 0 where
    /// that is not known.
    double floor(int upTo, int most, double share) {
        var timed = told.headMap(At.after(upTo)).values().stream()
                .filter(t -> t.pace() > 0)
                .toList();
        var latest = timed.subList(Math.max(0, timed.size() - most), timed.size());
        return latest.isEmpty()
                ? 0
                : mean(latest.stream().map(Told::overhead).toList())
                        / (share * mean(latest.stream().map(Told::pace).toList()));
    }

    private static List<Double> last(Stream<Optional<Double>> values, int most) {
        var all = values.flatMap(Optional::stream).toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static double mean(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }

    private static double variance(List<Double> values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.size() - 1);
    }
}
