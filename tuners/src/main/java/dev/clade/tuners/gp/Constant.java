package dev.clade.tuners.gp;

/// The same covariance for all points.
record Constant(double variance) implements Kernel {

    Constant {
        if (!(variance > 0)) {
            throw new IllegalArgumentException("a variance must be positive, found " + variance);
        }
    }

    @Override
    public double of(double[] a, double[] b) {
        return variance;
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        slopes[from] = variance;
        return variance;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void logs(double[] into, int from) {
        into[from] = StrictMath.log(variance);
    }

    @Override
    public Kernel with(double[] logs, int from) {
        return new Constant(StrictMath.exp(logs[from]));
    }
}
