package dev.clade.tuners.gp;

/// The product of two kernels.
record Product(Kernel first, Kernel second) implements Kernel {

    @Override
    public double of(double[] a, double[] b) {
        return first.of(a, b) * second.of(a, b);
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        int middle = from + first.size();
        double one = first.of(a, b, slopes, from);
        double other = second.of(a, b, slopes, middle);
        for (int i = from; i < middle; i++) {
            slopes[i] *= other;
        }
        for (int i = middle; i < from + size(); i++) {
            slopes[i] *= one;
        }
        return one * other;
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
        return new Product(first.with(logs, from), second.with(logs, from + first.size()));
    }
}
