package dev.clade.tuners.gp;

/// The sum of two kernels.
record Sum(Kernel first, Kernel second) implements Kernel {

    @Override
    public double of(double[] a, double[] b) {
        return first.of(a, b) + second.of(a, b);
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        return first.of(a, b, slopes, from) + second.of(a, b, slopes, from + first.size());
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }

    @Override
    public void logs(double[] into, int from) {
        first.logs(into, from);
        second.logs(into, from + first.size());
    }

    @Override
    public Kernel with(double[] logs, int from) {
        return new Sum(first.with(logs, from), second.with(logs, from + first.size()));
    }
}
