package dev.clade.zoo.unreal;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.Map;

/// The task of changing pixels (Jaderberg et al. 2016, arXiv 1611.05397, section 3.1): for each cell and each
/// action the discounted sum of how much the cell will change, learned by n-step Q-learning. The head duels
/// (Wang et al. 2016, arXiv 1511.06581, equation 9): `Q = V + A - mean A`.
///
/// ```
/// (N, memory)      linear                             relu
/// (N, 32, h, w)    transposed conv 4x4, 1 + actions, stride 2
/// (N, 1 + actions, 2 h + 2, 2 w + 2)
/// ```
///
/// @param cells whose pixels they are
/// @param actions how many there are
/// @param memory numbers that it reads
record PixelControl(Cells cells, int actions, int memory) {

    private static final int CHANNELS = 32;
    private static final int KERNEL = 4;
    private static final int STRIDE = 2;

    private int flat() {
        return CHANNELS * along(cells.rows()) * along(cells.columns());
    }

    private static int along(int cells) {
        return (cells - KERNEL) / STRIDE + 1;
    }

    void lay(Parameters.Layout layout) {
        layout.linear("pixel_control.fc.weight", flat(), memory)
                .with("pixel_control.fc.bias", flat())
                .with("pixel_control.head.weight", CHANNELS, 1L + actions, KERNEL, KERNEL)
                .with("pixel_control.head.bias", 1L + actions);
    }

    Map<String, Integer> inputs() {
        return Map.of("pixel_control.fc.weight", memory);
    }

    /// What the actions are worth to each cell, `(N, actions, cells)`.
    ///
    /// @param read `(N, memory)`
    Tensor worth(Weights weights, Tensor read) {
        var both = read.linear(weights.get("pixel_control.fc.weight"), weights.get("pixel_control.fc.bias"))
                .relu()
                .reshape(-1, CHANNELS, along(cells.rows()), along(cells.columns()))
                .convTranspose2d(
                        weights.get("pixel_control.head.weight"), weights.get("pixel_control.head.bias"), STRIDE, 0)
                .reshape(-1, 1L + actions, cells.count());
        var advantages = both.narrow(1, 1, actions);
        return both.narrow(1, 0, 1).plus(advantages).minus(advantages.mean(1).reshape(-1, 1, cells.count()));
    }

    /// `1/2 sum (Q - target)^2` over all cells and steps of replayed windows, where the target is the sum of
    /// changes, discounted, up to the last picture of the window, and there the best that Q promises of it,
    /// as a number. A window that ends with its episode ends with the last picture that was seen of it, and
    /// not with nothing, so that an end is no worse than any other place.
    ///
    /// @param worth of all rows of the windows, `((T + 1) B, actions, cells)`
    /// @param discount of the next change
    static Tensor loss(Tensor worth, Windows windows, double discount) {
        int actions = Math.toIntExact(worth.shape().get(1));
        int cells = Math.toIntExact(worth.shape().getLast());
        var best = worth.detached().transpose(1, 2).largest(1).values().floats();
        int rows = windows.rows();
        var targets = new float[rows * cells];
        var taken = new float[rows * actions];
        for (int window = 0; window < windows.count(); window++) {
            int moves = windows.moves(window);
            for (int step = 0; step < moves; step++) {
                int row = windows.row(step, window);
                taken[row * actions + windows.action(row)] = 1;
            }
            for (int cell = 0; cell < cells; cell++) {
                double next = best[windows.row(moves, window) * cells + cell];
                for (int step = moves - 1; step >= 0; step--) {
                    int row = windows.row(step, window);
                    next = windows.change(row, cell) + discount * next;
                    targets[row * cells + cell] = (float) next;
                }
            }
        }
        // Where nothing was done both are 0, so that there is no error.
        return worth.narrow(0, 0, rows)
                .times(Tensor.of(taken, rows, actions, 1))
                .sum(1)
                .minus(Tensor.of(targets, rows, cells))
                .square()
                .sum()
                .times(0.5);
    }
}
