package dev.clade.zoo.feudal;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Actions;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;

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
/// @param actions that there are
/// @param horizon `c`
/// @param exploration random goals
record Network(
        Actions actions, Percept percept, GoalSetter manager, Worker worker, int horizon, Exploration exploration)
        implements RecurrentNetwork {

    private static final int CHANNELS = 16;
    private static final int PERCEPT = 64;
    private static final int LATENT = 32;
    private static final int CELLS = 64;
    private static final int EMBEDDING = 16;

    static Network of(World.Shape world, Actions actions, Hierarchy hierarchy) {
        return new Network(
                actions,
                new Percept(world, CHANNELS, PERCEPT),
                new GoalSetter(PERCEPT, LATENT, hierarchy.radius()),
                new Worker(PERCEPT, CELLS, EMBEDDING, LATENT, actions.logits()),
                hierarchy.horizon(),
                new Exploration(hierarchy.randomGoals(), LATENT));
    }

    /// What it says of an unroll of `T` steps of `E` environments.
    ///
    /// @param said logits and the worker's value of each step, `(T * E, logits + 1)`
    /// @param values of the manager, `((T + 1) * E)`
    /// @param goals that the manager sets, with their gradients, `((T + 1) * E, latent)`
    /// @param travel of states and goals
    record Unrolled(Tensor said, Tensor values, Tensor goals, Travel travel) {}

    @Override
    public int memory() {
        return sizes().sum();
    }

    Memory.Sizes sizes() {
        int queue = horizon * manager.latent();
        return new Memory.Sizes(worker.memory().memory(), manager.memory().memory(), queue, queue);
    }

    @Override
    public Parameters.Layout layout() {
        return worker.with(manager.with(percept.with(new Parameters.Layout())));
    }

    /// Draws new weights: normal with variance `2 / inputs` before a relu (He et al. 2015, arXiv
    /// 1502.01852, section 2.2), biases 0.
    @Override
    public void draw(Weights weights, Randomness random) {
        percept.draw(weights, random);
        manager.draw(weights, random);
        worker.draw(weights, horizon + 1, random);
    }

    /// What was done before is not looked at, as in the paper.
    @Override
    public Step step(Weights weights, Tensor seen, Tensor before, Tensor remembered) {
        var memory = sizes().of(remembered);
        var z = percept.of(weights, seen);
        var state = manager.state(weights, z);
        var cores = manager.memory().step(weights, state, memory.cores());
        var chance = exploration.step(seen, memory.chance());
        var goal = chance.goals(Directions.unit(manager.memory().said(cores)));
        var acted = worker.memory().step(weights, z, memory.worker());
        var goals = memory.goals().reshape(-1, horizon, manager.latent()).sum(1).plus(goal);
        var next = new Memory(
                acted,
                cores,
                Memory.pushed(memory.goals(), goal),
                Memory.pushed(memory.states(), state),
                chance.chance());
        return new Step(worker.heads(weights, worker.memory().said(acted), goals), next.row());
    }

    /// All steps of an unroll.
    ///
    /// @param seen `((T + 1) * E, channels * height * width)`
    /// @param remembered at its beginning, `(E, memory)`
    Unrolled unrolled(Weights weights, Tensor seen, Tensor remembered, Ends ends) {
        var memory = sizes().of(remembered);
        var z = percept.of(weights, seen);
        var states = manager.state(weights, z);
        var said = manager.memory().unrolled(weights, states, memory.cores(), ends);
        var goals = exploration.unrolled(seen, memory.chance(), ends).goals(Directions.unit(said));
        var travel = new Travel(
                Window.behind(memory.states(), horizon, states.detached()),
                Window.behind(memory.goals(), horizon, goals.detached()),
                horizon,
                ends);
        var acted = worker.through(weights, z, memory.worker(), ends);
        return new Unrolled(worker.heads(weights, acted, travel.pooled()), manager.value(weights, said), goals, travel);
    }
}
