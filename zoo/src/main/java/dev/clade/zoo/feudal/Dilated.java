package dev.clade.zoo.feudal;

import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/// A dilated LSTM (Vezhnevets et al. 2017, section 3.2): `radius` cores that share one cell's weights. Each
/// step updates the core that was updated longest ago, so that each core sees every `radius`-th step; what
/// is said is the sum of the latest outputs of all.
///
/// Its state is a queue of the cores, longest ago first. It is the paper's state of `r` groups, of which
/// step `t` updates number `t mod r`, without a counter.
record Dilated(Lstm cell, int radius) {

    int memory() {
        return radius * cell.memory();
    }

    /// One step.
    ///
    /// @param input `(N, in)`
    /// @param cores `(N, memory)`
    /// @return the next `(N, memory)`
    Tensor step(Weights weights, Tensor input, Tensor cores) {
        int one = cell.memory();
        var updated = cell.step(weights, input, cores.narrow(1, 0, one));
        return Tensor.joined(List.of(cores.narrow(1, one, memory() - one), updated), 1);
    }

    /// What is said in a state `(N, memory)`: `(N, H)`.
    Tensor said(Tensor cores) {
        return cores.reshape(-1, radius, cell.memory())
                .narrow(2, 0, cell.cells())
                .sum(1);
    }

    /// What is said in each step of an unroll. Steps nearer than `radius` do not see one another, so that
    /// so many are taken at once.
    ///
    /// @param inputs `((T + 1) * E, in)`
    /// @param cores at its beginning, `(E, memory)`
    /// @return `((T + 1) * E, H)`
    Tensor unrolled(Weights weights, Tensor inputs, Tensor cores, Ends ends) {
        int environments = ends.environments();
        var all = new ArrayList<Tensor>();
        all.add(Window.rows(cores, radius));
        for (int from = 0; from <= ends.steps(); from += radius) {
            int count = Math.min(radius, ends.steps() + 1 - from);
            var before = all.getLast().narrow(0, 0, (long) count * environments).times(ends.mask(from, count, radius));
            var input = inputs.narrow(0, (long) from * environments, (long) count * environments);
            all.add(cell.step(weights, input, before));
        }
        var outputs = Tensor.joined(all, 0).narrow(1, 0, cell.cells());
        return new Window(0, radius - 1)
                .of(outputs, radius, ends, 0, ends.steps() + 1)
                .sum(1);
    }
}
