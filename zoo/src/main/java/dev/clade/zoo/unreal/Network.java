package dev.clade.zoo.unreal;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Actions;
import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.agent.Unroll;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is learned: the network of Jaderberg et al. 2016 (arXiv 1611.05397, appendix B), half as wide.
///
/// ```
/// (N, C, H, W)               Vision                  relu      features
/// (N, features)              linear 128              relu
/// (N, 128 + functions + 1)   LSTM 128                          with what was done and got before
/// (N, 128)                   linear functions                  the policy's logits
/// (N, 128)                   linear 1                          the value
/// (N, 128)                   PixelControl
/// (3 N, features)            RewardPrediction
/// ```
///
/// @param shape of what is seen
/// @param actions that there are, all of them plain
/// @param tasks what it has heads for
record Network(World.Shape shape, Actions actions, Tasks tasks) implements RecurrentNetwork {

    private static final int LINEAR = 128;
    private static final int CELLS = 128;

    /// The policy begins nearly uniform, and what heads say of values nearly 0.
    private static final double HEAD = 0.01;

    static Network of(World world, Tasks tasks) {
        return new Network(world.shape(), Actions.of(world), tasks);
    }

    Vision vision() {
        return new Vision(shape);
    }

    private Lstm lstm() {
        return new Lstm("lstm", LINEAR + before(), CELLS);
    }

    private PixelControl pixelControl() {
        return new PixelControl(Cells.of(shape), actions.functions(), CELLS);
    }

    private RewardPrediction rewardPrediction() {
        return new RewardPrediction(vision().features());
    }

    /// Numbers of what was done and got before.
    int before() {
        return actions.functions() + 1;
    }

    @Override
    public int memory() {
        return lstm().memory();
    }

    @Override
    public Parameters.Layout layout() {
        var layout = new Parameters.Layout();
        vision().lay(layout);
        layout.linear("fc.weight", LINEAR, vision().features()).with("fc.bias", LINEAR);
        lstm().with(layout);
        layout.linear("policy.weight", actions.functions(), CELLS)
                .with("policy.bias", actions.functions())
                .linear("value.weight", 1, CELLS)
                .with("value.bias", 1);
        if (tasks.has(Auxiliary.PIXEL_CONTROL)) {
            pixelControl().lay(layout);
        }
        if (tasks.has(Auxiliary.REWARD_PREDICTION)) {
            rewardPrediction().lay(layout);
        }
        return layout;
    }

    /// Draws new weights: before a relu normal with variance `2 / inputs` (He et al. 2015, arXiv 1502.01852,
    /// section 2.2), biases 0. Each has a stream of its own, so that they are the same whatever tasks there
    /// are.
    @Override
    public void draw(Weights weights, Randomness random) {
        var inputs = inputs();
        for (var name : weights.names()) {
            if (!name.startsWith("lstm.")) {
                var drawn = weights.get(name).zeroHere();
                if (name.endsWith(".weight")) {
                    var count = inputs.get(name);
                    drawn.normalHere(count == null ? HEAD : Math.sqrt(2.0 / count), random.of("weights/" + name));
                }
            }
        }
        lstm().draw(weights, random);
    }

    /// How many numbers an output is a sum of, of each weight before a relu; the others are heads.
    private Map<String, Integer> inputs() {
        var inputs = new HashMap<>(vision().inputs());
        inputs.put("fc.weight", vision().features());
        inputs.putAll(pixelControl().inputs());
        inputs.putAll(rewardPrediction().inputs());
        return inputs;
    }

    /// What the memory is fed with, `(N, 128 + functions + 1)`.
    ///
    /// @param features of what was seen, `(N, features)`
    /// @param before `(N, functions + 1)`
    Tensor fed(Weights weights, Tensor features, Tensor before) {
        var seen = features.linear(weights.get("fc.weight"), weights.get("fc.bias"))
                .relu();
        return Tensor.joined(List.of(seen, before), 1);
    }

    @Override
    public Step step(Weights weights, Tensor seen, Tensor before, Tensor memory) {
        var next = remember(weights, fed(weights, vision().features(weights, seen), before), memory);
        var said = said(next);
        return new Step(Tensor.joined(List.of(logits(weights, said), value(weights, said)), 1), next);
    }

    /// One step of `N`, to the next memory.
    Tensor remember(Weights weights, Tensor fed, Tensor memory) {
        return lstm().step(weights, fed, memory);
    }

    /// What a memory says, `(N, 128)`.
    Tensor said(Tensor memory) {
        return lstm().said(memory);
    }

    /// The logits of the policy, `(N, functions)`, of what a memory says.
    Tensor logits(Weights weights, Tensor said) {
        return said.linear(weights.get("policy.weight"), weights.get("policy.bias"));
    }

    /// The value, `(N, 1)`, of what a memory says.
    Tensor value(Weights weights, Tensor said) {
        return said.linear(weights.get("value.weight"), weights.get("value.bias"));
    }

    /// What actions are worth to each cell, `(N, functions, cells)`, of what a memory says.
    Tensor worth(Weights weights, Tensor said) {
        return pixelControl().worth(weights, said);
    }

    /// Logits of the next reward's sign, `(N, 3)`.
    ///
    /// @param seen three pictures of each behind one another, `(3 N, pixels)`
    Tensor prediction(Weights weights, Tensor seen) {
        return rewardPrediction().logits(weights, vision().features(weights, seen));
    }

    /// What a memory says all along replayed windows, `((T + 1) B, 128)`, each begun without memories.
    Tensor through(Weights weights, Windows windows) {
        int rows = windows.rows() + windows.count();
        var seen = Tensor.of(windows.seen(), rows, shape.size());
        var fed = fed(weights, vision().features(weights, seen), Tensor.of(windows.before(), rows, before()));
        var memory = Tensor.zeros(windows.count(), memory());
        var said = new ArrayList<Tensor>();
        for (int step = 0; step <= windows.steps(); step++) {
            memory = remember(weights, fed.narrow(0, windows.row(step, 0), windows.count()), memory);
            said.add(said(memory));
        }
        return Tensor.joined(said, 0);
    }

    /// What the memory says in all steps of an unroll, `(rows, 128)`.
    Tensor through(Weights weights, Unroll unroll) {
        var fed = fed(weights, vision().features(weights, unroll.seen()), unroll.seenBefore());
        return lstm().through(weights, fed, unroll.memory(), unroll);
    }
}
