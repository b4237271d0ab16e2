package dev.clade.tuners.bayesian;

import java.util.Arrays;

/// Scores in standard deviations from their mean, which a Gaussian process of mean 0 expects. Scores and not their
/// ranks, because the last digits before an optimum are in the differences that ranks forget.
///
/// One loss of 1e10 would make all others equal. So what lies far below the median, farther than [#FAR] times the way
/// from there up to the best, is bent smoothly, so that nothing lies twice as far; and what has diverged counts as
/// the worst.
///
/// @param worst the least finite score, and what a score of negative infinity counts as
/// @param median of the finite scores
/// @param far below the median by which scores begin to be bent; infinite where none is
/// @param mean of all
/// @param deviation of all, 1 where they are equal
record Scale(double worst, double median, double far, double mean, double deviation) {

    private static final double FAR = 20;

    /// @param scores of which one is finite
    static Scale of(double[] scores) {
        double[] finite =
                Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
        double best = finite[finite.length - 1];
        double median = finite[finite.length / 2];
        double far = best > median ? FAR * (best - median) : Double.POSITIVE_INFINITY;
        var bent = new Scale(finite[0], median, far, 0, 1);
        double mean = 0;
        for (double score : scores) {
            mean += bent.on(score) / scores.length;
        }
        double variance = 0;
        for (double score : scores) {
            double difference = bent.on(score) - mean;
            variance += difference * difference / scores.length;
        }
        return new Scale(finite[0], median, far, mean, variance > 0 ? Math.sqrt(variance) : 1);
    }

    double on(double score) {
        return (bent(Math.max(worst, score)) - mean) / deviation;
    }

    private double bent(double score) {
        double beyond = (median - score) / far - 1;
        return beyond > 0 ? median - far * (1 + beyond / (1 + beyond)) : score;
    }

    /// The score at a value.
    double back(double value) {
        double score = mean + deviation * value;
        double beyond = (median - score) / far - 1;
        return beyond <= 0 ? score : beyond < 1 ? Math.max(worst, median - far * (1 + beyond / (1 - beyond))) : worst;
    }
}
