package dev.clade.tuners.pb2;

import java.util.function.ToDoubleFunction;

/// Climbs a smooth function inside the unit cube by the spectral projected gradient method (Birgin, Martinez, Raydan,
/// SIAM J. Optim. 2000): a step along the gradient, of the length that the last step has shown, cut off at the walls
/// and halved until it rises enough. Gradients are differences, as those of the authors of PB2 are.
final class Ascent {

    private static final double DIFFERENCE = 1e-6;
    private static final double SUFFICIENT = 1e-4;
    private static final double FLAT = 1e-6;

    /// A step that rises by less is the last.
    private static final double LITTLE = 1e-7;

    private static final double LEAST_LENGTH = 1e-6;
    private static final double MOST_LENGTH = 1e6;

    private final ToDoubleFunction<double[]> function;
    private double[] at;
    private double height;
    private int evaluations;

    private Ascent(double[] start, ToDoubleFunction<double[]> function) {
        this.function = function;
        this.at = start.clone();
        this.height = height(at);
    }

    /// A climb that has ended.
    ///
    /// @param start in the unit cube
    /// @param evaluations after which no further step is begun
    static Ascent from(double[] start, ToDoubleFunction<double[]> function, int evaluations) {
        var ascent = new Ascent(start, function);
        ascent.climb(evaluations);
        return ascent;
    }

    /// Where it is.
    double[] at() {
        return at.clone();
    }

    /// How high that is.
    double height() {
        return height;
    }

    private double height(double[] point) {
        evaluations++;
        return function.applyAsDouble(point);
    }

    private void climb(int most) {
        double[] slopes = slopes();
        double length = 1 / Math.max(1, largest(slopes));
        boolean rising = true;
        while (rising && evaluations < most) {
            double[] direction = direction(slopes, length);
            double[] before = at;
            double below = height;
            rising = largest(direction) > FLAT && step(direction, dot(direction, slopes));
            rising &= height - below > LITTLE;
            if (rising) {
                double[] there = slopes();
                length = length(moved(at, before, -1), moved(there, slopes, -1));
                slopes = there;
            }
        }
    }

    /// Goes as far into a direction as it rises enough, if it does.
    private boolean step(double[] direction, double rise) {
        double part = 1;
        double[] next = moved(at, direction, part);
        double there = height(next);
        while (there < height + SUFFICIENT * part * rise && part > FLAT) {
            part /= 2;
            next = moved(at, direction, part);
            there = height(next);
        }
        if (!(there > height)) {
            return false;
        }
        at = next;
        height = there;
        return true;
    }

    /// The step for which the gradient would have changed as it did; the longest where the function bends upwards.
    private static double length(double[] step, double[] change) {
        double bend = -dot(step, change);
        return bend > 0 ? Math.min(MOST_LENGTH, Math.max(LEAST_LENGTH, dot(step, step) / bend)) : MOST_LENGTH;
    }

    private double[] slopes() {
        double[] slopes = new double[at.length];
        for (int i = 0; i < slopes.length; i++) {
            double[] near = at.clone();
            double difference = at[i] > 0.5 ? -DIFFERENCE : DIFFERENCE;
            near[i] += difference;
            slopes[i] = (height(near) - height) / difference;
        }
        return slopes;
    }

    private double[] direction(double[] slopes, double length) {
        double[] direction = moved(at, slopes, length);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = Math.min(1, Math.max(0, direction[i])) - at[i];
        }
        return direction;
    }

    private static double[] moved(double[] from, double[] direction, double by) {
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i] + by * direction[i];
        }
        return to;
    }

    private static double largest(double[] numbers) {
        double largest = 0;
        for (double number : numbers) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
