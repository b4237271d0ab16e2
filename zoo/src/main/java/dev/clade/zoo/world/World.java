package dev.clade.zoo.world;

import java.util.random.RandomGenerator;

/// A world that an agent sees and acts in, episode by episode (a Markov decision process in the manner of
/// Sutton, Barto 2018, chapter 3). An episode is a function of the generator it was begun with and of the
/// actions. Nothing but [#frame] and the making of players allocates. Used by one thread.
///
/// ```
/// world.reset(random);
/// while (!world.ended()) {
///     world.observe(planes, 0);
///     sum += world.step(player.act());
/// }
/// ```
public interface World {

    /// What is seen of a world: planes of numbers in `[0, 1]`.
    ///
    /// @param channels planes; 3 where they are red, green and blue
    /// @param height rows of a plane
    /// @param width columns of a plane
    record Shape(int channels, int height, int width) {

        /// How many numbers it is.
        public int size() {
            return channels * height * width;
        }
    }

    /// What a world draws from before its first episode: nothing.
    RandomGenerator NONE = () -> {
        throw new IllegalStateException("no episode has begun");
    };

    /// What [#observe] writes.
    Shape shape();

    /// How many actions there are: `0 .. actions - 1`.
    int actions();

    /// Begins an episode.
    ///
    /// @param random everything that is random in it is drawn from here, now and in every step
    void reset(RandomGenerator random);

    /// Acts, and lets a moment pass. Not after the end.
    ///
    /// @return the reward
    double step(int action);

    /// Whether the episode is over, lost or at its limit.
    boolean ended();

    /// Writes what is seen now, `(channels, height, width)` in row-major order.
    ///
    /// @param into all of the [Shape#size] numbers from `at` on are written
    void observe(float[] into, int at);

    /// A player of this very world to whom every action is as likely as any other: the mark of 0 %.
    ///
    /// @param random the player draws from here
    default Player random(RandomGenerator random) {
        return () -> random.nextInt(actions());
    }

    /// A player of this very world that knows its rules: the mark of 100 %.
    Player scripted();

    /// A picture of the world as it is, for people.
    ///
    /// @param scale pixels to a cell, at least 1
    Frame frame(int scale);
}
