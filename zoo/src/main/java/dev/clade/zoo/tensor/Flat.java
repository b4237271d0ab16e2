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
            all = retained(
                    Tensor.zeros(shapes.values().stream().mapToLong(Flat::size).sum()));
            long at = 0;
            for (var entry : shapes.entrySet()) {
                long size = size(entry.getValue());
                var view = all.narrow(0, at, size)
                        .reshape(entry.getValue().stream()
                                .mapToLong(Long::longValue)
                                .toArray())
                        .detached();
                views.put(entry.getKey(), retained(view));
                at += size;
            }
        }
    }

    private static Tensor retained(Tensor tensor) {
        tensor.handle.retainReference();
        return tensor;
    }

    private static long size(List<Long> shape) {
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

    /// Puts a view of each tensor into `arrays`, under its name behind a prefix. The views are valid until this
    /// changes.
    void save(String prefix, Map<String, Array> arrays) {
        shapes.forEach((name, shape) -> arrays.put(prefix + name, new Array(Type.F32, shape, memory(name))));
    }

    /// Takes every tensor from a file.
    ///
    /// @throws dev.clade.fault.Fault 3306 where one is missing or has another shape; then nothing has changed
    void load(String prefix, Checkpoint from) {
        var found = new LinkedHashMap<String, Array>();
        shapes.forEach((name, shape) -> found.put(name, from.need(prefix + name, Type.F32, shape)));
        found.forEach((name, array) -> memory(name).copyFrom(array.bytes()));
    }

    private MemorySegment memory(String name) {
        return MemorySegment.ofBuffer(Objects.requireNonNull(views.get(name)).buffer());
    }

    @Override
    public void close() {
        views.values().forEach(view -> view.handle.releaseReference());
        all.handle.releaseReference();
    }
}
