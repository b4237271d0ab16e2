package dev.clade.zoo.agent;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import java.util.random.RandomGenerator;

/// A level that only a memory can play: the first sight says which of two actions will be right after the last, a few
/// steps later. Reward 1 if it is done then, -1 if not; what is done before does not matter.
public final class Recall implements Level {

    public static final int LENGTH = 5;

    @Override
    public String word() {
        return "recall";
    }

    @Override
    public World world() {
        return new Corridor();
    }

    @Override
    public int limit() {
        return LENGTH;
    }

    @Override
    public Marks marks() {
        return new Marks(1, 0, 1);
    }

    private static final class Corridor implements World {

        private int right;
        private int place;

        @Override
        public Shape shape() {
            return new Shape(2, 3, 3);
        }

        @Override
        public int actions() {
            return 2;
        }

        @Override
        public void reset(RandomGenerator random) {
            right = random.nextInt(2);
            place = 0;
        }

        @Override
        public double step(int action) {
            place++;
            return ended() ? action == right ? 1 : -1 : 0;
        }

        @Override
        public boolean ended() {
            return place == LENGTH;
        }

        @Override
        public void observe(float[] into, int at) {
            for (int i = 0; i < shape().size(); i++) {
                into[at + i] = place == 0 && i / 9 == right ? 1 : 0;
            }
        }

        @Override
        public Player scripted() {
            return () -> right;
        }

        @Override
        public Frame frame(int scale) {
            return new Frame(3 * scale, 3 * scale);
        }
    }
}
