package dev.clade.study.statistics;

import java.util.Arrays;
import java.util.List;

/// Where the middle of samples is.
public enum Centre {
    /// All of them count alike.
    MEAN("mean", 0),

    /// The inter-quartile mean (Agarwal et al. 2021, arXiv 2108.13264): the mean of what is left when a
    /// quarter of the samples, rounded down, is cut off at each end. Robust to a run that went wrong,
    /// steadier than the median.
    INTERQUARTILE_MEAN("iqm", 0.25);

    private final String word;
    private final double cut;

    Centre(String word, double cut) {
        this.word = word;
        this.cut = cut;
    }

    /// `mean` or `iqm`.
    public String word() {
        return word;
    }

    /// @param samples at least one
    public double of(List<Double> samples) {
        return of(samples.stream().mapToDouble(x -> x).toArray());
    }

    /// @param samples at least one; their order may change
    double of(double[] samples) {
        int n = samples.length;
        if (n == 0) {
            throw new IllegalArgumentException("no samples have no centre");
        }
        int off = (int) (cut * n);
        if (off > 0) {
            Arrays.sort(samples);
        }
        double sum = 0;
        for (int i = off; i < n - off; i++) {
            sum += samples[i];
        }
        return sum / (n - 2 * off);
    }
}
