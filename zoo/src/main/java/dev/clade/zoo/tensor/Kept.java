package dev.clade.zoo.tensor;

import java.util.List;

/// Tensors that outlive the scopes in which they were made, until others take their place: what one step of
/// a long computation leaves to the next.
public final class Kept implements AutoCloseable {

    private List<Tensor> tensors = List.of();

    /// Keeps these in place of those before. Some may be the same.
    public void replace(List<Tensor> next) {
        next.forEach(tensor -> tensor.handle.retainReference());
        tensors.forEach(tensor -> tensor.handle.releaseReference());
        tensors = List.copyOf(next);
    }

    @Override
    public void close() {
        replace(List.of());
    }
}
