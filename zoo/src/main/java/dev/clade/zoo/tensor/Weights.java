package dev.clade.zoo.tensor;

import java.util.List;

/// Parameters by name: those of one model, or of several that are trained together.
public interface Weights {

    /// All names, in the order in which they were laid out.
    List<String> names();

    /// The parameter of a name.
    Tensor get(String name);
}
