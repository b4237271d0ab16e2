package dev.clade.zoo.tensor;

/// [Sgd] for each model of a [Stack], under its own rate, momentum and decay.
public final class StackedSgd implements AutoCloseable {

    private final Rows velocity;

    public StackedSgd(Stack stack) {
        velocity = stack.alike();
    }

    /// Updates the models of a block by their gradients.
    ///
    /// @param rates learning rates, one for each model of the block, as the others
    /// @param momenta in `[0, 1)`
    /// @param decays the share of each parameter that is added to its gradient (L2, not decoupled)
    public void step(Stack.Block block, double[] rates, double[] momenta, double[] decays) {
        try (var _ = Scope.still()) {
            var rate = Columns.minus(rates);
            var momentum = Columns.of(momenta);
            var decay = Columns.of(decays);
            block.update((piece, values, gradient) -> {
                var v = piece.of(velocity);
                v.timesPlusHere(piece.of(momentum), gradient).plusProductHere(values, piece.of(decay));
                values.plusProductHere(v, piece.of(rate));
            });
        }
    }

    /// The velocity of model `i` becomes what that of model `from[i]` was, all at once.
    public void rearrange(int[] from) {
        velocity.rearrange(from);
    }

    /// Forgets a model's velocity.
    public void reset(int row) {
        velocity.zero(row);
    }

    /// A model's velocity, as [Sgd] saves it.
    public Checkpoint.Part row(int row) {
        return Checkpoint.Part.behind("velocity.", new Stack.Row(velocity, row));
    }

    @Override
    public void close() {
        velocity.close();
    }
}
