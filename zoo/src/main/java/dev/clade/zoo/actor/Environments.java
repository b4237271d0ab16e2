package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.zoo.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Copies of a world that one member acts in, each with random numbers of its own.
final class Environments {

    private final List<World> worlds = new ArrayList<>();
    private final List<RandomGenerator> randoms = new ArrayList<>();
    private final Patches patches;
    private final double[] returns;

    /// @param purpose of the streams, one for each world behind it
    Environments(Supplier<World> made, int count, Randomness random, String purpose) {
        for (int i = 0; i < count; i++) {
            var own = random.of(purpose + "/" + i);
            var world = made.get();
            world.reset(own);
            worlds.add(world);
            randoms.add(own);
        }
        patches = new Patches(worlds.getFirst().shape());
        returns = new double[count];
    }

    int count() {
        return worlds.size();
    }

    World world(int which) {
        return worlds.get(which);
    }

    int actions() {
        return worlds.getFirst().actions();
    }

    /// Numbers that are seen of one world.
    int size() {
        return patches.size();
    }

    /// Writes what is seen of one world now.
    void observe(int which, float[] into, int at) {
        patches.cut(worlds.get(which), into, at);
    }

    /// @return the reward
    double step(int which, int action) {
        double reward = worlds.get(which).step(action);
        returns[which] += reward;
        return reward;
    }

    boolean ended(int which) {
        return worlds.get(which).ended();
    }

    /// The sum of rewards of a world's episode so far.
    double played(int which) {
        return returns[which];
    }

    void reset(int which) {
        worlds.get(which).reset(randoms.get(which));
        returns[which] = 0;
    }
}
