package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.List;

/// Weights that are used and not trained: gradients end at them.
record Frozen(Weights weights) implements Weights {

    @Override
    public List<String> names() {
        return weights.names();
    }

    @Override
    public Tensor get(String name) {
        return weights.get(name).detached();
    }
}
