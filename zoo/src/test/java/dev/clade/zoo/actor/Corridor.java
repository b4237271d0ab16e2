package dev.clade.zoo.actor;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import java.util.random.RandomGenerator;

/// A world of three steps, in which the reward of a step is its number, from 1, plus ten times the action.
final class Corridor implements World {

    private static final int LENGTH = 3;

    private int place;

    @Override
    public Shape shape() {
        return new Shape(1, 2, 2);
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public void reset(RandomGenerator random) {
        place = 0;
    }

    @Override
    public double step(int action) {
        place++;
        return place + 10.0 * action;
    }

    @Override
    public boolean ended() {
        return place == LENGTH;
    }

    @Override
    public void observe(float[] into, int at) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (place + 1) * (i + 1);
        }
    }

    @Override
    public Player scripted() {
        return () -> 1;
    }

    @Override
    public Frame frame(int scale) {
        return new Frame(2 * scale, 2 * scale);
    }
}
