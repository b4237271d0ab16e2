package dev.clade.zoo.a3c;

import dev.clade.random.Randomness;
import dev.clade.zoo.agent.Actions;
import dev.clade.zoo.agent.Lstm;
import dev.clade.zoo.agent.RecurrentNetwork;
import dev.clade.zoo.agent.Unroll;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import dev.clade.zoo.world.World;
import java.util.List;

/// What is learned: what is seen of a world, to logits and the value.
///
/// ```
/// (N, C, H, W)               conv 3x3, 16, padding 1               relu      the map
/// the map                    conv 4x4, 32, stride 4, padding 1     relu
/// (N, 32 * places)           linear 128                            relu
/// (N, 128 + functions + 1)   LSTM 128                                        with what was done and got before
/// (N, 128)                   linear functions + 1                            logits of functions, and the value
/// (N, 128)                   linear aimed * 16                               a query for each aimed function
/// ```
///
/// The logit of a target is the product of the function's query with the map's channels at its cell, so that where
/// to aim is a question of what lies there.
///
/// @param shape of what is seen
/// @param actions that there are; with targets, one for each cell of what is seen
record Network(World.Shape shape, Actions actions) implements RecurrentNetwork {

    private static final int MAP = 16;
    private static final int CONV = 32;
    private static final int KERNEL = 4;
    private static final int LINEAR = 128;
    private static final int CELLS = 128;

    /// The policy begins nearly uniform and the value nearly 0.
    private static final double HEAD = 0.01;

    static Network of(World world) {
        return new Network(world.shape(), Actions.of(world));
    }

    private Lstm lstm() {
        return new Lstm("lstm", LINEAR + actions.functions() + 1, CELLS);
    }

    @Override
    public int memory() {
        return lstm().memory();
    }

    private int places() {
        return along(shape.height()) * along(shape.width());
    }

    private static int along(int side) {
        return (side + 2 - KERNEL) / KERNEL + 1;
    }

    @Override
    public Parameters.Layout layout() {
        var layout = new Parameters.Layout()
                .with("map.weight", MAP, shape.channels(), 3, 3)
                .with("map.bias", MAP)
                .with("conv.weight", CONV, MAP, KERNEL, KERNEL)
                .with("conv.bias", CONV)
                .linear("fc.weight", LINEAR, (long) CONV * places())
                .with("fc.bias", LINEAR);
        lstm().with(layout);
        layout.linear("head.weight", actions.functions() + 1L, CELLS).with("head.bias", actions.functions() + 1L);
        if (actions.aimed() > 0) {
            layout.linear("query.weight", (long) actions.aimed() * MAP, CELLS)
                    .with("query.bias", (long) actions.aimed() * MAP);
        }
        return layout;
    }

    /// Draws new weights: before a relu normal with variance `2 / inputs` (He et al. 2015, arXiv 1502.01852, section
    /// 2.2), biases 0.
    @Override
    public void draw(Weights weights, Randomness random) {
        for (var name : weights.names()) {
            if (!name.startsWith("lstm.")) {
                var drawn = weights.get(name).zeroHere();
                if (name.endsWith(".weight")) {
                    drawn.normalHere(deviation(name, drawn.shape()), random.of("weights/" + name));
                }
            }
        }
        lstm().draw(weights, random);
    }

    private static double deviation(String name, List<Long> shape) {
        long inputs = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        return switch (name) {
            case "head.weight" -> HEAD;
            case "query.weight" -> Math.sqrt(1.0 / inputs);
            default -> Math.sqrt(2.0 / inputs);
        };
    }

    /// What the convolutions make of what is seen.
    ///
    /// @param map `(N, 16, cells)`
    /// @param seen with what was done before, for the memory, `(N, 128 + functions + 1)`
    record Sight(Tensor map, Tensor seen) {}

    Sight see(Weights weights, Tensor seen, Tensor before) {
        var planes = seen.reshape(-1, shape.channels(), shape.height(), shape.width());
        var map = planes.conv2d(weights.get("map.weight"), weights.get("map.bias"), 1, 1)
                .relu();
        var flat = map.conv2d(weights.get("conv.weight"), weights.get("conv.bias"), KERNEL, 1)
                .relu()
                .reshape(-1, (long) CONV * places())
                .linear(weights.get("fc.weight"), weights.get("fc.bias"))
                .relu();
        return new Sight(
                map.reshape(-1, MAP, (long) shape.height() * shape.width()), Tensor.joined(List.of(flat, before), 1));
    }

    /// Logits and, last, the value: `(N, actions.logits() + 1)`.
    ///
    /// @param said of the memory, `(N, 128)`
    Tensor heads(Weights weights, Sight sight, Tensor said) {
        var head = said.linear(weights.get("head.weight"), weights.get("head.bias"));
        if (actions.aimed() == 0) {
            return head;
        }
        var queries = said.linear(weights.get("query.weight"), weights.get("query.bias"))
                .reshape(-1, actions.aimed(), MAP);
        var targets = queries.matmul(sight.map()).reshape(-1, (long) actions.aimed() * actions.targets());
        return Tensor.joined(
                List.of(head.narrow(1, 0, actions.functions()), targets, head.narrow(1, actions.functions(), 1)), 1);
    }

    @Override
    public Step step(Weights weights, Tensor seen, Tensor before, Tensor memory) {
        var sight = see(weights, seen, before);
        var next = lstm().step(weights, sight.seen(), memory);
        return new Step(heads(weights, sight, lstm().said(next)), next);
    }

    /// All steps of an unroll, to what the memory says.
    Tensor through(Weights weights, Sight sight, Unroll unroll) {
        return lstm().through(weights, sight.seen(), unroll.memory(), unroll);
    }
}
