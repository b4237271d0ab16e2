package dev.clade.zoo.translation;

import dev.clade.zoo.tensor.Tensor;

/// What becomes of numbers where the network may drop some.
interface Dropout {

    /// Where.
    enum Kind {
        /// The weights with which a layer attends to its own input.
        ATTENTION,

        /// The weights with which a layer of the decoder attends to what the encoder made.
        MEMORY,

        /// What comes out of a rectifier.
        RELU,

        /// What is added to the stream.
        RESIDUAL
    }

    /// Nothing is dropped.
    Dropout NONE = (_, _, numbers) -> numbers;

    /// @param layer those of the encoder from 0, then those of the decoder
    Tensor of(Kind kind, int layer, Tensor numbers);
}
