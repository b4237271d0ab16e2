package dev.clade.tuners.gp;

/// The share of the columns in which two points are equal.
final class Overlap implements Kernel {

    private final int[] columns;

    Overlap(int... columns) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("an overlap needs a column");
        }
        this.columns = columns.clone();
    }

    @Override
    public double of(double[] a, double[] b) {
        int equal = 0;
        for (int column : columns) {
            equal += a[column] == b[column] ? 1 : 0;
        }
        return (double) equal / columns.length;
    }

    @Override
    public double of(double[] a, double[] b, double[] slopes, int from) {
        return of(a, b);
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void logs(double[] into, int from) {}

    @Override
    public Kernel with(double[] logs, int from) {
        return this;
    }
}
