package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import dev.clade.zoo.safetensors.Type;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Named float32 tensors for each of several models: `(count, ...)` under each name, zero at first. A model's own are
/// a row. It lives until it is closed.
final class Rows implements AutoCloseable {

    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    private final Parameters.Layout layout;
    private final int count;

    /// @param layout of one model
    Rows(Parameters.Layout layout, int count) {
        this.layout = layout;
        this.count = count;
        try (var _ = Scope.still()) {
            shapes().forEach((name, shape) -> {
                var tensor = Tensor.zeros(stacked(count, turned(name) ? shape.reversed() : shape));
                tensor.handle.retainReference();
                tensors.put(name, tensor);
            });
        }
    }

    private static long[] stacked(long rows, List<Long> shape) {
        return LongStream.concat(LongStream.of(rows), shape.stream().mapToLong(Long::longValue))
                .toArray();
    }

    private boolean turned(String name) {
        return layout.turned().contains(name);
    }

    Rows alike() {
        return new Rows(layout, count);
    }

    int count() {
        return count;
    }

    SequencedMap<String, List<Long>> shapes() {
        return layout.shapes();
    }

    /// The rows `from .. from + some - 1` of a name: a view.
    Tensor block(String name, int from, int some) {
        return Objects.requireNonNull(tensors.get(name), () -> "no parameter is called " + name)
                .narrow(0, from, some);
    }

    /// One model's own tensor, in the shape that it has alone: a view.
    Tensor row(String name, int row) {
        var own = block(name, row, 1).picked(0, 0);
        return turned(name) ? own.transpose(0, 1) : own;
    }

    /// Row `i` becomes what row `from[i]` was, all at once.
    void rearrange(int[] from) {
        var moved = IntStream.range(0, count).filter(i -> from[i] != i).toArray();
        if (moved.length == 0) {
            return;
        }
        try (var _ = Scope.still()) {
            var to = Tensor.of(IntStream.of(moved).asLongStream().toArray());
            var sources = Tensor.of(IntStream.of(moved).mapToLong(i -> from[i]).toArray());
            tensors.values().forEach(tensor -> tensor.copyHere(to, tensor.select(0, sources)));
        }
    }

    void zero(int row) {
        try (var _ = Scope.still()) {
            shapes().keySet().forEach(name -> row(name, row).zeroHere());
        }
    }

    /// As [Flat#save], of one row. Valid as long as the scope that is open.
    void save(int row, String prefix, Map<String, Array> arrays) {
        shapes().forEach((name, shape) -> arrays.put(
                prefix + name, new Array(Type.F32, shape, memory(row(name, row).here()))));
    }

    /// As [Flat#load], into one row.
    void load(int row, String prefix, Checkpoint from) {
        try (var _ = Scope.still()) {
            var found = new LinkedHashMap<String, Array>();
            shapes().forEach((name, shape) -> found.put(name, from.need(prefix + name, Type.F32, shape)));
            found.forEach((name, array) -> {
                row(name, row).copyHere(Flat.read(array));
            });
        }
    }

    private static MemorySegment memory(Tensor tensor) {
        return MemorySegment.ofBuffer(tensor.buffer());
    }

    @Override
    public void close() {
        tensors.values().forEach(tensor -> tensor.handle.releaseReference());
    }
}
