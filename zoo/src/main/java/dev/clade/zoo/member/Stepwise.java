package dev.clade.zoo.member;

import dev.clade.trainer.Stretch;

/// A [Model] that trains step by step, each like the others.
///
/// @param <S> as in [Model]
public interface Stepwise<S> extends Model<S> {

    /// Trains by one step, which is granted already. It opens a scope of its own that records gradients.
    void step(S segment, Stretch stretch);

    @Override
    default void train(S segment, Stretch stretch) {
        while (stretch.advance(1)) {
            step(segment, stretch);
        }
    }
}
