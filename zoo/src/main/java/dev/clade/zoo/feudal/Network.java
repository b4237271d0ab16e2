package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.List;

/// What is learned (Vezhnevets et al. 2017, section 3 and figure 1).
///
/// ```
/// z = relu(linear(relu(conv(x))))          percept
/// s = relu(linear(z))                      the manager's latent state
/// m = dilated LSTM(s)                      its value: linear(m)
/// g = m / |m|                              goal
/// w = phi(g_t-c + ... + g_t)               linear without bias; no gradient to goals
/// h = LSTM(z)                              the worker's value: linear(h)
/// U = linear(h)                            embeddings of actions, (logits, k)
/// logits = U w
/// ```
///
/// @param world what is seen
/// @param logits how many the policy has
/// @param sizes of layers
/// @param horizon `c`
/// @param radius of the dilated LSTM, `r`
/// @param exploration random goals
record Network(World.Shape world, int logits, Sizes sizes, int horizon, int radius, double exploration) {

    /// @param channels of the convolution
    /// @param percept `z`
    /// @param latent `s`, `m` and `g`
    /// @param worker `h`
    /// @param embedding `w`, the paper's `k`
    record Sizes(int channels, int percept, int latent, int worker, int embedding) {}

    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    /// The policy begins nearly uniform and values nearly 0.
    private static final double HEAD = 0.01;

    /// What it says of the steps of an unroll and of what is seen after them, `N = (T + 1) * E` rows.
    ///
    /// @param logits `(N, logits)`
    /// @param worker values of the worker, `(N)`
    /// @param manager values of the manager, `(N)`
    /// @param goals set, with their gradients, `(N, d)`
    /// @param travel of states and goals
    record Unrolled(Tensor logits, Tensor worker, Tensor manager, Tensor goals, Travel travel) {}

    /// What it says of one step.
    ///
    /// @param said `(N, logits + 1)`: logits and the worker's value
    /// @param memory `(N, memory)`
    record Stepped(Tensor said, Tensor memory) {}

    private int flat() {
        return sizes.channels() * along(world.height()) * along(world.width());
    }

    private static int along(int side) {
        return (side + 2 * PADDING - KERNEL) / STRIDE + 1;
    }

    private Dilated manager() {
        return new Dilated(new Cell("manager.lstm", sizes.latent(), sizes.latent()), radius);
    }

    private Cell worker() {
        return new Cell("worker.lstm", sizes.percept(), sizes.worker());
    }

    Recall.Sizes memory() {
        int queue = horizon * sizes.latent();
        return new Recall.Sizes(worker().memory(), manager().memory(), queue, queue);
    }

    Parameters.Layout layout() {
        var layout = new Parameters.Layout()
                .with("conv.weight", sizes.channels(), world.channels(), KERNEL, KERNEL)
                .with("conv.bias", sizes.channels())
                .linear("percept.weight", sizes.percept(), flat())
                .with("percept.bias", sizes.percept())
                .linear("manager.space.weight", sizes.latent(), sizes.percept())
                .with("manager.space.bias", sizes.latent())
                .linear("manager.value.weight", 1, sizes.latent())
                .with("manager.value.bias", 1)
                .linear("worker.goal.weight", sizes.embedding(), sizes.latent())
                .linear("worker.actions.weight", (long) logits * sizes.embedding(), sizes.worker())
                .with("worker.actions.bias", (long) logits * sizes.embedding())
                .linear("worker.value.weight", 1, sizes.worker())
                .with("worker.value.bias", 1);
        return worker().layout(manager().cell().layout(layout));
    }

    /// Draws new weights: normal with variance `2 / inputs` before a relu (He et al. 2015, arXiv
    /// 1502.01852, section 2.2), `1 / inputs` in LSTMs, biases 0. The sum of goals, up to `c + 1` long,
    /// begins at length about 1 for each number of the embedding.
    void draw(Weights weights, Randomness random) {
        manager().cell().draw(weights, random);
        worker().draw(weights, random);
        draw(weights, "conv", Math.sqrt(2.0 / (world.channels() * KERNEL * KERNEL)), random);
        draw(weights, "percept", Math.sqrt(2.0 / flat()), random);
        draw(weights, "manager.space", Math.sqrt(2.0 / sizes.percept()), random);
        draw(weights, "manager.value", HEAD, random);
        draw(weights, "worker.goal", 1.0 / (horizon + 1), random);
        draw(weights, "worker.actions", HEAD, random);
        draw(weights, "worker.value", HEAD, random);
    }

