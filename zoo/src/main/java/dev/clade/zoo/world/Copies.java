package dev.clade.zoo.world;

import dev.clade.random.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Copies of a world that one agent acts in, each with random numbers of its own.
public final class Copies {

    private final List<World> worlds = new ArrayList<>();
    private final List<RandomGenerator> randoms = new ArrayList<>();
    private final double[] returns;

    /// All at the beginning of an episode.
    ///
    /// @param purpose of the streams, `/` and the number of a copy behind it
    public Copies(Supplier<World> made, int count, Randomness random, String purpose) {
        for (int i = 0; i < count; i++) {
            var own = random.of(purpose + "/" + i);
            var world = made.get();
            world.reset(own);
            worlds.add(world);
            randoms.add(own);
        }
        returns = new double[count];
    }

    public int count() {
        return worlds.size();
    }

    public World world(int which) {
        return worlds.get(which);
    }

    /// Acts in one.
    ///
    /// @return the reward
    public double step(int which, int action) {
        double reward = worlds.get(which).step(action);
        returns[which] += reward;
        return reward;
    }

    public boolean ended(int which) {
        return worlds.get(which).ended();
    }

    /// The sum of rewards of a copy's episode so far.
    public double played(int which) {
        return returns[which];
    }

    /// Begins an episode in one.
    public void reset(int which) {
        worlds.get(which).reset(randoms.get(which));
        returns[which] = 0;
    }
}
