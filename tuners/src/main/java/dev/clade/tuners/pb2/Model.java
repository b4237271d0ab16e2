package dev.clade.tuners.pb2;

import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;
import dev.clade.tuners.gp.GaussianProcess;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is believed of the gain of a segment that begins with given weights, by its hyperparameters (PB2, arXiv
/// 2002.02518, sections 3 and 4): a Gaussian process over `(t, R, h)`. The values to try are those with the highest
/// upper confidence bound
///
/// ```
/// mu(t, R, h) + sqrt(beta) sigma'(t, R, h)       beta = max(0, c ln(0.4 n)) for n rows
/// ```
///
/// where `sigma'` counts the segments under way as measured, at the same `(t, R)`: what they will give does not matter
/// for it (GP-BUCB; Desautels, Krause, Burdick, JMLR 2014). They are taken to give what is expected, so that `mu` stays
/// as it is. The authors' program adds the variance in place of the deviation, which has not the unit of the mean.
final class Model {

    private static final double SHARE_OF_ROWS = 0.4;

    private final Encoding encoding;
    private final Scaling scaling;
    private final Context context;
    private final GaussianProcess gains;
    private final double beta;

    private Model(Encoding encoding, Scaling scaling, Context context, GaussianProcess gains, double beta) {
        this.encoding = encoding;
        this.scaling = scaling;
        this.context = context;
        this.gains = gains;
        this.beta = beta;
    }

    /// @param rows at least one with a finite gain
    /// @param factor `c`
    static Model of(
            Encoding encoding,
            Covariance covariance,
            List<Row> rows,
            Context context,
            double factor,
            RandomGenerator random) {
        var scaling = Scaling.of(rows, context);
        double[][] points = new double[rows.size()][];
        double[] gains = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            var row = rows.get(i);
            points[i] = scaling.point(row.time(), row.before(), encoding.point(row.values()));
            gains[i] = scaling.standard(row.gain());
        }
        var learned = covariance.learned(points, gains, random);
        double beta = Math.max(0, factor * StrictMath.log(SHARE_OF_ROWS * rows.size()));
        return new Model(encoding, scaling, context, learned, beta);
    }

    /// The model for which a segment under these values is under way.
    Model besides(Hyperparameters pending) {
        return new Model(encoding, scaling, context, gains.believing(here(encoding.point(pending))), beta);
    }

    /// The upper confidence bound at a point of the values' cube, in standard deviations of the rows' gains.
    double bound(double[] values) {
        double[] point = here(values);
        if (beta == 0) {
            return gains.mean(point);
        }
        var believed = gains.at(point);
        return believed.mean() + Math.sqrt(beta) * believed.deviation();
    }

    /// The gain that is expected at a point of the values' cube, in score per step.
    double gain(double[] values) {
        return scaling.gain(gains.mean(here(values)));
    }

    /// Its deviation.
    double deviation(double[] values) {
        return scaling.deviation() * gains.at(here(values)).deviation();
    }

    double beta() {
        return beta;
    }

    private double[] here(double[] values) {
        return scaling.point(context.time(), context.before(), values);
    }
}
