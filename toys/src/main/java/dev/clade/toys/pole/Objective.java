package dev.clade.toys.pole;

/// What the policy is trained to lessen: the clipped surrogate of PPO with an entropy bonus (Schulman et
/// al. 2017, arXiv 1707.06347, eq. 7 and 9), for one act.
///
/// Legend: `p` the probabilities, from the outputs `z` of the network by the softmax; `a` the choice; `A` its
/// advantage; `r = p(a) / p_old(a)`; `H` the entropy [nat].
final class Objective {

    /// How far `r` may leave 1 and still be pushed: the paper's.
    static final double CLIP = 0.2;

    private final double[] logs = new double[SwingUp.CHOICES];
    private final double[] p = new double[SwingUp.CHOICES];
    private final double[] slope = new double[SwingUp.CHOICES];
    private double entropy;

    /// The loss; [#slope] then holds its derivative by `z`.
    double loss(double[] z, int a, double oldLog, double advantage, double entropyCost) {
        logSoftmax(z, logs);
        entropy = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = StrictMath.exp(logs[j]);
            entropy -= p[j] * logs[j];
        }
        double r = StrictMath.exp(logs[a] - oldLog);
        boolean clipped = advantage > 0 ? r > 1 + CLIP : r < 1 - CLIP;
        double push = clipped ? 0 : advantage * r;
        for (int j = 0; j < slope.length; j++) {
            slope[j] = push * (p[j] - (j == a ? 1 : 0)) + entropyCost * p[j] * (logs[j] + entropy);
        }
        double surrogate = clipped ? advantage * (advantage > 0 ? 1 + CLIP : 1 - CLIP) : advantage * r;
        return -surrogate - entropyCost * entropy;
    }

    /// The derivative of the last loss by the outputs of the network, in a vector that the next call overwrites.
    double[] slope() {
        return slope;
    }

    /// The entropy of the policy at the last loss [nat].
    double entropy() {
        return entropy;
    }

    /// The logarithms of the softmax, written into `logs`.
    static void logSoftmax(double[] z, double[] logs) {
        double top = z[0];
        for (double each : z) {
            top = Math.max(top, each);
        }
        double sum = 0;
        for (double each : z) {
            sum += StrictMath.exp(each - top);
        }
        double shift = top + StrictMath.log(sum);
        for (int j = 0; j < z.length; j++) {
            logs[j] = z[j] - shift;
        }
    }
}
