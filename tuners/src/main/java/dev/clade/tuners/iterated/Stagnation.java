package dev.clade.tuners.iterated;

import dev.clade.random.Philox;
import dev.clade.tuners.gp.Distances;
import dev.clade.tuners.gp.GaussianProcess;
import dev.clade.tuners.gp.Kernel;
import dev.clade.tuners.gp.Prior;
import java.util.List;

/// Whether an iteration has stopped to improve (IPBT, arXiv 2511.09190), by its best score at the end of each outer
/// step. Scores are standardised; `f` is their smooth course, the mean of a Gaussian process with a Matern-5/2 kernel:
///
/// ```
/// fail:       f(last) <= f(last but one), of the steps so far
/// stagnation: 3 fails in a row, or
///             after 15 steps: best of all - best of all but the last 14 < 1 standard deviation
/// ```
///
/// The authors fit a variational process by 50 steps of Adam; here it is an exact one with its most probable
/// parameters.
final class Stagnation {

    private static final int SLOW = 15;

    private static final double LENGTH = 0.3;
    private static final double VARIANCE = 1;
    private static final double NOISE = 0.1;
    private static final double WEAK = 4;

    private static final List<Prior> PRIORS =
            List.of(Prior.around(VARIANCE, WEAK), Prior.around(LENGTH, WEAK), Prior.around(NOISE, WEAK));

    private Stagnation() {}

    /// @param bests more is better
    static boolean of(List<Double> bests, int patience) {
        return slow(bests) || fails(bests, patience);
    }

    private static boolean slow(List<Double> bests) {
        if (bests.size() < SLOW) {
            return false;
        }
        double earlier = best(bests.subList(0, bests.size() - SLOW + 1));
        return best(bests) - earlier < deviation(bests) || deviation(bests) == 0;
    }

    private static boolean fails(List<Double> bests, int patience) {
        for (int back = 0; back < patience; back++) {
            int count = bests.size() - back;
            if (count < 2 || improves(bests.subList(0, count))) {
                return false;
            }
        }
        return true;
    }

    private static boolean improves(List<Double> bests) {
        double[] smooth = smooth(bests);
        return smooth[smooth.length - 1] > smooth[smooth.length - 2];
    }

    /// The smooth course of standardised scores; where all are equal, 0.
    static double[] smooth(List<Double> bests) {
        int n = bests.size();
        double mean = mean(bests);
        double deviation = deviation(bests);
        double[][] points = new double[n][];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            points[i] = new double[] {n == 1 ? 0 : (double) i / (n - 1)};
            values[i] = deviation == 0 ? 0 : (bests.get(i) - mean) / deviation;
        }
        var kernel = Kernel.constant(VARIANCE).times(Kernel.matern(Distances.numbers(1), LENGTH));
        var process =
                GaussianProcess.learned(kernel, NOISE, points, values, PRIORS, 0, Philox.keyed(0, 0, 0, "stagnation"));
        double[] smooth = new double[n];
        for (int i = 0; i < n; i++) {
            smooth[i] = process.mean(points[i]);
        }
        return smooth;
    }

    private static double best(List<Double> scores) {
        return scores.stream().mapToDouble(s -> s).max().orElseThrow();
    }

    private static double mean(List<Double> scores) {
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        return sum / scores.size();
    }

    private static double deviation(List<Double> scores) {
        double mean = mean(scores);
        double sum = 0;
        for (double score : scores) {
            sum += (score - mean) * (score - mean);
        }
        return scores.size() < 2 ? 0 : Math.sqrt(sum / (scores.size() - 1));
    }
}
