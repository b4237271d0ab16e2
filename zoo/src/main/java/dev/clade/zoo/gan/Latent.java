package dev.clade.zoo.gan;

import java.util.random.RandomGenerator;

/// What images are made of: standard normal numbers.
final class Latent {

    private Latent() {}

    static void draw(RandomGenerator random, float[] to, int at, int count) {
        for (int i = at; i < at + count; i++) {
            to[i] = (float) random.nextGaussian();
        }
    }
}
