package dev.clade.zoo.member;

import java.io.IOException;

/// What members train on, and with: its data are read when the first model is made, and shared by all of a process.
///
/// @param <S> as in [Model]
public interface Workload<S> {

    /// A model of its own.
    Model<S> model() throws IOException;

    /// Whether a segment of one seed is the same bit by bit whenever it is trained, on a processor and alone.
    default boolean repeatable() {
        return true;
    }

    /// Several that are trained as one program.
    default Models<S> models(int count) throws IOException {
        throw new UnsupportedOperationException("there are no lanes");
    }
}
