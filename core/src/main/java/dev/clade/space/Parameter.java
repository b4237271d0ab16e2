package dev.clade.space;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One hyperparameter of the search space.
///
/// @param size how many elements: 0 for a plain value, else a [Value.Vector] of that many, each in the domain
/// @param change what a new value asks of a running trainer
/// @param multiply on a linear range, perturb by the factor (as the paper does) instead of a share of the width
/// @param when the parents it depends on; a value that is not active is absent
public record Parameter(
        String name, Domain domain, int size, Change change, boolean multiply, Optional<Condition> when) {

    /// What a change of value asks for.
    public enum Change {
        /// Takes effect in place.
        LIVE,
        /// New objects around the same weights: an optimiser, a batch size.
        REBUILD,
        /// The structure of the model: drawn for a founder, never explored, travels with the weights.
        NEVER
    }

    /// A value with each element (or the value itself) moved.
    Value each(Value value, UnaryOperator<Value> move) {
        return value instanceof Value.Vector vector
                ? new Value.Vector(vector.elements().stream().map(move).toList())
                : move.apply(value);
    }

    /// A value whose elements come from quantiles of the prior: one, or `size` of them.
    Value at(List<Double> quantiles) {
        return size == 0
                ? domain.at(quantiles.getFirst())
                : new Value.Vector(IntStream.range(0, size)
                        .mapToObj(i -> domain.at(quantiles.get(i)))
                        .toList());
    }

    /// How many numbers a draw takes.
    int width() {
        return Math.max(1, size);
    }

    /// The value perturbed by a factor, by this parameter's rule.
    public Value perturbed(Value element, double factor) {
        return multiply && domain instanceof Domain.Real real && real.scale() == Domain.Scale.LINEAR
                ? real.multiplied(element, factor)
                : domain.perturbed(element, factor);
    }

    /// A written value with this parameter's type: `1` is a real where the domain is real, and one value stands for
    /// all elements of a vector.
    Value typed(Value value) {
        if (size > 0 && !(value instanceof Value.Vector)) {
            return new Value.Vector(java.util.Collections.nCopies(size, typedElement(value)));
        }
        return each(value, this::typedElement);
    }

    private Value typedElement(Value element) {
        return element instanceof Value.Whole whole && domain instanceof Domain.Real
                ? new Value.Real(whole.value())
                : element;
    }

    boolean accepts(Value value) {
        return size == 0
                ? domain.contains(value)
                : value instanceof Value.Vector vector
                        && vector.elements().size() == size
                        && vector.elements().stream().allMatch(domain::contains);
    }
}
