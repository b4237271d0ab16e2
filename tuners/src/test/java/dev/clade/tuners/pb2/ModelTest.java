package dev.clade.tuners.pb2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.population.Flow;
import dev.clade.population.MemberId;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.SpaceReader;
import dev.clade.space.Value;
import dev.clade.tuners.gp.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against numpy 2 and scipy 1 (the rows are `ROWS`, of columns t, before, a, b, gain):
///
/// ```python
/// ctx, pending, n = (40, 1.2), [(0.35, 0.85)], len(R)
/// scale = lambda v, all: (v - all.min()) / (all.max() - all.min())
/// X = np.column_stack([scale(R[:, 0], np.append(R[:, 0], 40)), scale(R[:, 1], np.append(R[:, 1], 1.2)), R[:, 2:4]])
/// y = np.clip((R[:, 4] - R[:, 4].mean()) / R[:, 4].std(), -2, 2)
/// def K(A, B, s, l, eps):
///     d2 = ((A[:, None, 1:] - B[None, :, 1:]) ** 2).sum(-1)
///     return s * np.exp(-d2 / l) * (1 - eps) ** (np.abs(A[:, None, 0] - B[None, :, 0]) / 2)
/// length, rate = lambda l: np.sqrt(l / 2), lambda eps: -np.log1p(-eps) / 2
/// unpack = lambda L: (np.exp(L[0]), 2 * np.exp(2 * L[1]), 1 - np.exp(-2 * np.exp(L[2])), np.exp(L[3]))
/// mid, dev = np.log([1, length(0.5), rate(0.1), 0.1]), np.array([1, 1, 1, 2])
/// def improbable(L):
///     s, l, eps, noise = unpack(L)
///     c = cho_factor(K(X, X, s, l, eps) + noise * np.eye(n), lower=True)
///     return y @ cho_solve(c, y) / 2 + np.log(np.diag(c[0])).sum() + (((L - mid) / dev) ** 2).sum() / 2
/// L = minimize(improbable, np.log([1, length(1), rate(0.1), 0.1]), method='BFGS', options=dict(gtol=1e-10)).x
/// s, l, eps, noise = unpack(L)                                   # inside all bounds here
/// a = np.linalg.solve(K(X, X, s, l, eps) + noise * np.eye(n), y)
/// Z = np.vstack([X, [[1, 1, *p] for p in pending]])
/// C = np.linalg.inv(K(Z, Z, s, l, eps) + noise * np.eye(len(Z)))
/// beta = max(0, 0.2 * np.log(0.4 * n))
/// def bound(h):
///     q = np.array([[1, 1, *h]])
///     k = K(Z, q, s, l, eps)[:, 0]
///     return K(X, q, s, l, eps)[:, 0] @ a + np.sqrt(beta) * np.sqrt(s - k @ C @ k)
/// # top: the best of 50 runs of minimize(-bound, method='L-BFGS-B', bounds=[(0, 1)] * 2) from random places
/// ```
class ModelTest {

    private static final double[][] ROWS = {
        {0, 0.0, 0.1, 0.8, 0.011}, {0, 0.0, 0.5, 0.5, 0.030}, {0, 0.0, 0.9, 0.2, 0.008},
        {10, 0.3, 0.5, 0.5, 0.027}, {10, 0.3, 0.4, 0.7, 0.034}, {10, 0.1, 0.2, 0.3, 0.012},
        {20, 0.6, 0.5, 0.5, 0.020}, {20, 0.6, 0.4, 0.7, 0.031}, {20, 0.5, 0.3, 0.9, 0.026},
        {30, 0.9, 0.35, 0.75, 0.029}, {30, 0.9, 0.6, 0.6, 0.013}, {30, 0.8, 0.4, 0.7, 0.025}
    };

    private static final Encoding SQUARE =
            Encoding.of(SpaceReader.read(Flow.of("a: {uniform: [0, 1]}", "b: {uniform: [0, 1]}")));

    private static Hyperparameters values(double a, double b) {
        return Hyperparameters.NONE.with("a", new Value.Real(a)).with("b", new Value.Real(b));
    }

    private static Row row(int index, double... row) {
        return new Row(new MemberId(0), index, row[0], row[1], values(row[2], row[3]), row[4]);
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (double[] row : ROWS) {
            rows.add(row(rows.size(), row));
        }
        return rows;
    }

    private static Model model(List<Row> rows) {
        return Model.of(
                SQUARE,
                Covariance.ofNumbers(SQUARE),
                rows,
                new Context(40, 1.2),
                0.2,
                Randomness.keyed(1, 0, 0).of("model"));
    }

    @Test
    void bound_isThatOfAnotherImplementation() {
        var model = model(rows()).besides(values(0.35, 0.85));
        assertThat(model.beta()).isCloseTo(0.3137231835827691, within(1e-12));
        assertThat(model.bound(new double[] {0.5, 0.5})).isCloseTo(0.029938837519371708, within(1e-4));
        assertThat(model.bound(new double[] {0.1, 0.2})).isCloseTo(0.6311541022212931, within(1e-4));
        assertThat(model.bound(new double[] {0.35, 0.85})).isCloseTo(0.68102638986687, within(1e-4));
    }

    @Test
    void search_findsTheTopOfAnotherImplementation() {
        var model = model(rows()).besides(values(0.35, 0.85));
        var top = new Search(SQUARE, model, values(0.5, 0.5)).top(Randomness.keyed(3, 0, 0));
        assertThat(top).containsExactly(new double[] {0.12249265, 0.76853146}, within(1e-3));
        assertThat(model.bound(top)).isCloseTo(1.074448826684807, within(1e-4));
        assertThat(model.gain(top)).isCloseTo(0.027286014197390716, within(1e-5));
    }

    @Test
    void besides_leavesWhatIsExpected_andKnowsMoreThere() {
        var model = model(rows());
        var more = model.besides(values(0.9, 0.9));
        double[] there = {0.9, 0.9};
        assertThat(more.gain(there)).isCloseTo(model.gain(there), within(1e-12));
        assertThat(more.deviation(there)).isLessThan(0.5 * model.deviation(there));
        assertThat(more.bound(there)).isLessThan(model.bound(there));
    }

    @Test
    void fewRows_haveNoBeta_andTheBoundIsTheMean() {
        var two = model(rows().subList(0, 2));
        assertThat(two.beta()).isZero();
        assertThat(two.bound(new double[] {0.1, 0.8})).isLessThan(two.bound(new double[] {0.5, 0.5}));
    }

    @Test
    void rowsThatAreAllAlike_areBelieved() {
        var same = List.of(row(1, ROWS[1]), row(2, ROWS[1]), row(3, ROWS[1]));
        assertThat(model(same).gain(new double[] {0.2, 0.2})).isCloseTo(0.03, within(1e-12));
    }

    @Test
    void whatDiverged_isAvoided() {
        var rows = rows();
        rows.add(row(20, 35, 1.0, 0.4, 0.7, Double.NEGATIVE_INFINITY));
        double[] there = {0.4, 0.7};
        assertThat(model(rows).gain(there)).isLessThan(model(rows()).gain(there));
    }
}
