package dev.clade.tuners.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Against scikit-learn 1.9.1, an independent implementation:
///
/// ```python
/// import numpy as np
/// from sklearn.gaussian_process import GaussianProcessRegressor as G
/// from sklearn.gaussian_process.kernels import Matern, RBF, ConstantKernel as C, WhiteKernel as W
///
/// x = np.array([[0.1, 0.9], [0.35, 0.2], [0.6, 0.65], [0.8, 0.1], [0.95, 0.5]])
/// y = np.array([0.3, -1.2, 0.8, 1.1, -0.4])
/// q = np.array([[0.5, 0.5], [0.2, 0.8], [1.0, 0.0]])
/// for k in [C(1.7) * Matern([0.3, 0.6], nu=2.5), C(1.7) * RBF([0.3, 0.6])]:
///     g = G(k, alpha=0.01, optimizer=None).fit(x, y)
///     print(g.predict(q, return_cov=True), g.log_marginal_likelihood(k.theta, eval_gradient=True))
///
/// i = np.arange(24)
/// X = np.stack([(i * 0.61803398875) % 1, (i * 0.7548776662) % 1], 1)
/// Y = np.sin(6 * X[:, 0]) + 0.5 * np.cos(4 * X[:, 1]) + 0.2 * np.sin(37 * i * i)
/// k = C(1.0, (1e-4, 1e4)) * Matern([0.5, 0.5], (1e-3, 1e3), nu=2.5) + W(0.01, (1e-8, 1e2))
/// g = G(k, alpha=0, n_restarts_optimizer=20, random_state=0).fit(X, Y)
/// print(g.kernel_.theta, g.log_marginal_likelihood_value_)
/// ```
class GaussianProcessTest {

    private static final double[][] X = {{0.1, 0.9}, {0.35, 0.2}, {0.6, 0.65}, {0.8, 0.1}, {0.95, 0.5}};
    private static final double[] Y = {0.3, -1.2, 0.8, 1.1, -0.4};
    private static final double[][] Q = {{0.5, 0.5}, {0.2, 0.8}, {1.0, 0.0}};
    private static final Distances BOTH = Distances.numbers(2);
    private static final Kernel MATERN = Kernel.constant(1.7).times(Kernel.matern(BOTH, 0.3, 0.6));
    private static final Kernel SQUARED = Kernel.constant(1.7).times(Kernel.squaredExponential(BOTH, 0.3, 0.6));

    @Test
    void maternPosterior_isThatOfAnotherImplementation() {
        var process = GaussianProcess.fit(MATERN, X, Y, 0.01);
        posterior(process, new double[] {0.23290022753854586, 0.09852192859538328, 0.4318364014884572}, new double[][] {
            {0.19855851055524631, 0.04368631665287759, 0.008782269487060124},
            {0.04368631665287759, 0.2607173839453245, 0.022731866814388876},
            {0.008782269487060124, 0.022731866814388876, 0.7061968928028431}
        });
        assertThat(process.logLikelihood()).isCloseTo(-7.806417714905258, within(1e-10));
    }

    @Test
    void squaredExponentialPosterior_isThatOfAnotherImplementation() {
        var process = GaussianProcess.fit(SQUARED, X, Y, 0.01);
        posterior(process, new double[] {0.29377150298529286, 0.07358668691633106, 0.4621275203558967}, new double[][] {
            {0.06328126113187915, 0.03126036074601324, 0.015129424351961185},
            {0.03126036074601324, 0.1217541158044908, 0.05740780368029355},
            {0.015129424351961185, 0.05740780368029355, 0.45733300731032367}
        });
        assertThat(process.logLikelihood()).isCloseTo(-8.516940214507649, within(1e-10));
    }

    private static void posterior(GaussianProcess process, double[] means, double[][] covariances) {
        var joint = process.at(Q);
        for (int i = 0; i < Q.length; i++) {
            assertThat(process.at(Q[i]).mean()).as("mean %d", i).isCloseTo(means[i], within(1e-10));
            assertThat(process.at(Q[i]).variance()).isCloseTo(covariances[i][i], within(1e-10));
            assertThat(process.mean(Q[i])).isEqualTo(process.at(Q[i]).mean());
            assertThat(joint.mean(i)).isEqualTo(process.at(Q[i]).mean());
            for (int j = 0; j < Q.length; j++) {
                assertThat(joint.covariance(i, j)).isCloseTo(covariances[i][j], within(1e-10));
            }
        }
    }

    @Test
    void evidence_hasTheSlopesOfAnotherImplementation() {
        slopes(MATERN, -7.806417714905258, -0.08196168009350457, -2.1057037717679474, -0.47887293271905623);
        slopes(SQUARED, -8.516940214507649, 0.8394704890519835, -5.114064543806208, -1.3879865480019031);
    }

    private static void slopes(Kernel kernel, double density, double... slopes) {
        double[] logs = java.util.Arrays.copyOf(kernel.logs(), 4);
        logs[3] = StrictMath.log(0.01);
        double[] found = new double[4];
        double value = new Evidence(kernel, X, Y, flat(4)).of(logs, found);
        assertThat(-value - Y.length * StrictMath.log(2 * Math.PI) / 2).isCloseTo(density, within(1e-10));
        for (int i = 0; i < slopes.length; i++) {
            assertThat(-found[i]).isCloseTo(slopes[i], within(1e-9));
        }
    }

