package dev.clade.zoo.unreal;

import dev.clade.zoo.tensor.Tensor;

/// The task of telling the value once more, of what was before (Jaderberg et al. 2016, arXiv 1611.05397, section
/// 3.3). The policy learns nothing by it.
final class ValueReplay {

    private ValueReplay() {}

    /// `1/2 sum (V - target)^2` over all steps of replayed windows, where the target is the sum of rewards,
    /// discounted, and what the value says of the last picture, as a number; nothing follows the end of an
    /// episode.
    ///
    /// @param values of all rows of the windows, `((T + 1) B, 1)`
    /// @param discount of the next reward
    static Tensor loss(Tensor values, Windows windows, double discount) {
        int rows = windows.rows();
        var said = values.detached().floats();
        var targets = new float[rows];
        var known = new float[rows];
        for (int window = 0; window < windows.count(); window++) {
            int length = windows.length(window);
            double next = windows.ended(window) ? 0 : said[windows.row(length, window)];
            for (int step = length - 1; step >= 0; step--) {
                int row = windows.row(step, window);
                next = windows.reward(row) + discount * next;
                targets[row] = (float) next;
                known[row] = 1;
            }
        }
        return values.narrow(0, 0, rows)
                .minus(Tensor.of(targets, rows, 1))
                .times(Tensor.of(known, rows, 1))
                .square()
                .sum()
                .times(0.5);
    }
}
