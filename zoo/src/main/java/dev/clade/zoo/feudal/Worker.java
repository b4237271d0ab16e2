package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/// The worker, who acts: an LSTM of what is seen, embeddings `U` of what can be done, and a policy that is
/// their product with the embedding `w` of the goals of the last steps.
///
/// @param percept size of `z`
/// @param cells of the LSTM
/// @param embedding size of `w`, the paper's `k`
/// @param latent size of a goal
/// @param logits of the policy
record Worker(int percept, int cells, int embedding, int latent, int logits) {

    Parameters.Layout with(Parameters.Layout layout) {
        layout.linear("worker.goal.weight", embedding, latent)
                .linear("worker.actions.weight", (long) logits * embedding, cells)
                .with("worker.actions.bias", (long) logits * embedding)
                .linear("worker.value.weight", 1, cells)
                .with("worker.value.bias", 1);
        return memory().with(layout);
    }

    /// @param goals how many are summed: their matrix begins so small that `w` is numbers of about 1
    void draw(Weights weights, int goals, Randomness random) {
        Linear.draw(weights, "worker.goal", 1.0 / goals, random);
        Linear.draw(weights, "worker.actions", Linear.HEAD, random);
        Linear.draw(weights, "worker.value", Linear.HEAD, random);
        memory().draw(weights, random);
    }

    Lstm memory() {
        return new Lstm("worker.lstm", percept, cells);
    }

    /// Logits and, last, the value.
    ///
    /// @param said of its memory, `(N, cells)`
    /// @param goals sums of those of the last steps, `(N, latent)`: numbers, which have no gradient here
    /// @return `(N, logits + 1)`
    Tensor heads(Weights weights, Tensor said, Tensor goals) {
        var wanted = goals.detached()
                .matmul(weights.get("worker.goal.weight").transpose(0, 1))
                .reshape(-1, embedding, 1);
        var policy = Linear.of(weights, "worker.actions", said)
                .reshape(-1, logits, embedding)
                .matmul(wanted)
                .reshape(-1, logits);
        return Tensor.joined(List.of(policy, Linear.of(weights, "worker.value", said)), 1);
    }

    /// What its memory says in each step of an unroll, one behind the other: `(T * E, cells)`.
    ///
    /// @param percept `(T * E, percept)` at least
    /// @param memory at the beginning, `(E, memory)`
    Tensor through(Weights weights, Tensor percept, Tensor memory, Ends ends) {
        int environments = ends.environments();
        var said = new ArrayList<Tensor>();
        var now = memory;
        for (int step = 0; step < ends.steps(); step++) {
            var seen = percept.narrow(0, (long) step * environments, environments);
            now = memory().step(weights, seen, ends.kept(now, step));
            said.add(memory().said(now));
        }
        return Tensor.joined(said, 0);
    }
}
