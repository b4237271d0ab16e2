package dev.clade.tuners.gp;

/// A kernel of the distance between points, with a length scale for each column: automatic relevance
/// determination (Rasmussen, Williams 2006, section 5.1). A column that does not matter gets a long one.
final class Ard implements Kernel {

    private static final double ROOT_5 = StrictMath.sqrt(5);

    private final Shape shape;
    private final Distances distances;
    private final double[] logs;
    private final double[] weights;

    /// How the covariance falls with the distance.
    enum Shape {
        SQUARED_EXPONENTIAL,
        MATERN_5_2
    }

    Ard(Shape shape, Distances distances, double... lengths) {
        this(shape, distances, logarithms(lengths), 0);
        if (lengths.length != distances.size()) {
            throw new IllegalArgumentException(lengths.length + " length scales for " + distances.size() + " columns");
        }
    }

    private Ard(Shape shape, Distances distances, double[] logs, int from) {
        this.shape = shape;
        this.distances = distances;
        this.logs = java.util.Arrays.copyOfRange(logs, from, from + distances.size());
        this.weights = new double[distances.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(-2 * this.logs[i]);
        }
    }

    private static double[] logarithms(double[] lengths) {
        double[] logs = new double[lengths.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = StrictMath.log(lengths[i]);
        }
        return logs;
    }

    private double square(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double d = distances.between(a, b, i);
            sum += d * d * weights[i];
        }
        return sum;
    }

    @Override
    public double of(double[] a, double[] b) {
        return value(square(a, b));
    }

    private double value(double square) {
        return switch (shape) {
            case SQUARED_EXPONENTIAL -> StrictMath.exp(-square / 2);
            case MATERN_5_2 -> {
                double s = ROOT_5 * Math.sqrt(square);
                yield (1 + s + s * s / 3) * StrictMath.exp(-s);
            }
        };
    }

    /// The derivative by the logarithm of a length scale is that column's part of the squared distance
    /// times this: by minus half of the squared distance.
    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        double square = square(a, b);
        double value;
        double steepness;
        switch (shape) {
            case SQUARED_EXPONENTIAL -> {
                value = StrictMath.exp(-square / 2);
                steepness = value;
            }
            case MATERN_5_2 -> {
                double s = ROOT_5 * Math.sqrt(square);
                double falling = StrictMath.exp(-s);
                value = (1 + s + s * s / 3) * falling;
                steepness = 5.0 / 3 * (1 + s) * falling;
            }
            default -> throw new IllegalStateException("no shape " + shape);
        }
        for (int i = 0; i < weights.length; i++) {
            double d = distances.between(a, b, i);
            slopes[from + i] = steepness * d * d * weights[i];
        }
        return value;
    }

    @Override
    public int size() {
        return logs.length;
    }

    @Override
    public void logs(double[] into, int from) {
        System.arraycopy(logs, 0, into, from, logs.length);
    }

    @Override
    public Kernel with(double[] changed, int from) {
        return new Ard(shape, distances, changed, from);
    }
}
