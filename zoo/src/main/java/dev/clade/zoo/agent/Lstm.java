package dev.clade.zoo.agent;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;

/// A layer with a memory (Hochreiter, Schmidhuber 1997; with forget gates, Gers et al. 2000). Its memory is what it
/// said last, and its cells behind it: `(N, 2 * cells)`.
///
/// @param name of its parameters, a prefix
/// @param in numbers that it sees
/// @param cells numbers that it says
public record Lstm(String name, int in, int cells) {

    private static final int GATES = 4;

    /// A layout with its parameters: `NAME.input.weight` `(4 * cells, in)`, `NAME.hidden.weight` `(4 * cells, cells)`
    /// and a bias each, gates in the order input, forget, cell, output.
    public Parameters.Layout with(Parameters.Layout layout) {
        return layout.with(name + ".input.weight", (long) GATES * cells, in)
                .with(name + ".input.bias", (long) GATES * cells)
                .with(name + ".hidden.weight", (long) GATES * cells, cells)
                .with(name + ".hidden.bias", (long) GATES * cells);
    }

    /// Draws new weights: normal with variance `1 / inputs`; biases 0, but that of the forget gate 1, so that at
    /// first it forgets little (Jozefowicz et al. 2015, section 2.2).
    public void draw(Weights weights, Randomness random) {
        draw(weights, random, ".input.weight", in);
        draw(weights, random, ".hidden.weight", cells);
        weights.get(name + ".hidden.bias").zeroHere();
        var bias = weights.get(name + ".input.bias").zeroHere();
        bias.narrow(0, cells, cells).plusHere(1);
    }

    private void draw(Weights weights, Randomness random, String of, int inputs) {
        weights.get(name + of).normalHere(1 / Math.sqrt(inputs), random.of("weights/" + name + of));
    }

    /// Numbers of its memory.
    public int memory() {
        return 2 * cells;
    }

    /// One step of `N`.
    ///
    /// @param seen `(N, in)`
    /// @param memory before it, `(N, 2 * cells)`
    /// @return the memory after it: the first `cells` columns are what it says
    public Tensor step(Weights weights, Tensor seen, Tensor memory) {
        return seen.lstmCell(
                memory,
                weights.get(name + ".input.weight"),
                weights.get(name + ".hidden.weight"),
                weights.get(name + ".input.bias"),
                weights.get(name + ".hidden.bias"));
    }

    /// What is said of a memory, `(N, cells)`.
    public Tensor said(Tensor memory) {
        return memory.narrow(1, 0, cells);
    }

    /// All steps of an unroll, one behind the other.
    ///
    /// @param seen `(steps * environments, in)`
    /// @param memory at the beginning, `(environments, 2 * cells)`
    /// @return what it says, `(steps * environments, cells)`
    public Tensor through(Weights weights, Tensor seen, Tensor memory, Unroll unroll) {
        var said = new ArrayList<Tensor>();
        var now = memory;
        for (int step = 0; step < unroll.steps(); step++) {
            now = step(weights, seen.narrow(0, (long) step * unroll.environments(), unroll.environments()), now);
            said.add(said(now));
            now = unroll.kept(now, step);
        }
        return Tensor.joined(said, 0);
    }
}
