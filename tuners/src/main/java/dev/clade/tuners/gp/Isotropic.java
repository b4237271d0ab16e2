package dev.clade.tuners.gp;

/// The squared exponential of the distance between points, with one length scale for all columns.
final class Isotropic implements Kernel {

    private final Distances distances;
    private final double log;
    private final double weight;

    Isotropic(Distances distances, double length) {
        this(StrictMath.log(length), distances);
    }

    private Isotropic(double log, Distances distances) {
        this.distances = distances;
        this.log = log;
        this.weight = StrictMath.exp(-2 * log);
    }

    private double square(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < distances.size(); i++) {
            double d = distances.between(a, b, i);
            sum += d * d;
        }
        return sum * weight;
    }

    @Override
    public double of(double[] a, double[] b) {
        return StrictMath.exp(-square(a, b) / 2);
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        double square = square(a, b);
        double value = StrictMath.exp(-square / 2);
        slopes[from] = square * value;
        return value;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void logs(double[] into, int from) {
        into[from] = log;
    }

    @Override
    public Kernel with(double[] logs, int from) {
        return new Isotropic(logs[from], distances);
    }
}
