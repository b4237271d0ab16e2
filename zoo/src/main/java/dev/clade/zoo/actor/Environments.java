package dev.clade.zoo.actor;

import dev.clade.random.Randomness;
import dev.clade.zoo.world.Copies;
import dev.clade.zoo.world.World;
import java.util.function.Supplier;

/// Copies of a world that one member acts in, and what it sees of them.
final class Environments {

    private final Copies copies;
    private final Patches patches;

    /// @param purpose of the streams, one for each world behind it
    Environments(Supplier<World> made, int count, Randomness random, String purpose) {
        copies = new Copies(made, count, random, purpose);
        patches = new Patches(copies.world(0).shape());
    }

    int count() {
        return copies.count();
    }

    World world(int which) {
        return copies.world(which);
    }

    int actions() {
        return copies.world(0).actions();
    }

    /// Numbers that are seen of one world.
    int size() {
        return patches.size();
    }

    /// Writes what is seen of one world now.
    void observe(int which, float[] into, int at) {
        patches.cut(copies.world(which), into, at);
    }

    /// @return the reward
    double step(int which, int action) {
        return copies.step(which, action);
    }

    boolean ended(int which) {
        return copies.ended(which);
    }

    /// The sum of rewards of a world's episode so far.
    double played(int which) {
        return copies.played(which);
    }

    void reset(int which) {
        copies.reset(which);
    }
}
