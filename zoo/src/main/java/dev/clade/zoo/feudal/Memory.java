package dev.clade.zoo.feudal;

import dev.clade.zoo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// What an environment remembers between steps: `N` rows of numbers, all 0 at the beginning of an episode.
///
/// @param worker the worker's hidden state beside its cell, `(N, 2H)`
/// @param cores of the manager's dilated LSTM, `(N, r * 2d)`
/// @param goals of the last `c` steps, longest ago first, `(N, c * d)`
/// @param states the latent states in which they were set, `(N, c * d)`
/// @param chance what decides on random goals, `(N, 1)`
record Memory(Tensor worker, Tensor cores, Tensor goals, Tensor states, Tensor chance) {

    /// How many numbers each part has, in this order.
    record Sizes(int worker, int cores, int goals, int states) {

        private static final int CHANCE = 1;

        int sum() {
            return worker + cores + goals + states + CHANCE;
        }

        /// The parts of `(N, sum)`.
        Memory of(Tensor memory) {
            var parts = new ArrayList<Tensor>();
            long at = 0;
            for (int size : List.of(worker, cores, goals, states, CHANCE)) {
                parts.add(memory.narrow(1, at, size));
                at += size;
            }
            return new Memory(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
        }
    }

    /// One row for each environment.
    Tensor row() {
        return Tensor.joined(List.of(worker, cores, goals, states, chance), 1);
    }

    /// A queue `(N, count * d)` without its first and with a last `(N, d)`.
    static Tensor pushed(Tensor queue, Tensor last) {
        long one = last.shape().getLast();
        long rest = queue.shape().getLast() - one;
        return Tensor.joined(List.of(queue.narrow(1, one, rest), last), 1);
    }
}
