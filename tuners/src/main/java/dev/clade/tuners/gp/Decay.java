package dev.clade.tuners.gp;

/// What is known fades with time: `exp(-rate |t - t'|)` with `rate = -log(1 - epsilon) / 2`.
record Decay(int column, double rate) implements Kernel {

    static Decay of(int column, double epsilon) {
        if (!(0 < epsilon && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon must be in (0, 1), found " + epsilon);
        }
        return new Decay(column, -StrictMath.log1p(-epsilon) / 2);
    }

    @Override
    public double of(double[] a, double[] b) {
        return StrictMath.exp(-rate * Math.abs(a[column] - b[column]));
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        double exponent = rate * Math.abs(a[column] - b[column]);
        double value = StrictMath.exp(-exponent);
        slopes[from] = -exponent * value;
        return value;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void logs(double[] into, int from) {
        into[from] = StrictMath.log(rate);
    }

    @Override
    public Kernel with(double[] logs, int from) {
        return new Decay(column, StrictMath.exp(logs[from]));
    }
}
