package dev.clade.zoo.world;

import java.util.random.RandomGenerator;

/// A world in which, now and then, the action before is repeated whatever is asked for (Machado et al. 2018,
/// "Revisiting the Arcade Learning Environment", JAIR 61, section 5.2): what was learned by heart is worth
/// nothing in it.
public final class Sticky implements World {

    private final World world;
    private final double probability;
    private RandomGenerator random = NONE;
    private int last;

    /// @param probability of a repetition, in `[0, 1)`
    public Sticky(World world, double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("actions stick with a probability in [0, 1), found " + probability);
        }
        this.world = world;
        this.probability = probability;
    }

    @Override
    public Shape shape() {
        return world.shape();
    }

    @Override
    public int actions() {
        return world.actions();
    }

    /// The first action that may be repeated is action 0.
    @Override
    public void reset(RandomGenerator random) {
        this.random = random;
        last = 0;
        world.reset(random);
    }

    @Override
    public double step(int action) {
        if (random.nextDouble() >= probability) {
            last = action;
        }
        return world.step(last);
    }

    @Override
    public boolean ended() {
        return world.ended();
    }

    @Override
    public void observe(float[] into, int at) {
        world.observe(into, at);
    }

    @Override
    public Player scripted() {
        return world.scripted();
    }

    @Override
    public Frame frame(int scale) {
        return world.frame(scale);
    }
}
