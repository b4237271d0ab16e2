package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// The parameters of several models of one shape, to be trained by one program: under each name they are
/// `(K, ...)`; weights of linear layers turned, `(K, in, out)`. They live until this is closed.
///
/// ```
/// try (var _ = Scope.training()) {
///     var block = stack.block(0, stack.count());
///     losses(block).sum().backward();           // of the sum: the gradient of each is that of its own loss
///     optimiser.step(block, rates, momenta, decays);
/// }
/// ```
public final class Stack implements AutoCloseable {

    /// The most elements that a processor updates at a time, so that they stay in a core's cache between an
    /// optimiser's operations. Ours: half a megabyte of each tensor that takes part. A GPU updates all at once.
    private static final long PIECE = 1 << 17;

    private final Rows values;
    private final Rows gradients;
    private final int rows;
    private Optional<Block> block = Optional.empty();

    /// @param layout of one model
    /// @param count how many
    public Stack(Parameters.Layout layout, int count) {
        values = new Rows(layout, count);
        gradients = values.alike();
        rows = Scope.device().isHost() ? (int) Math.max(1, PIECE / layout.size()) : count;
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

    /// Neighbours that are to be trained, with gradients of zero. The others stand still. It is valid until the next
    /// one
    /// is asked for.
    public Block block(int from, int count) {
        if (block.filter(made -> made.from == from && made.count == count).isEmpty()) {
            block.ifPresent(Block::release);
            block = Optional.of(new Block(from, count));
        }
        var asked = block.get();
        asked.forget();
        return asked;
    }

    Rows alike() {
        return values.alike();
    }

    @Override
    public void close() {
        block.ifPresent(Block::release);
        gradients.close();
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
        private boolean gathered;

        private Block(int from, int count) {
            this.from = from;
            this.count = count;
            try (var _ = Scope.still()) {
                values.shapes().keySet().forEach(name -> {
                    var leaf = values.block(name, from, count).detached();
                    leaf.handle.requires_grad_(true);
                    leaves.put(name, leaf.retained());
                });
            }
        }

        private void forget() {
            leaves.values().forEach(leaf -> leaf.handle.mutable_grad().reset());
            gathered = false;
        }

        private void release() {
            leaves.values().forEach(leaf -> leaf.handle.releaseReference());
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

        /// All gradients in a row for each model, `(count, ...)`: its norm is the norm to clip a model's by. Changed in
        /// place they are what an optimiser takes.
        public Tensor gradients() {
            var all = gradients.all().narrow(0, from, count);
            if (!gathered) {
                var parts = leaves.keySet().stream()
                        .map(name -> gradient(name).reshape(count, -1))
                        .toList();
                Tensor.join(parts, 1, all);
                gathered = true;
            }
            return all;
        }

        /// Shrinks the gradients of each model together so that their norm is at most this, as [Parameters#clip].
        public void clip(double most) {
            try (var _ = Scope.still()) {
                var squares = gradients().square().sum(1).floats();
                var factors = new double[count];
                for (int i = 0; i < count; i++) {
                    double norm = Math.sqrt(squares[i]);
                    factors[i] = norm <= most ? 1 : most / norm;
                }
                gradients().timesHere(Columns.of(factors).of(0, count));
            }
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
            gradients();
            for (int at = 0; at < count; at += rows) {
                var piece = new Piece(from, at, Math.min(rows, count - at));
                update.of(piece, piece.of(values), piece.of(gradients));
            }
        }
    }

    /// All parameters of some models of a block.
    record Piece(int from, int at, int count) {

        Tensor of(Rows rows) {
            return rows.all().narrow(0, from + at, count);
        }

        Tensor of(Columns numbers) {
            return numbers.of(at, count);
        }
    }
}
