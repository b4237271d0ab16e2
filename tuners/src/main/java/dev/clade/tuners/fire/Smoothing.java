package dev.clade.tuners.fire;

/// Gaussian process regression of a curve on itself: what is left of it without noise. The points are equally
/// spaced, the mean is theirs, the kernel is Matern 3/2, `s2 (1 + r) exp(-r)` with `r = sqrt(3) distance /
/// length`, and a point has noise of variance `s2 ratio`. `length` and `ratio` are the likeliest of a grid,
/// `s2` follows from them.
///
/// In its state-space form the regression is exact in linear time, by a Kalman filter and a smoother back
/// through it (Hartikainen, Särkkä 2010): curves have hundreds of points, and a decision smooths a dozen.
final class Smoothing {

    /// In points.
    private static final double[] LENGTHS = {5, 20, 80};

    private static final double[] RATIOS = {1e-6, 1e-2, 1};

    private final double[] values;

    /// One step of the state, value and slope, row by row.
    private final double a00;

    private final double a01;
    private final double a10;
    private final double a11;

    /// Prior variances of value and slope, and the slope's at rest.
    private final double slope;

    private final double noise;

    /// Filtered and predicted states and covariances, a point a row.
    private final double[][] filtered;

    private final double[][] predicted;
    private double squares;
    private double logs;

    private Smoothing(double[] values, double length, double ratio) {
        this.values = values;
        this.noise = ratio;
        double rate = StrictMath.sqrt(3) / length;
        double decay = StrictMath.exp(-rate);
        a00 = decay * (1 + rate);
        a01 = decay;
        a10 = -decay * rate * rate;
        a11 = decay * (1 - rate);
        slope = rate * rate;
        filtered = new double[values.length][];
        predicted = new double[values.length][];
    }

    /// The curve without its noise.
    static double[] of(double[] curve) {
        double mean = 0;
        for (double value : curve) {
            mean += value / curve.length;
        }
        double spread = 0;
        var centred = new double[curve.length];
        for (int i = 0; i < curve.length; i++) {
            centred[i] = curve[i] - mean;
            spread = Math.max(spread, Math.abs(centred[i]));
        }
        if (curve.length < 3 || spread == 0) {
            return curve.clone();
        }
        for (int i = 0; i < curve.length; i++) {
            centred[i] /= spread;
        }
        var smooth = likeliest(centred).backward();
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = mean + spread * smooth[i];
        }
        return smooth;
    }

    private static Smoothing likeliest(double[] values) {
        var best = new Smoothing(values, LENGTHS[0], RATIOS[0]).forward();
        for (double length : LENGTHS) {
            for (double ratio : RATIOS) {
                var next = new Smoothing(values, length, ratio).forward();
                best = next.likelihood() > best.likelihood() ? next : best;
            }
        }
        return best;
    }

    /// The logarithm, less what is equal for all, at the likeliest `s2 = squares / n`.
    private double likelihood() {
        return -values.length * StrictMath.log(squares / values.length) - logs;
    }

    private Smoothing forward() {
        double[] state = {0, 0, 1, 0, slope};
        for (int i = 0; i < values.length; i++) {
            var prior = i == 0 ? state : stepped(state);
            predicted[i] = prior;
            double variance = prior[2] + noise;
            double surprise = values[i] - prior[0];
            double gain = prior[2] / variance;
            double turn = prior[3] / variance;
            state = new double[] {
                prior[0] + gain * surprise,
                prior[1] + turn * surprise,
                prior[2] - gain * prior[2],
                prior[3] - gain * prior[3],
                prior[4] - turn * prior[3]
            };
            filtered[i] = state;
            squares += surprise * surprise / variance;
            logs += StrictMath.log(variance);
        }
        return this;
    }

    /// One point on: mean and covariance (value, value-slope, slope), the stationary process losing nothing.
    private double[] stepped(double[] s) {
        double p00 = s[2] - 1;
        double p01 = s[3];
        double p11 = s[4] - slope;
        return new double[] {
            a00 * s[0] + a01 * s[1],
            a10 * s[0] + a11 * s[1],
            1 + a00 * a00 * p00 + 2 * a00 * a01 * p01 + a01 * a01 * p11,
            a00 * a10 * p00 + (a00 * a11 + a01 * a10) * p01 + a01 * a11 * p11,
            slope + a10 * a10 * p00 + 2 * a10 * a11 * p01 + a11 * a11 * p11
        };
    }

    /// Rauch, Tung and Striebel's smoother: the means alone.
    private double[] backward() {
        var smooth = new double[values.length];
        double value = filtered[values.length - 1][0];
        double rise = filtered[values.length - 1][1];
        smooth[values.length - 1] = value;
        for (int i = values.length - 2; i >= 0; i--) {
            var f = filtered[i];
            var p = predicted[i + 1];
            // gain = P A' / predicted covariance
            double c00 = f[2] * a00 + f[3] * a01;
            double c01 = f[2] * a10 + f[3] * a11;
            double c10 = f[3] * a00 + f[4] * a01;
            double c11 = f[3] * a10 + f[4] * a11;
            double det = p[2] * p[4] - p[3] * p[3];
            double dv = value - p[0];
            double dr = rise - p[1];
            double w0 = (p[4] * dv - p[3] * dr) / det;
            double w1 = (p[2] * dr - p[3] * dv) / det;
            value = f[0] + c00 * w0 + c01 * w1;
            rise = f[1] + c10 * w0 + c11 * w1;
            smooth[i] = value;
        }
        return smooth;
    }
}