    private static List<Prior> flat(int count) {
        return Collections.nCopies(count, new Prior(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void mostLikelyParameters_areThoseOfAnotherImplementation() {
        double[][] x = IntStream.range(0, 24)
                .mapToObj(i -> new double[] {(i * 0.61803398875) % 1, (i * 0.7548776662) % 1})
                .toArray(double[][]::new);
        double[] y = IntStream.range(0, 24)
                .mapToDouble(i -> Math.sin(6 * x[i][0]) + 0.5 * Math.cos(4 * x[i][1]) + 0.2 * Math.sin(37.0 * i * i))
                .toArray();
        var learned = GaussianProcess.learned(
                Kernel.constant(1).times(Kernel.matern(BOTH, 0.5, 0.5)),
                0.01,
                x,
                y,
                flat(4),
                4,
                Philox.keyed(1, 0, 0, "restarts"));
        assertThat(learned.logLikelihood()).isCloseTo(-0.8485544828976863, within(1e-5));
        assertThat(learned.kernel().logs())
                .containsExactly(
                        new double[] {-0.03494564305079453, -0.9279273023843196, 0.17914277924762298}, within(0.01));
        assertThat(StrictMath.log(learned.noise())).isCloseTo(-4.46579203165591, within(0.01));
    }

    /// With values of noise alone, or two points, the likelihood has no maximum worth going to: the priors keep the
    /// length scales where a function could be seen.
    @Test
    void fewPoints_giveNoAbsurdLengthScales() {
        var priors =
                List.of(Prior.around(1, 2), Prior.around(0.5, 2.5), Prior.around(0.5, 2.5), Prior.around(1e-3, 10));
        for (int n = 1; n <= 5; n++) {
            var learned = GaussianProcess.learned(
                    Kernel.constant(1).times(Kernel.matern(BOTH, 0.5, 0.5)),
                    1e-3,
                    java.util.Arrays.copyOf(X, n),
                    java.util.Arrays.copyOf(Y, n),
                    priors,
                    2,
                    Philox.keyed(1, 0, 0, "restarts"));
            double[] logs = learned.kernel().logs();
            assertThat(StrictMath.exp(logs[1])).isBetween(0.05, 5.0);
            assertThat(StrictMath.exp(logs[2])).isBetween(0.05, 5.0);
            assertThat(learned.noise()).isBetween(1e-6, 1.0);
        }
    }

    @Test
    void withOneMore_isTheProcessFittedToAll() {
        var all = GaussianProcess.fit(MATERN, X, Y, 0.01);
        var grown = GaussianProcess.fit(MATERN, java.util.Arrays.copyOf(X, 2), java.util.Arrays.copyOf(Y, 2), 0.01)
                .with(X[2], Y[2])
                .with(X[3], Y[3])
                .with(X[4], Y[4]);
        for (double[] q : Q) {
            assertThat(grown.at(q).mean()).isCloseTo(all.at(q).mean(), within(1e-12));
            assertThat(grown.at(q).variance()).isCloseTo(all.at(q).variance(), within(1e-12));
        }
        assertThat(grown.logLikelihood()).isCloseTo(all.logLikelihood(), within(1e-12));
        assertThat(grown.size()).isEqualTo(5);
    }

    @Test
    void believing_changesNoMean_andLeavesLessToLearnNearby() {
        var process = GaussianProcess.fit(MATERN, X, Y, 0.01);
        var believing = process.believing(Q[0]);
        for (double[] q : Q) {
            assertThat(believing.at(q).mean()).isCloseTo(process.at(q).mean(), within(1e-12));
            assertThat(believing.at(q).variance())
                    .isLessThanOrEqualTo(process.at(q).variance());
        }
        assertThat(believing.at(Q[0]).variance()).isLessThan(0.01);
    }

    /// The same point many times, without noise: the covariance is singular, and there is a process all the same.
    @Test
    void pointsThatAreEqual_areNoFault() {
        double[][] x = Collections.nCopies(6, X[0]).toArray(double[][]::new);
        var process = GaussianProcess.fit(MATERN, x, new double[] {1, 1, 1, 1, 1, 1}, 0);
        assertThat(process.at(X[0]).mean()).isCloseTo(1, within(1e-4));
        assertThat(process.with(X[0], 1).at(X[0]).variance()).isBetween(0.0, 1e-4);
        assertThat(process.at(new double[][] {X[0], X[0]}).draw(Philox.keyed(1, 0, 0, "draw"))[0])
                .isCloseTo(1, within(0.01));
    }

    @Test
    void withoutMeasurements_itIsThePrior() {
        var process = GaussianProcess.fit(MATERN, new double[0][], new double[0], 0.01);
        assertThat(process.at(Q[0]).mean()).isZero();
        assertThat(process.at(Q[0]).variance()).isCloseTo(1.7, within(1e-12));
        assertThat(process.with(X[0], Y[0]).size()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> GaussianProcess.fit(MATERN, X, new double[] {1}, 0.01))
                .hasMessage("5 points with 1 values");
        assertThatThrownBy(() -> Kernel.matern(BOTH, 1)).hasMessage("1 length scales for 2 columns");
        assertThatThrownBy(() -> Kernel.decay(0, 1)).hasMessage("epsilon must be in (0, 1), found 1.0");
    }
}
