package dev.clade.zoo.tensor;

/// Parameters by name: those of one model, or of several that are trained together.
public interface Weights {

    /// The parameter of a name.
    Tensor get(String name);
}
