package dev.clade.toys.pole;

/// What several episodes, played side by side, did in the same number of acts, and what it was worth.
///
/// Legend: act `t` of lane `e` is at index `t * lanes + e`; `V` the critic's value, `A` the advantage.
/// Values are in units of the reward: the reward is weighted with `1 - discount`, so that `V` is a mean reward and
/// keeps its size when the discount changes.
final class Rollout {

    final int lanes;
    final int size;
    final double[][] senses;
    final int[] choices;

    /// The logarithm of the probability with which the choice was made.
    final double[] logs;

    final double[] rewards;
    final double[] values;

    /// `V` of what came next; 0 where the cart had fallen.
    final double[] nexts;

    /// Whether the episode ended with this act.
    final boolean[] ends;

    final double[] advantages;

    /// What `V` should have been.
    final double[] targets;

    Rollout(int lanes, int acts) {
        this.lanes = lanes;
        size = lanes * acts;
        senses = new double[size][SwingUp.SENSES];
        choices = new int[size];
        logs = new double[size];
        rewards = new double[size];
        values = new double[size];
        nexts = new double[size];
        ends = new boolean[size];
        advantages = new double[size];
        targets = new double[size];
    }

    /// Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, eq. 16), then advantages to mean 0
    /// and standard deviation 1.
    void judge(double discount, double trace) {
        double sum = 0;
        double squares = 0;
        for (int i = size - 1; i >= 0; i--) {
            double later = ends[i] || i + lanes >= size ? 0 : advantages[i + lanes];
            double surprise = (1 - discount) * rewards[i] + discount * nexts[i] - values[i];
            advantages[i] = surprise + discount * trace * later;
            targets[i] = values[i] + advantages[i];
            sum += advantages[i];
            squares += advantages[i] * advantages[i];
        }
        double mean = sum / size;
        double deviation = StrictMath.sqrt(Math.max(0, squares / size - mean * mean)) + 1e-8;
        for (int i = 0; i < size; i++) {
            advantages[i] = (advantages[i] - mean) / deviation;
        }
    }
}
