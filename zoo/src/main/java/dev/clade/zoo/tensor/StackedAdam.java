package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.Arrays;
import java.util.Map;

/// [Adam] for each model of a [Stack], under its own rates and with its own number of updates.
public final class StackedAdam implements AutoCloseable {

    private final Rows first;
    private final Rows second;
    private final long[] updates;

    public StackedAdam(Stack stack) {
        first = stack.alike();
        second = stack.alike();
        updates = new long[stack.count()];
    }

    /// Updates the models of a block by their gradients.
    ///
    /// @param rates learning rates, one for each model of the block, as the others
    /// @param beta1 decay rates of the first moments, in `[0, 1)`
    /// @param beta2 decay rates of the second moments, in `[0, 1)`
    public void step(Stack.Block block, double[] rates, double[] beta1, double[] beta2) {
        var steps = new double[block.count()];
        var scales = new double[block.count()];
        for (int i = 0; i < steps.length; i++) {
            long update = ++updates[block.from() + i];
            steps[i] = rates[i] / (1 - Math.pow(beta1[i], update));
            scales[i] = 1 / Math.sqrt(1 - Math.pow(beta2[i], update));
        }
        try (var _ = Scope.still()) {
            var step = Columns.minus(steps);
            var scale = Columns.of(scales);
            var share1 = Columns.rest(beta1);
            var share2 = Columns.rest(beta2);
            block.update((piece, values, gradient) -> {
                var m = piece.of(first).towardsHere(gradient, piece.of(share1));
                var v = piece.of(second).towardsHere(gradient.square(), piece.of(share2));
                var below = v.sqrt().timesHere(piece.of(scale)).plusHere(Adam.EPSILON);
                values.plusProductHere(m.over(below), piece.of(step));
            });
        }
    }

    /// What is known of model `i` becomes what was known of model `from[i]`, all at once.
    public void rearrange(int[] from) {
        first.rearrange(from);
        second.rearrange(from);
        var before = updates.clone();
        Arrays.setAll(updates, i -> before[from[i]]);
    }

    /// Forgets a model's moments and its number of updates.
    public void reset(int row) {
        first.zero(row);
        second.zero(row);
        updates[row] = 0;
    }

    /// A model's moments and number of updates, as [Adam] saves them.
    public Checkpoint.Part row(int row) {
        return new Checkpoint.Part() {
            @Override
            public void save(String prefix, Map<String, Array> arrays) {
                first.save(row, prefix + "first.", arrays);
                second.save(row, prefix + "second.", arrays);
                Adam.save(updates[row], prefix, arrays);
            }

            @Override
            public void load(String prefix, Checkpoint from) {
                long count = Adam.count(prefix, from);
                first.load(row, prefix + "first.", from);
                second.load(row, prefix + "second.", from);
                updates[row] = count;
            }
        };
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
