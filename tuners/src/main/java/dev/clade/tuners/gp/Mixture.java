package dev.clade.tuners.gp;

/// Between the mean of two kernels and their product: `(1 - q) (a + b) / 2 + q a b`. Its own parameter, the last, is
/// the odds `q / (1 - q)`.
record Mixture(Kernel first, Kernel second, double odds) implements Kernel {

    private double share() {
        return odds / (1 + odds);
    }

    private static double mixed(double one, double other, double q) {
        return (1 - q) * (one + other) / 2 + q * one * other;
    }

    @Override
    public double of(double[] a, double[] b) {
        return mixed(first.of(a, b), second.of(a, b), share());
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        int middle = from + first.size();
        int last = middle + second.size();
        double one = first.of(a, b, slopes, from);
        double other = second.of(a, b, slopes, middle);
        double q = share();
        for (int i = from; i < middle; i++) {
            slopes[i] *= (1 - q) / 2 + q * other;
        }
        for (int i = middle; i < last; i++) {
            slopes[i] *= (1 - q) / 2 + q * one;
        }
        slopes[last] = q * (1 - q) * (one * other - (one + other) / 2);
        return mixed(one, other, q);
    }

    @Override
    public int size() {
        return first.size() + second.size() + 1;
    }

    @Override
    public void logs(double[] into, int from) {
        first.logs(into, from);
        second.logs(into, from + first.size());
        into[from + size() - 1] = StrictMath.log(odds);
    }

    @Override
    public Kernel with(double[] logs, int from) {
        return new Mixture(
                first.with(logs, from),
                second.with(logs, from + first.size()),
                StrictMath.exp(logs[from + size() - 1]));
    }
}
