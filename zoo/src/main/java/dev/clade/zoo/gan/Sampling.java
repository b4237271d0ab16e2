package dev.clade.zoo.gan;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;

/// Images of a generator, as they are measured and shown.
record Sampling(Generator generator, Weights weights) {

    /// Images at a time.
    static final int BATCH = 500;

    /// What becomes of a part of the images.
    @FunctionalInterface
    interface Part {
        /// @param at the number of its first image
        void of(int at, Tensor images);
    }

    /// Draws images, part by part.
    ///
    /// @param seed of their latent numbers
    void draw(int count, long seed, Part part) {
        var random = Randomness.keyed(seed, 0, 0).of("latent");
        int latent = generator.size().latent();
        for (int at = 0; at < count; at += BATCH) {
            int some = Math.min(BATCH, count - at);
            var numbers = new float[some * latent];
            Latent.draw(random, numbers, 0, numbers.length);
            try (var _ = Scope.still()) {
                part.of(at, generator.images(weights, Tensor.of(numbers, some, latent)));
            }
        }
    }
}
