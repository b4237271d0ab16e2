package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;

/// Where episodes end in an unroll of `T` steps of `E` environments, and so which of its steps belong
/// together. Rows are `step * E + environment`; what is seen after the last step makes `T + 1` of them.
final class Ends {

    /// Of an episode that began before the unroll.
    private static final int BEFORE = Integer.MIN_VALUE;

    private final int environments;
    private final int steps;
    private final int[] begins;
    private final int[] lasts;

    /// @param ended after which of the `T * E` steps an episode was over
    Ends(boolean[] ended, int environments) {
        this.environments = environments;
        steps = ended.length / environments;
        begins = new int[ended.length + environments];
        lasts = new int[ended.length + environments];
        for (int row = 0; row < begins.length; row++) {
            int before = row - environments;
            begins[row] = before < 0 ? BEFORE : ended[before] ? row / environments : begins[before];
        }
        for (int row = begins.length - 1; row >= 0; row--) {
            boolean over = row >= ended.length || ended[row];
            lasts[row] = over ? row / environments : lasts[row + environments];
        }
    }

    int environments() {
        return environments;
    }

    /// `T`.
    int steps() {
        return steps;
    }

    /// Whether what lies so many steps before a row is of the same episode.
    boolean sameEpisode(int row, int lag) {
        return row / environments - lag >= begins[row];
    }

    /// The last step of a row's episode at which something was seen, `T` at most.
    int last(int row) {
        return lasts[row];
    }

    /// What is left before a step of a memory that came of the step before: nothing of an environment whose
    /// episode ended.
    ///
    /// @param memory `(E, any)`
    Tensor kept(Tensor memory, int step) {
        for (int row = step * environments; row < (step + 1) * environments; row++) {
            if (!sameEpisode(row, 1)) {
                return memory.times(mask(step, 1, 1));
            }
        }
        return memory;
    }

    /// 1 for each row of the steps `from .. from + count - 1` whose episode was there `lag` steps before, 0
    /// for the others: `(count * E, 1)`.
    Tensor mask(int from, int count, int lag) {
        var mask = new float[count * environments];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = sameEpisode(from * environments + i, lag) ? 1 : 0;
        }
        return Tensor.of(mask, mask.length, 1);
    }
}
