package dev.clade.zoo.tensor;

/// [RmsProp] for each model of a [Stack], under its own rate and decay rate.
public final class StackedRmsProp implements AutoCloseable {

    private final Rows square;

    public StackedRmsProp(Stack stack) {
        square = stack.alike();
    }

    /// Updates the models of a block by their gradients.
    ///
    /// @param rates learning rates, one for each model of the block, as the others
    /// @param decays of the mean squares, in `[0, 1)`
    /// @param epsilons added to their roots, above 0
    public void step(Stack.Block block, double[] rates, double[] decays, double[] epsilons) {
        try (var _ = Scope.still()) {
            var rate = Columns.minus(rates);
            var share = Columns.rest(decays);
            var epsilon = Columns.of(epsilons);
            block.update((piece, values, gradient) -> {
                var s = piece.of(square).towardsHere(gradient.square(), piece.of(share));
                var quotient = gradient.overHere(s.sqrt().plusHere(piece.of(epsilon), 1));
                values.plusProductHere(quotient, piece.of(rate));
            });
        }
    }

    /// The mean squares of model `i` become what those of model `from[i]` were, all at once.
    public void rearrange(int[] from) {
        square.rearrange(from);
    }

    /// Forgets a model's mean squares.
    public void reset(int row) {
        square.zero(row);
    }

    /// A model's mean squares, as [RmsProp] saves them.
    public Checkpoint.Part row(int row) {
        return Checkpoint.Part.behind("square.", new Stack.Row(square, row));
    }

    @Override
    public void close() {
        square.close();
    }
}
