package dev.clade.zoo.world;

import java.util.Objects;
import java.util.random.RandomGenerator;

/// A world in which, now and then, the action before is repeated whatever is asked for (Machado et al. 2018,
/// "Revisiting the Arcade Learning Environment", JAIR 61, section 5.2): what was learned by heart is worth
/// nothing in it.
public sealed class Sticky implements World {

    private final World world;
    private final double probability;
    private RandomGenerator random = NONE;
    private int last;

    private Sticky(World world, double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("actions stick with a probability in [0, 1), found " + probability);
        }
        this.world = world;
        this.probability = probability;
    }

    /// Such a world of another; of a [Targeted] one it is [Targeted], too.
    ///
    /// @param probability of a repetition, in `[0, 1)`
    public static Sticky of(World world, double probability) {
        return world instanceof Targeted targeted ? new Aimed(targeted, probability) : new Sticky(world, probability);
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
        Objects.checkIndex(action, actions());
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
    public Player random(RandomGenerator random) {
        return world.random(random);
    }

    @Override
    public Player scripted() {
        return world.scripted();
    }

    @Override
    public Frame frame(int scale) {
        return world.frame(scale);
    }

    /// Function and target stick together. Masks are of what is asked for: what is repeated may be impossible
    /// by now, and is as function 0 then.
    private static final class Aimed extends Sticky implements Targeted {

        private final Targeted world;

        Aimed(Targeted world, double probability) {
            super(world, probability);
            this.world = world;
        }

        @Override
        public int functions() {
            return world.functions();
        }

        @Override
        public int plain() {
            return world.plain();
        }

        @Override
        public int targets() {
            return world.targets();
        }

        @Override
        public void functionMask(float[] into, int at) {
            world.functionMask(into, at);
        }

        @Override
        public void targetMask(int function, float[] into, int at) {
            world.targetMask(function, into, at);
        }

        @Override
        public double step(int function, int target) {
            Objects.checkIndex(function, functions());
            if (aimed(function)) {
                Objects.checkIndex(target, targets());
            }
            return step(action(function, target));
        }
    }
}
