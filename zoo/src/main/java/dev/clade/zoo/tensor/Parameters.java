package dev.clade.zoo.tensor;

import dev.clade.zoo.safetensors.Array;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What a model learns: named tensors with their gradients, zero at first. They live until this is closed,
/// whatever scopes come and go; both lie in one buffer each, so that an optimiser updates all of them by one
/// operation.
public final class Parameters implements Weights, Checkpoint.Part, AutoCloseable {

    private final Flat values;
    private final Flat gradients;

    private Parameters(SequencedMap<String, List<Long>> shapes) {
        values = new Flat(shapes);
        gradients = values.alike();
        try (var _ = Scope.still()) {
            values.views().forEach((name, value) -> {
                value.handle.requires_grad_(true);
                value.handle.mutable_grad().put(gradient(name).handle);
            });
        }
    }

    /// Shapes by name, in the order in which they will lie.
    public static final class Layout {

        private final SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
        private final Set<String> turned = new HashSet<>();

        /// The weight of a linear layer, `(out, in)`. A [Stack] keeps it as `(in, out)`, which is what products of many
        /// matrices and their gradients want.
        public Layout linear(String name, long out, long in) {
            turned.add(name);
            return with(name, out, in);
        }

        public Layout with(String name, long... shape) {
            if (shapes.put(name, Arrays.stream(shape).boxed().toList()) != null) {
                throw new IllegalArgumentException("two parameters are called " + name);
            }
            return this;
        }

        /// All names, in this order.
        public List<String> names() {
            return List.copyOf(shapes.keySet());
        }

        Set<String> turned() {
            return turned;
        }

        SequencedMap<String, List<Long>> shapes() {
            return shapes;
        }

        /// The number of all elements.
        public long size() {
            return shapes.values().stream().mapToLong(Flat::size).sum();
        }

        public Parameters build() {
            return new Parameters(shapes);
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(values.views().keySet());
    }

    /// The parameter of a name, a leaf that records gradients.
    @Override
    public Tensor get(String name) {
        return view(values, name);
    }

    /// The gradient of a name's parameter: what [Tensor#backward] has added since the last update.
    public Tensor gradient(String name) {
        return view(gradients, name);
    }

    private static Tensor view(Flat flat, String name) {
        return Objects.requireNonNull(flat.views().get(name), () -> "no parameter is called " + name);
    }

    /// All parameters, in one row.
    public Tensor all() {
        return values.all();
    }

    /// All gradients, in one row: its norm is the norm to clip by.
    public Tensor gradients() {
        return gradients.all();
    }

    /// Shrinks all gradients together so that their norm is at most this (Pascanu et al. 2013, arXiv 1211.5063,
    /// algorithm 1).
    public void clip(double most) {
        try (var _ = Scope.still()) {
            double norm = gradients().norm().item();
            if (!(norm <= most)) {
                gradients().timesHere(most / norm);
            }
        }
    }

    Flat alike() {
        return values.alike();
    }

    /// Draws a parameter anew, normal with this standard deviation.
    public void normal(String name, double deviation, RandomGenerator random) {
        try (var _ = Scope.still()) {
            get(name).normalHere(deviation, random);
        }
    }

    @Override
    public void save(String prefix, Map<String, Array> arrays) {
        values.save(prefix, arrays);
    }

    @Override
    public void load(String prefix, Checkpoint from) {
        values.load(prefix, from);
    }

    @Override
    public void close() {
        gradients.close();
        values.close();
    }
}
