package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;

/// How the manager's latent state moves in an unroll, and how well that fits the goals. What is measured
/// here is numbers; nothing but the goals that are given to [#cosines] has a gradient.
///
/// @param states latent states of memory and of the unroll, `((c + T + 1) * E, d)`
/// @param goals likewise
/// @param horizon `c`
record Travel(Tensor states, Tensor goals, int horizon, Ends ends) {

    /// The sum of the goals of the last `c` steps and of each step, those of other episodes left out: `(T *
    /// E, d)` (the sum of equation 4).
    Tensor pooled() {
        return new Window(0, horizon).of(goals, horizon, ends, 0, ends.steps()).sum(1);
    }

    /// The world's rewards plus others, times what they are worth.
    static float[] sum(float[] rewards, float[] others, double worth) {
        var sums = new float[rewards.length];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = (float) (rewards[row] + worth * others[row]);
        }
        return sums;
    }

    /// What the worker is given for each step besides the world's reward: the mean over the last `c` goals
    /// of `cos(s_t - s_t-i, g_t-i)` (Vezhnevets et al. 2017, equation 8), where `s_t` is the state that the
    /// step led to. Goals of other episodes count 0, and so does all that an end leads to.
    ///
    /// @return `(T * E)`
    Tensor rewards() {
        int steps = ends.steps();
        var window = new Window(1, horizon);
        var from = window.of(states.detached(), horizon, ends, 1, steps);
        var set = window.of(goals.detached(), horizon, ends, 1, steps);
        long size = states.shape().getLast();
        var moved = at(1).reshape(-1, 1, size).minus(from);
        return Directions.cosines(moved.reshape(-1, size), set.reshape(-1, size))
                .reshape(-1, horizon)
                .mean(1);
    }

    /// `cos(s_t+c - s_t, g_t)` of each step (equation 7). The unroll's last state, or that of the episode,
    /// stands for one that lies beyond it; where there is no later state, the cosine is 0.
    ///
    /// @param own goals that have gradients, `(N, d)` with `N` at least `T * E`
    /// @return `(T * E)`
    Tensor cosines(Tensor own) {
        int environments = ends.environments();
        var ahead = new long[ends.steps() * environments];
        for (int row = 0; row < ahead.length; row++) {
            int step = Math.min(row / environments + horizon, ends.last(row));
            ahead[row] = (long) (horizon + step) * environments + row % environments;
        }
        var moved = states.detached().select(0, Tensor.of(ahead)).minus(at(0));
        return Directions.cosines(moved, own.narrow(0, 0, ahead.length));
    }

    /// The states of `T` steps from one of the unroll on.
    private Tensor at(int step) {
        int environments = ends.environments();
        return states.detached().narrow(0, (long) (horizon + step) * environments, (long) ends.steps() * environments);
    }
}
