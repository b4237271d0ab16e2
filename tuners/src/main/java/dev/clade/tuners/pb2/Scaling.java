package dev.clade.tuners.pb2;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// How rows become numbers of one size: times and scores by the range that they and the weights at hand have, gains by
/// their mean and deviation (of those that are finite).
record Scaling(Range times, Range scores, double mean, double deviation) {

    /// Standardised gains are clipped to this; who diverged has its negative.
    static final double CLIP = 2;

    /// A range of numbers as the unit interval.
    record Range(double low, double high) {

        double share(double x) {
            return high > low ? (x - low) / (high - low) : 0.5;
        }
    }

    /// @param rows at least one, of which one has a finite gain
    static Scaling of(List<Row> rows, Context context) {
        var gains = rows.stream()
                .mapToDouble(Row::gain)
                .filter(Double::isFinite)
                .boxed()
                .toList();
        double mean = 0;
        for (double gain : gains) {
            mean += gain / gains.size();
        }
        double variance = 0;
        for (double gain : gains) {
            variance += (gain - mean) * (gain - mean) / gains.size();
        }
        return new Scaling(
                range(rows, Row::time, context.time()),
                range(rows, Row::before, context.before()),
                mean,
                Math.sqrt(variance));
    }

    private static Range range(List<Row> rows, ToDoubleFunction<Row> column, double more) {
        double low = more;
        double high = more;
        for (var row : rows) {
            low = Math.min(low, column.applyAsDouble(row));
            high = Math.max(high, column.applyAsDouble(row));
        }
        return new Range(low, high);
    }

    /// `(gain - mean) / deviation`, clipped.
    double standard(double gain) {
        if (!Double.isFinite(gain)) {
            return -CLIP;
        }
        return deviation > 0 ? Math.min(CLIP, Math.max(-CLIP, (gain - mean) / deviation)) : 0;
    }

    /// The gain whose standard is this.
    double gain(double standard) {
        return mean + standard * deviation;
    }

    /// `(t, R, h)` as the model sees it.
    double[] point(double time, double before, double[] values) {
        double[] point = new double[Covariance.VALUES + values.length];
        point[Covariance.TIME] = times.share(time);
        point[Covariance.SCORE] = scores.share(before);
        System.arraycopy(values, 0, point, Covariance.VALUES, values.length);
        return point;
    }
}
