package dev.clade.trainer;

import dev.clade.space.Hyperparameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;

/// A model in training: the member's body. One trainer serves one member at a time and is called by one platform
/// thread.
///
/// A segment of training is `begin`, then (after a copy) `evaluate`, `train`, `evaluate`, `save`.
/// Environment, data order and recurrent state start anew at every `begin`, from the seed it is given: a
/// segment is a function of checkpoint, hyperparameters, seed and length, whether the trainer is warm or
/// has just loaded.
///
/// An exception or an error from `begin`, `train`, `evaluate` or `save` is a failure of the member, not of Clade: it
/// is recorded with its message, and the member heals. A [TrainingFailed] says what kind of failure it is.
public interface Trainer extends AutoCloseable {

    /// Loads what `start` names, THEN applies its hyperparameters, and says which values are in force.
    /// The answer is the receipt: it is compared with what was asked for (reals after rounding to
    /// float32).
    Hyperparameters begin(Start start) throws IOException;

    /// Trains until the stretch ends: `while (stretch.advance(1)) step();`
    void train(Stretch stretch);

    /// Measures the model as it is, without changing it. All randomness comes from the seed.
    Evaluation evaluate(long seed);

    /// The metrics for the report, measured once on the winner and seen by no decision: the test set.
    default Evaluation report(long seed) {
        return evaluate(seed);
    }

    /// Draws what a person should see of the model: PNG pictures into an empty folder, of names that say what each
    /// shows. Called once on the winner, after [#report]; a failure costs the pictures only.
    default void pictures(Path folder, long seed) throws IOException {}

    /// Writes everything that [Start] may ask back into an empty folder: weights, optimiser moments, averages. Not
    /// hyperparameters, environments or data order.
    void save(Path folder) throws IOException;

    /// Whether what it has in hand goes on under other values of these ([Origin.Keep]). If not, it is given the
    /// member's own save to load.
    ///
    /// @param changed as in [Start]
    default boolean keeps(SortedSet<String> changed) {
        return true;
    }

    /// Whether it can measure weights that have just been drawn. If not, a wrong name of a metric costs a segment.
    default boolean measuresUntrained() {
        return true;
    }

    /// Ends what it is doing, because a deadline has passed. Called by another thread, at any time.
    ///
    /// @return whether the call that hangs comes back with an exception, so that the trainer can be used again
    default boolean abort(String why) {
        return false;
    }

    @Override
    default void close() {}

    /// Makes trainers: one per slot, kept warm across members.
    interface Factory {

        Trainer create(Place place) throws IOException;

        /// The same for several members at once, where it can train them so.
        default Lanes lanes(Place place) throws IOException {
            return Lanes.of(create(place));
        }

        default Set<Capability> capabilities() {
            return Set.of();
        }
    }
}
