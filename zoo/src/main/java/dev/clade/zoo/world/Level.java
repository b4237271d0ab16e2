package dev.clade.zoo.world;

/// A world that experiment files can name.
public interface Level {

    /// What they name it by.
    String word();

    /// Such a world.
    World world();

    /// Steps of an episode of that world at most.
    int limit();

    /// The mean returns of random and of scripted play in it.
    Marks marks();
}
