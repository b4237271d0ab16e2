package dev.clade.zoo.world;

import java.util.random.RandomGenerator;

/// Someone who plays a world.
@FunctionalInterface
public interface Player {

    /// The next action.
    int act();

    /// Plays one episode to its end.
    ///
    /// @return the sum of its rewards
    default double play(World world, RandomGenerator random) {
        world.reset(random);
        double sum = 0;
        while (!world.ended()) {
            sum += world.step(act());
        }
        return sum;
    }
}
