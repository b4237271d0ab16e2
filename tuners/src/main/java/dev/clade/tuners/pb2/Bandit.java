package dev.clade.tuners.pb2;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// TV-EXP3.M (PB2-Mix, arXiv 2106.15883, section 3): which of `C` options of a category to try, where a round tries
/// `B` of them and what they are worth changes over `T` rounds. Immutable.
///
/// ```
/// p_c  = (1 - gamma) w_c / sum w + gamma / C
/// gamma = sqrt(C ln(C/B) / ((e - 1) B T)), at most 1; 0.2 where B >= C      omega = 1 / (10 T)
/// r^_c = sum over the round's plays of c of r / (B p_c)
/// w_c <- w_c exp(gamma B r^_c / C) + e omega sum w / C, then all are divided by their sum
/// ```
///
/// Where `B < C`, no arm may hold more than one place in a round, so that its chance is at most `1/B`: heavier weights
/// than `alpha`, with `alpha / sum_c min(w_c, alpha) = (1/B - gamma/C) / (1 - gamma)`, are set to it, and those arms
/// get only the second term. Ours: an arm's exponent takes `min(B, C)` for its `B`, else the weights of a large
/// population overflow in one round. The authors' program also adds the second term to `p_c`, which then does not sum
/// to 1, and adds it inside the product of the update; here it is the sum that is written above.
final class Bandit {

    private static final double GAMMA_WHERE_ALL_FIT = 0.2;

    private final int batch;
    private final double gamma;
    private final double omega;
    private final double[] weights;
    private final boolean[] heavy;

    private Bandit(int batch, double gamma, double omega, double[] weights) {
        this.batch = batch;
        this.gamma = gamma;
        this.omega = omega;
        double alpha = most(weights, batch, gamma);
        this.heavy = new boolean[weights.length];
        this.weights = weights.clone();
        for (int c = 0; c < weights.length; c++) {
            heavy[c] = weights[c] > alpha;
            this.weights[c] = Math.min(alpha, weights[c]);
        }
    }

    /// A bandit that knows nothing yet.
    ///
    /// @param arms `C`, at least 1
    /// @param batch `B`, the plays of a round, at least 1
    /// @param rounds `T`, at least 1
    static Bandit of(int arms, int batch, int rounds) {
        double gamma = batch >= arms
                ? GAMMA_WHERE_ALL_FIT
                : Math.min(
                        1,
                        Math.sqrt(
                                arms * StrictMath.log((double) arms / batch) / ((StrictMath.E - 1) * batch * rounds)));
        double[] weights = new double[arms];
        Arrays.fill(weights, 1.0 / arms);
        return new Bandit(batch, gamma, 1 / (10.0 * rounds), weights);
    }

    /// The same bandit with other weights.
    Bandit weighing(double... others) {
        return new Bandit(batch, gamma, omega, others);
    }

    /// What a member with this arm got in a round.
    ///
    /// @param reward from 0, the worst seen, to 1, the best
    record Play(int arm, double reward) {}

    int arms() {
        return weights.length;
    }

    /// The chance of each arm to be a member's: they sum to 1.
    double[] probabilities() {
        double sum = sum(weights);
        double[] p = new double[weights.length];
        for (int c = 0; c < p.length; c++) {
            p[c] = (1 - gamma) * weights[c] / sum + gamma / p.length;
        }
        return p;
    }

    double[] weights() {
        return weights.clone();
    }

    /// The bandit that knows one more round.
    Bandit after(List<Play> round) {
        double[] p = probabilities();
        double[] estimates = new double[p.length];
        for (var play : round) {
            estimates[play.arm()] += play.reward() / (batch * p[play.arm()]);
        }
        double share = StrictMath.E * omega * sum(weights) / p.length;
        double rate = gamma * Math.min(batch, p.length) / p.length;
        double[] next = new double[p.length];
        for (int c = 0; c < p.length; c++) {
            next[c] = (heavy[c] ? weights[c] : weights[c] * StrictMath.exp(rate * estimates[c])) + share;
        }
        double sum = sum(next);
        for (int c = 0; c < p.length; c++) {
            next[c] /= sum;
        }
        return weighing(next);
    }

    /// A member's arm. Where a round cannot hold all arms, it holds different ones: those that others try now are
    /// drawn already, the rest of the round is drawn beside them by [DependentRounding], and the member gets one of
    /// these.
    int draw(SortedSet<Integer> pending, RandomGenerator random) {
        double[] p = probabilities();
        int places = 1;
        if (batch < p.length && pending.size() < p.length) {
            pending.forEach(arm -> p[arm] = 0);
            places = Math.max(1, batch - pending.size());
        }
        var drawn = DependentRounding.draw(filled(p, places), random);
        return drawn.get(random.nextInt(drawn.size()));
    }

    /// `min(1, s p_c)` with the `s` for which they sum to `places`.
    private static double[] filled(double[] p, int places) {
        double[] marginals = p.clone();
        boolean over = true;
        while (over) {
            over = false;
            double rest = 0;
            int full = 0;
            for (double m : marginals) {
                full += m == 1 ? 1 : 0;
                rest += m == 1 ? 0 : m;
            }
            double scale = rest > 0 ? (places - full) / rest : 0;
            for (int c = 0; c < marginals.length; c++) {
                if (marginals[c] != 1) {
                    over |= marginals[c] * scale > 1;
                    marginals[c] = Math.min(1, marginals[c] * scale);
                }
            }
        }
        return marginals;
    }

    /// The weight above which an arm would hold more than one place of a round.
    private static double most(double[] weights, int batch, double gamma) {
        int arms = weights.length;
        if (batch >= arms || gamma >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        double eta = (1.0 / batch - gamma / arms) / (1 - gamma);
        double[] sorted = weights.clone();
        Arrays.sort(sorted);
        double rest = sum(sorted);
        double alpha = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= arms && sorted[arms - k] > (k == 1 ? eta * rest : alpha); k++) {
            rest -= sorted[arms - k];
            alpha = eta * rest / (1 - k * eta);
        }
        return alpha;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
