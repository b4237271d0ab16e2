package dev.clade.zoo.member;

import dev.clade.random.Randomness;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Stretch;
import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;

/// Several models of one shape, trained by one batched program: each lies in a row. [Crew] makes lanes of them. What is
/// said of [Model] holds here, row by row.
///
/// @param <S> as in [Model]
public interface Models<S> extends AutoCloseable {

    String name();

    /// How many rows there are.
    int count();

    /// The most that take a step together on a processor. Larger crews train in parts: what a part is made of stays in
    /// its cache.
    int most();

    /// The order in which runners are to lie, for programs in which some do more than others: those lie first.
    default Comparator<S> order() {
        return (_, _) -> 0;
    }

    /// Row `i` becomes what row `from[i]` was, weights and all that optimisers know, all at once.
    void rearrange(int[] from);

    S segment(Asked asked, Randomness random);

    void draw(int row, Randomness random);

    List<Weights> weights(int row);

    SequencedMap<String, Checkpoint.Part> parts(int row);

    /// A member in training.
    ///
    /// @param segment what it trains with
    /// @param stretch in which a step has just been granted
    record Runner<S>(S segment, Stretch stretch) {}

    /// Trains the rows from 0 on by one step: row `i` is the i-th runner's. The others stand still.
    void step(List<Runner<S>> runners);

    /// Measures rows for decisions.
    ///
    /// @param seeds by row
    SortedMap<Integer, Evaluation> evaluate(Map<Integer, S> segments, SortedMap<Integer, Long> seeds);

    Evaluation report(int row, S segment, long seed);

    default void pictures(int row, Path folder, long seed) throws IOException {}

    @Override
    void close();
}
