package dev.clade.zoo.world;

import dev.clade.random.Philox;

/// Mean returns that scores are measured against, rounded to 0.01.
///
/// @param episodes they are the means of the episodes `0 .. episodes - 1`
/// @param random of random play
/// @param scripted of the world's scripted player
public record Marks(int episodes, double random, double scripted) {

    /// The return of an episode of random play, which draws from the stream `player` of that seed.
    public static double random(World world, int episode) {
        return world.random(Philox.keyed(episode, 0, 0, "player")).play(world, stream(episode));
    }

    /// The return of an episode of the scripted player.
    public static double scripted(World world, int episode) {
        return world.scripted().play(world, stream(episode));
    }

    /// What an episode is begun with: the stream `marks` of the seed of its number.
    public static Philox stream(int episode) {
        return Philox.keyed(episode, 0, 0, "marks");
    }

    /// A return as a share of the way from random play (0) to the scripted player (1); it may be above or
    /// below.
    public double normalised(double played) {
        return (played - random) / (scripted - random);
    }
}
