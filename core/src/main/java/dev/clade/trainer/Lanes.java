package dev.clade.trainer;

import dev.clade.space.Hyperparameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Several members in training at once, as one batched program: lane `i` is the body of the i-th member of a crew. A
/// [Trainer] is lanes of width 1.
public interface Lanes extends AutoCloseable {

    /// How many members fit.
    int width();

    /// All starts at once: every source is read before any lane is written, so that lanes may exchange places.
    SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException;

    /// Trains the named lanes, each through its own stretch; the others stand still.
    void train(SortedMap<Integer, Stretch> moving);

    SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds);

    /// The metrics for the report ([Trainer#report]).
    Evaluation report(int lane, long seed);

    /// As [Trainer#pictures].
    default void pictures(int lane, Path folder, long seed) throws IOException {}

    void save(int lane, Path folder) throws IOException;

    /// As [Trainer#keeps].
    default boolean keeps(SortedSet<String> changed) {
        return true;
    }

    /// Whether a lane still has in hand what it saved or loaded last. The program that had it may have ended.
    default boolean holds(int lane) {
        return true;
    }

    /// As [Trainer#measuresUntrained].
    default boolean measuresUntrained() {
        return true;
    }

    /// As [Trainer#abort].
    default boolean abort(String why) {
        return false;
    }

    @Override
    default void close() {}

    /// A trainer as lanes of width 1.
    static Lanes of(Trainer trainer) {
        return new Lanes() {
            @Override
            public int width() {
                return 1;
            }

            @Override
            public SortedMap<Integer, Hyperparameters> begin(SortedMap<Integer, Start> starts) throws IOException {
                return one(trainer.begin(only(starts)));
            }

            @Override
            public void train(SortedMap<Integer, Stretch> moving) {
                trainer.train(only(moving));
            }

            @Override
            public SortedMap<Integer, Evaluation> evaluate(SortedMap<Integer, Long> seeds) {
                return one(trainer.evaluate(only(seeds)));
            }

            @Override
            public Evaluation report(int lane, long seed) {
                return trainer.report(seed);
            }

            @Override
            public void pictures(int lane, Path folder, long seed) throws IOException {
                trainer.pictures(folder, seed);
            }

            @Override
            public void save(int lane, Path folder) throws IOException {
                trainer.save(folder);
            }

            @Override
            public boolean keeps(SortedSet<String> changed) {
                return trainer.keeps(changed);
            }

            @Override
            public boolean measuresUntrained() {
                return trainer.measuresUntrained();
            }

            @Override
            public boolean abort(String why) {
                return trainer.abort(why);
            }

            @Override
            public void close() {
                trainer.close();
            }
        };
    }

    private static <T> T only(SortedMap<Integer, T> lanes) {
        return lanes.values().iterator().next();
    }

    private static <T> SortedMap<Integer, T> one(T value) {
        var map = new TreeMap<Integer, T>();
        map.put(0, value);
        return map;
    }

    /// Makes lanes.
    interface Factory {
        Lanes create(Place place, int width) throws IOException;
    }
}
