package dev.clade.tuners.gp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import org.junit.jupiter.api.Test;

/// Seed 7, 20,000 draws. Each bound is five standard errors: a right sampler fails a bound once in 1.7 million seeds,
/// one of the five once in 350,000.
class JointStatistics {

    private static final int DRAWS = 20_000;

    @Test
    void draws_haveTheMeansAndCovariancesThatAreBelieved() {
        var kernel = Kernel.matern(Distances.numbers(1), 0.4);
        var joint = GaussianProcess.fit(kernel, new double[][] {{0.2}, {0.9}}, new double[] {1, -1}, 0.01)
                .at(new double[][] {{0.4}, {0.5}});
        var random = Philox.keyed(7, 0, 0, "draw");
        double[] sums = new double[2];
        double[] products = new double[3];
        for (int i = 0; i < DRAWS; i++) {
            double[] drawn = joint.draw(random);
            double first = drawn[0] - joint.mean(0);
            double second = drawn[1] - joint.mean(1);
            sums[0] += first / DRAWS;
            sums[1] += second / DRAWS;
            products[0] += first * first / DRAWS;
            products[1] += second * second / DRAWS;
            products[2] += first * second / DRAWS;
        }
        near(sums[0], 0, joint.covariance(0, 0));
        near(sums[1], 0, joint.covariance(1, 1));
        near(products[0], joint.covariance(0, 0), 2 * square(joint.covariance(0, 0)));
        near(products[1], joint.covariance(1, 1), 2 * square(joint.covariance(1, 1)));
        near(
                products[2],
                joint.covariance(0, 1),
                joint.covariance(0, 0) * joint.covariance(1, 1) + square(joint.covariance(0, 1)));
    }

    private static double square(double x) {
        return x * x;
    }

    private static void near(double found, double expected, double variance) {
        assertThat(Math.abs(found - expected)).isLessThan(5 * Math.sqrt(variance / DRAWS));
    }
}
