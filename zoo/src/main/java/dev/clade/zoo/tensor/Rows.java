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

/// Named float32 tensors for each of several models, zero at first: a row holds all of one model's, one behind the
/// other,
/// so that an operation on [#all()] is one on all tensors of all models. It lives until it is closed.
final class Rows implements AutoCloseable {

    private final Tensor all;
    private final SequencedMap<String, Tensor> views = new LinkedHashMap<>();
    private final Parameters.Layout layout;
    private final int count;

    /// @param layout of one model
    Rows(Parameters.Layout layout, int count) {
        this.layout = layout;
        this.count = count;
        try (var _ = Scope.still()) {
            all = Tensor.zeros(count, layout.size()).retained();
            long at = 0;
            for (var entry : shapes().entrySet()) {
                var name = entry.getKey();
                var shape = turned(name) ? entry.getValue().reversed() : entry.getValue();
                long size = Flat.size(shape);
                var view =
                        all.narrow(1, at, size).reshape(stacked(count, shape)).detached();
                views.put(name, view.retained());
                at += size;
            }
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

    /// All elements, `(count, ...)`.
    Tensor all() {
        return all;
    }

    /// The rows `from .. from + some - 1` of a name: a view.
    Tensor block(String name, int from, int some) {
        return Objects.requireNonNull(views.get(name), () -> "no parameter is called " + name)
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
            all.copyHere(to, all.select(0, sources));
        }
    }

    void zero(int row) {
        try (var _ = Scope.still()) {
            all.narrow(0, row, 1).zeroHere();
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
            found.forEach((name, array) -> row(name, row).copyHere(Flat.read(array)));
        }
    }

    private static MemorySegment memory(Tensor tensor) {
        return MemorySegment.ofBuffer(tensor.buffer());
    }

    @Override
    public void close() {
        views.values().forEach(view -> view.handle.releaseReference());
        all.handle.releaseReference();
    }
}
