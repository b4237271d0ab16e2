package dev.clade.bench.digits;

import dev.clade.study.statistics.Centre;
import dev.clade.study.statistics.Interval;
import dev.clade.study.statistics.Student;
import java.util.List;
import java.util.Locale;

/// A mean with its 95 % interval by Student's t, as it is printed.
record Mean(double value, Interval interval) {

    /// @param samples independent ones, at least two
    static Mean of(List<Double> samples) {
        return new Mean(Centre.MEAN.of(samples), Student.interval(samples).orElseThrow());
    }

    /// Shares as percentages.
    String percent() {
        return String.format(
                Locale.ROOT, "%6.2f  [%.2f, %.2f]", 100 * value, 100 * interval.low(), 100 * interval.high());
    }

    /// Differences of shares as points.
    String points() {
        return String.format(
                Locale.ROOT, "%+6.2f  [%+.2f, %+.2f]", 100 * value, 100 * interval.low(), 100 * interval.high());
    }
}
