package dev.clade.tuners.pb2;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws a set of so many different arms of which each holds arm `i` with a given probability (DepRound; Gandhi,
/// Khuller, Parthasarathy, Srinivasan, J. ACM 2006). While two probabilities are fractions, probability moves from one
/// to the other until one of them is 0 or 1, up or down such that neither's mean changes:
///
/// ```
/// alpha = min(1 - p_i, p_j)    beta = min(p_i, 1 - p_j)
/// (p_i, p_j) <- (p_i + alpha, p_j - alpha) with probability beta / (alpha + beta)
///               (p_i - beta, p_j + beta)   otherwise
/// ```
final class DependentRounding {

    /// Sums of probabilities are whole up to rounding.
    private static final double ROUNDING = 1e-9;

    private DependentRounding() {}

    /// The arms drawn, in their order.
    ///
    /// @param marginals each from 0 to 1; their sum is how many arms are drawn, a whole number
    static List<Integer> draw(double[] marginals, RandomGenerator random) {
        var p = marginals.clone();
        int i = fraction(p, 0);
        for (int j = fraction(p, i + 1); j < p.length; j = fraction(p, Math.max(i, j) + 1)) {
            move(p, i, j, random);
            i = whole(p[i]) ? j : i;
        }
        var drawn = new ArrayList<Integer>();
        for (int arm = 0; arm < p.length; arm++) {
            if (p[arm] > 0.5) {
                drawn.add(arm);
            }
        }
        return List.copyOf(drawn);
    }

    private static void move(double[] p, int i, int j, RandomGenerator random) {
        double alpha = Math.min(1 - p[i], p[j]);
        double beta = Math.min(p[i], 1 - p[j]);
        double moved = random.nextDouble() * (alpha + beta) < beta ? alpha : -beta;
        p[i] += moved;
        p[j] -= moved;
    }

    private static int fraction(double[] p, int from) {
        int at = from;
        while (at < p.length && whole(p[at])) {
            at++;
        }
        return at;
    }

    private static boolean whole(double p) {
        return p <= ROUNDING || p >= 1 - ROUNDING;
    }
}
