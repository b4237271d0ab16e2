package dev.clade.tuners.gp;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The columns of a point that a kernel looks at, and how far apart two values of one are: their
/// difference, or for names 1 where they differ and 0 where not.
public final class Distances {

    private final int[] columns;
    private final boolean[] named;

    private Distances(int[] columns, boolean[] named) {
        this.columns = columns;
        this.named = named;
    }

    /// The first `count` columns, all of them numbers.
    public static Distances numbers(int count) {
        return numbers(IntStream.range(0, count).toArray());
    }

    /// These columns, all of them numbers.
    public static Distances numbers(int... columns) {
        return new Distances(columns.clone(), new boolean[columns.length]);
    }

    /// These columns, all of them names.
    public static Distances names(int... columns) {
        boolean[] all = new boolean[columns.length];
        Arrays.fill(all, true);
        return new Distances(columns.clone(), all);
    }

    /// These columns and those of another.
    public Distances and(Distances other) {
        int[] more = Arrays.copyOf(columns, size() + other.size());
        boolean[] names = Arrays.copyOf(named, size() + other.size());
        System.arraycopy(other.columns, 0, more, size(), other.size());
        System.arraycopy(other.named, 0, names, size(), other.size());
        return new Distances(more, names);
    }

    /// How many columns count.
    public int size() {
        return columns.length;
    }

    double between(double[] a, double[] b, int index) {
        double difference = a[columns[index]] - b[columns[index]];
        return named[index] && difference != 0 ? 1 : difference;
    }
}
