package dev.clade.zoo.world;

/// Mean returns that scores are measured against.
///
/// @param random of random play
/// @param scripted of the world's scripted player
public record Marks(double random, double scripted) {

    /// A return as a share of the way from random play (0) to the scripted player (1); it may be above or
    /// below.
    public double normalised(double played) {
        return (played - random) / (scripted - random);
    }
}
