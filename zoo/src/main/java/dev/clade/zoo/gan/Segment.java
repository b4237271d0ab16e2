package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.member.Passes;
import java.util.random.RandomGenerator;

/// What is new in a segment: the values in force, and the streams that give its images, latent numbers and
/// mixtures.
final class Segment {

    private final Values values;
    private final Passes images;
    private final RandomGenerator latent;
    private final RandomGenerator mixing;

    /// @param images how many there are to train on
    Segment(Values values, Randomness random, int images) {
        this.values = values;
        this.images = new Passes(images, random.of("order"));
        latent = random.of("latent");
        mixing = random.of("mixing");
    }

    Values values() {
        return values;
    }

    /// The next images to train on.
    int[] next(int count) {
        return images.next(count);
    }

    /// Draws latent numbers, standard normal.
    void latent(float[] to, int at, int count) {
        Latent.draw(latent, to, at, count);
    }

    /// How much of the next mixture is real, in `[0, 1)`.
    float mixture() {
        return mixing.nextFloat();
    }
}
