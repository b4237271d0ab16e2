package dev.clade.zoo.world;

import dev.clade.random.Philox;
import java.util.Arrays;

/// Random play that holds, step by step, what every world owes: all numbers of what is seen are written and in
/// `[0, 1]`, none beside them is, and an episode is over at its limit.
public final class RandomPlay {

    private RandomPlay() {}

    /// What else has to hold after a step.
    @FunctionalInterface
    public interface Check {

        /// @param seen what is seen, from index 0 on
        void after(double reward, float[] seen);
    }

    /// @param limit steps of an episode at most
    public static void hold(World world, int limit, int steps, Check check) {
        var random = Philox.keyed(1, 0, 0, "play");
        var player = world.random(random);
        int size = world.shape().size();
        var written = new float[size + 2];
        world.reset(random);
        int length = 0;
        for (int step = 0; step < steps; step++) {
            double reward = world.step(player.act());
            length++;
            Arrays.fill(written, Float.NaN);
            world.observe(written, 1);
            check(Float.isNaN(written[0]) && Float.isNaN(written[size + 1]), "a number beside what is seen", step);
            var seen = Arrays.copyOfRange(written, 1, size + 1);
            for (float number : seen) {
                check(number >= 0 && number <= 1, "what is seen", step);
            }
            check(Double.isFinite(reward), "the reward", step);
            check(length < limit || (length == limit && world.ended()), "the length of the episode", step);
            check.after(reward, seen);
            if (world.ended()) {
                world.reset(random);
                length = 0;
                check(!world.ended(), "the beginning", step);
            }
        }
    }

    private static void check(boolean holds, String what, int step) {
        if (!holds) {
            throw new AssertionError(what + " is wrong after step " + step);
        }
    }
}
