package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;
import java.util.List;

/// What lies behind each step of an unroll, as far as it is of the same episode: from `nearest` steps
/// before it to `furthest`.
record Window(int nearest, int furthest) {

    /// What an environment remembers, step by step, and behind it what is of the unroll.
    ///
    /// @param past `(E, count * d)`, longest ago first
    /// @param now `((T + 1) * E, d)`
    /// @return `((count + T + 1) * E, d)`
    static Tensor behind(Tensor past, int count, Tensor now) {
        return Tensor.joined(List.of(rows(past, count), now), 0);
    }

    /// Memory `(E, count * d)` as rows of steps, `(count * E, d)`.
    static Tensor rows(Tensor past, int count) {
        long environments = past.shape().getFirst();
        long size = past.shape().getLast() / count;
        return past.reshape(environments, count, size).transpose(0, 1).reshape(count * environments, size);
    }

    int count() {
        return furthest - nearest + 1;
    }

    /// The windows of the steps `from .. from + steps - 1`, nearest first; zeros for what is of another
    /// episode.
    ///
    /// @param rows as [#behind] makes them
    /// @param past how many steps of memory they begin with, at least `furthest - from`
    /// @return `(steps * E, furthest - nearest + 1, d)`
    Tensor of(Tensor rows, int past, Ends ends, int from, int steps) {
        int environments = ends.environments();
        var places = new long[steps * environments * count()];
        var mask = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            int row = from * environments + i / count();
            int lag = nearest + i % count();
            places[i] = row + (past - lag) * (long) environments;
            mask[i] = ends.sameEpisode(row, lag) ? 1 : 0;
        }
        return rows.select(0, Tensor.of(places))
                .times(Tensor.of(mask, mask.length, 1))
                .reshape((long) steps * environments, count(), -1);
    }
}
