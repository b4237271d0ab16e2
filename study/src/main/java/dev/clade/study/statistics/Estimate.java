package dev.clade.study.statistics;

import java.util.List;
import java.util.Optional;

/// A number that samples point to.
///
/// @param value the centre of the samples
/// @param interval where the true one lies; none for a single sample
/// @param by what the interval rests on
/// @param samples how many
public record Estimate(double value, Optional<Interval> interval, Method by, int samples) {

    /// What an interval rests on.
    public enum Method {
        /// There is no interval.
        NONE,
        /// Student's t: if the samples are not far from normal, which so few cannot show.
        STUDENT,
        /// The samples alone.
        BOOTSTRAP
    }

    /// The centre of samples with its interval: by [Bootstrap] where they are enough, else, for the mean,
    /// by [Student].
    ///
    /// @param samples at least one
    public static Estimate of(List<Double> samples, Centre centre, Bootstrap bootstrap) {
        var resampled = bootstrap.interval(samples, centre);
        var interval = resampled.or(() -> centre == Centre.MEAN ? Student.interval(samples) : Optional.empty());
        var by = resampled.isPresent() ? Method.BOOTSTRAP : interval.isPresent() ? Method.STUDENT : Method.NONE;
        return new Estimate(centre.of(samples), interval, by, samples.size());
    }

    /// Whether the interval is there and leaves a value out.
    public boolean excludes(double value) {
        return interval.filter(i -> !i.holds(value)).isPresent();
    }
}