    private void draw(Weights weights, String layer, double deviation, Randomness random) {
        var name = layer + ".weight";
        weights.get(name).normalHere(deviation, random.of("weights/" + name));
        if (weights.names().contains(layer + ".bias")) {
            weights.get(layer + ".bias").zeroHere();
        }
    }

    private static Tensor linear(Weights weights, String layer, Tensor input) {
        return input.linear(weights.get(layer + ".weight"), weights.get(layer + ".bias"));
    }

    /// `(N, channels * height * width)` to `z`, `(N, percept)`.
    private Tensor percept(Weights weights, Tensor seen) {
        var planes = seen.reshape(-1, world.channels(), world.height(), world.width());
        var seenAgain = planes.conv2d(weights.get("conv.weight"), weights.get("conv.bias"), STRIDE, PADDING)
                .relu()
                .reshape(-1, flat());
        return linear(weights, "percept", seenAgain).relu();
    }

    private static Tensor state(Weights weights, Tensor percept) {
        return linear(weights, "manager.space", percept).relu();
    }

    /// Logits of embeddings in the light of goals.
    ///
    /// @param hidden `(N, worker)`
    /// @param goals sums of them, `(N, latent)`
    private Tensor logits(Weights weights, Tensor hidden, Tensor goals) {
        var wanted = goals.detached().matmul(weights.get("worker.goal.weight").transpose(0, 1));
        return linear(weights, "worker.actions", hidden)
                .reshape(-1, logits, sizes.embedding())
                .matmul(wanted.reshape(-1, sizes.embedding(), 1))
                .reshape(-1, logits);
    }

    /// One step of `N` environments.
    ///
    /// @param seen `(N, channels * height * width)`
    /// @param memory `(N, memory)`
    Stepped step(Weights weights, Tensor seen, Tensor memory) {
        var recall = memory().of(memory);
        var percept = percept(weights, seen);
        var state = state(weights, percept);
        var cores = manager().step(weights, state, recall.cores());
        var chance = explored().step(seen, recall.chance());
        var goal = chance.goals(Directions.unit(manager().said(cores)));
        var worker = worker().step(weights, percept, recall.worker());
        var hidden = worker.narrow(1, 0, sizes.worker());
        var goals = recall.goals().reshape(-1, horizon, sizes.latent()).sum(1).plus(goal);
        var said = List.of(logits(weights, hidden, goals), linear(weights, "worker.value", hidden));
        var next = new Recall(
                worker,
                cores,
                Recall.pushed(recall.goals(), goal),
                Recall.pushed(recall.states(), state),
                chance.chance());
        return new Stepped(Tensor.joined(said, 1), next.memory());
    }

    private Exploration explored() {
        return new Exploration(exploration, sizes.latent());
    }

    /// All steps of an unroll.
    ///
    /// @param seen `((T + 1) * E, channels * height * width)`
    /// @param memory at its beginning, `(E, memory)`
    Unrolled unrolled(Weights weights, Tensor seen, Tensor memory, Ends ends) {
        var recall = memory().of(memory);
        var percept = percept(weights, seen);
        var states = state(weights, percept);
        var managed = manager().unrolled(weights, states, recall.cores(), ends);
        var goals = explored().unrolled(seen, recall.chance(), ends).goals(Directions.unit(managed));
        var travel = new Travel(
                Window.behind(recall.states(), horizon, states.detached()),
                Window.behind(recall.goals(), horizon, goals.detached()),
                horizon,
                ends);
        var pooled = new Window(0, horizon)
                .of(travel.goals(), horizon, ends, 0, ends.steps() + 1)
                .sum(1);
        var hidden = hidden(weights, percept, recall.worker(), ends);
        return new Unrolled(
                logits(weights, hidden, pooled),
                linear(weights, "worker.value", hidden).reshape(-1),
                linear(weights, "manager.value", managed).reshape(-1),
                goals,
                travel);
    }

    /// The worker's hidden states, step by step: `((T + 1) * E, worker)`.
    private Tensor hidden(Weights weights, Tensor percept, Tensor before, Ends ends) {
        int environments = ends.environments();
        var states = new ArrayList<Tensor>();
        var state = before;
        for (int step = 0; step <= ends.steps(); step++) {
            var input = percept.narrow(0, (long) step * environments, environments);
            state = worker().step(weights, input, state.times(ends.mask(step, 1, 1)));
            states.add(state);
        }
        return Tensor.joined(states, 0).narrow(1, 0, sizes.worker());
    }
}
