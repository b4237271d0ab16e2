package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import dev.clade.zoo.safetensors.Type;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Named float32 tensors that lie one behind the other in one native buffer, zero at first: an operation on
/// [#all()] is one on all of them. It lives until it is closed.
final class Flat implements AutoCloseable {

    private final Tensor all;
    private final SequencedMap<String, Tensor> views = new LinkedHashMap<>();
    private final SequencedMap<String, List<Long>> shapes;

    Flat(SequencedMap<String, List<Long>> shapes) {
        this.shapes = new LinkedHashMap<>(shapes);
        try (var _ = Scope.still()) {
            all = Tensor.zeros(shapes.values().stream().mapToLong(Flat::size).sum())
                    .retained();
            long at = 0;
            for (var entry : shapes.entrySet()) {
                long size = size(entry.getValue());
                var view = all.narrow(0, at, size)
                        .reshape(entry.getValue().stream()
                                .mapToLong(Long::longValue)
                                .toArray())
                        .detached();
                views.put(entry.getKey(), view.retained());
                at += size;
            }
        }
    }

    static long size(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    Flat alike() {
        return new Flat(shapes);
    }

    /// All elements in one row.
    Tensor all() {
        return all;
    }

    SequencedMap<String, Tensor> views() {
        return views;
    }

    /// Puts each tensor into `arrays`, under its name behind a prefix: valid until this changes or the scope that is
    /// open closes.
    void save(String prefix, Map<String, Array> arrays) {
        shapes.forEach((name, shape) -> arrays.put(
                prefix + name,
                new Array(
                        Type.F32,
                        shape,
                        MemorySegment.ofBuffer(view(name).here().buffer()))));
    }

    /// Takes every tensor from a file.
    ///
    /// @throws dev.clade.fault.Fault 3306 where one is missing or has another shape; then nothing has changed
    void load(String prefix, Checkpoint from) {
        var found = new LinkedHashMap<String, Array>();
        shapes.forEach((name, shape) -> found.put(name, from.need(prefix + name, Type.F32, shape)));
        try (var _ = Scope.still()) {
            found.forEach((name, array) -> view(name).copyHere(read(array)));
        }
    }

    static Tensor read(Array array) {
        return Tensor.filled(
                buffer -> MemorySegment.ofBuffer(buffer).copyFrom(array.bytes()),
                array.shape().stream().mapToLong(Long::longValue).toArray());
    }

    private Tensor view(String name) {
        return Objects.requireNonNull(views.get(name));
    }

    @Override
    public void close() {
        views.values().forEach(view -> view.handle.releaseReference());
        all.handle.releaseReference();
    }
}
