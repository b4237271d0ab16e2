package dev.clade.zoo.member;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// One model in training, as a workload knows it; [Solo] makes a trainer of it. All calls are within a
/// [dev.clade.zoo.tensor.Scope] that records nothing.
///
/// @param <S> what is new in a segment: the values in force, and the streams that it draws from
public interface Model<S> extends AutoCloseable {

    /// The workload's word in experiment files, such as `digits`.
    String name();

    /// Reads the values to train with. The model is not touched.
    ///
    /// @param random the segment's streams
    /// @throws dev.clade.fault.Fault 3305 for values that it cannot be trained with
    S segment(Asked asked, Randomness random);

    /// Draws new weights; optimisers know nothing of them.
    void draw(Randomness random);

    /// All weights that are drawn.
    List<Weights> weights();

    /// Everything that a checkpoint holds, by the prefix of its names.
    SequencedMap<String, Checkpoint.Part> parts();

    /// The parts of a model of one network and one optimiser: the network's names have no prefix, so that they are its
    /// own.
    static SequencedMap<String, Checkpoint.Part> parts(Checkpoint.Part network, Checkpoint.Part optimiser) {
        var parts = new LinkedHashMap<String, Checkpoint.Part>();
        parts.put("", network);
        parts.put("optimiser.", optimiser);
        return parts;
    }

    /// Trains until the stretch is over.
    void train(S segment, Stretch stretch);

    /// Measures for decisions.
    Evaluation evaluate(S segment, long seed);

    /// Measures for the report.
    Evaluation report(S segment, long seed);

    /// As [dev.clade.trainer.Trainer#pictures].
    default void pictures(Path folder, long seed) throws IOException {}

    @Override
    void close();
}
