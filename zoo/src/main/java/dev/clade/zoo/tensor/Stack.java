package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// The parameters of several models of one shape, to be trained by one program: under each name they lie one behind
/// the other, `(K, ...)`; weights of linear layers turned, `(K, in, out)`. They live until this is closed.
///
/// ```
/// try (var _ = Scope.training()) {
///     var block = stack.block(0, stack.count());
///     losses(block).sum().backward();           // of the sum: the gradient of each is that of its own loss
///     optimiser.step(block, rates, momenta, decays);
/// }
/// ```
public final class Stack implements AutoCloseable {

    /// The most elements that are updated at a time, so that they stay in a core's cache between an optimiser's
    /// operations. Ours: a quarter of a megabyte of each tensor that takes part.
    private static final long PIECE = 1 << 16;

    private final Rows values;

    /// @param layout of one model
    /// @param count how many
    public Stack(Parameters.Layout layout, int count) {
        values = new Rows(layout, count);
    }

    public int count() {
        return values.count();
    }

    /// Model `i` becomes what model `from[i]` was, all at once: two may change places. What an optimiser knows of them
    /// is its own to move.
    public void rearrange(int[] from) {
        values.rearrange(from);
    }

    /// One model's parameters, for as long as the scope that is open.
    public Row row(int row) {
        return new Row(values, row);
    }

    /// Neighbours that are to be trained, for as long as the scope that is open. The others stand still.
    public Block block(int from, int count) {
        return new Block(from, count);
    }

    Rows alike() {
        return values.alike();
    }

    @Override
    public void close() {
        values.close();
    }

    /// One model's own.
    public static final class Row implements Weights, Checkpoint.Part {

        private final Rows rows;
        private final int row;

        Row(Rows rows, int row) {
            this.rows = rows;
            this.row = row;
        }

        @Override
        public Tensor get(String name) {
            return rows.row(name, row);
        }

        @Override
        public List<String> names() {
            return List.copyOf(rows.shapes().keySet());
        }

        @Override
        public void save(String prefix, Map<String, Array> arrays) {
            rows.save(row, prefix, arrays);
        }

        @Override
        public void load(String prefix, Checkpoint from) {
            rows.load(row, prefix, from);
        }
    }

    /// Neighbours in training: leaves that record gradients, `(count, ...)`.
    public final class Block implements Weights {

        private final int from;
        private final int count;
        private final SequencedMap<String, Tensor> leaves = new LinkedHashMap<>();

        private Block(int from, int count) {
            this.from = from;
            this.count = count;
            values.shapes().keySet().forEach(name -> {
                var leaf = values.block(name, from, count).detached();
                leaf.handle.requires_grad_(true);
                leaves.put(name, leaf);
            });
        }

        @Override
        public List<String> names() {
            return List.copyOf(leaves.keySet());
        }

        @Override
        public Tensor get(String name) {
            return Objects.requireNonNull(leaves.get(name), () -> "no parameter is called " + name);
        }

        /// The gradient of a name's parameters: what [Tensor#backward] has added.
        public Tensor gradient(String name) {
            var leaf = get(name);
            var gradient = leaf.handle.grad();
            return gradient.defined()
                    ? Tensor.of(gradient)
                    : Tensor.of(org.bytedeco.pytorch.global.torch.zeros_like(leaf.handle));
        }

        /// Shrinks the gradients of each model together so that their norm is at most this, as [Parameters#clip].
        public void clip(double most) {
            try (var _ = Scope.still()) {
                var squares = leaves.keySet().stream()
                        .map(name -> gradient(name).reshape(count, -1).square().sum(1))
                        .reduce(Tensor::plus)
                        .orElseThrow()
                        .floats();
                var factors = new Columns(factors(squares, most));
                leaves.keySet().forEach(name -> {
                    var gradient = gradient(name);
                    gradient.timesHere(factors.of(0, count, gradient.shape().size()));
                });
            }
        }

        private static Tensor factors(float[] squares, double most) {
            var factors = new float[squares.length];
            for (int i = 0; i < factors.length; i++) {
                double norm = Math.sqrt(squares[i]);
                factors[i] = norm <= most ? 1 : (float) (most / norm);
            }
            return Tensor.of(factors, factors.length);
        }

        int from() {
            return from;
        }

        int count() {
            return count;
        }

        /// What an optimiser does with a piece of the parameters.
        @FunctionalInterface
        interface Update {
            /// @param gradient may be changed
            void of(Piece piece, Tensor values, Tensor gradient);
        }

        /// Updates all parameters piece by piece.
        void update(Update update) {
            values.shapes().keySet().forEach(name -> update(name, gradient(name), update));
        }

        private void update(String name, Tensor gradient, Update update) {
            int dimensions = gradient.shape().size();
            int most = (int) Math.max(1, PIECE * count / gradient.size());
            for (int at = 0; at < count; at += most) {
                int some = Math.min(most, count - at);
                var piece = new Piece(name, from, at, some, dimensions);
                update.of(piece, piece.of(values), gradient.narrow(0, at, some));
            }
        }
    }

    /// Parameters of one name, of some models of a block.
    record Piece(String name, int from, int at, int count, int dimensions) {

        Tensor of(Rows rows) {
            return rows.block(name, from + at, count);
        }

        Tensor of(Columns numbers) {
            return numbers.of(at, count, dimensions);
        }
    }
}
