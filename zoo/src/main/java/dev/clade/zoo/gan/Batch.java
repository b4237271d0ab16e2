package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;

/// What some models see in an update: each draws its own from its own streams.
final class Batch {

    private final Task task;
    private final Size size;
    private final int models;
    private final int count;
    private final float[] latent;
    private final float[] real;
    private final float[] mixing;

    Batch(Task task, int models) {
        this.task = task;
        this.models = models;
        size = task.size();
        count = task.batch();
        latent = new float[models * count * size.latent()];
        real = new float[models * count * task.images().shape().size()];
        mixing = new float[models * count * size.channels()];
    }

    /// Draws latent numbers, real images and mixtures, for an update of the discriminator.
    void take(int model, Segment segment) {
        takeLatent(model, segment);
        int pixels = task.images().shape().size();
        var next = segment.next(count);
        for (int i = 0; i < count; i++) {
            int place = i * models + model;
            task.images().copy(next[i], real, place * pixels);
            Arrays.fill(mixing, place * size.channels(), (place + 1) * size.channels(), segment.mixture());
        }
    }

    /// Draws latent numbers, for an update of the generator.
    void takeLatent(int model, Segment segment) {
        int each = count * size.latent();
        segment.latent(latent, model * each, each);
    }

    /// Latent numbers of one model, `(N, latent)`.
    Tensor latent(int model) {
        return latent().picked(0, model);
    }

    /// Latent numbers of all, `(K, N, latent)`.
    Tensor latent() {
        return Tensor.of(latent, models, count, size.latent());
    }

    /// Real images, `(N, K C, S, S)`.
    Tensor real() {
        return Tensor.of(real, count, (long) models * size.channels(), size.side(), size.side());
    }

    /// How much of each mixture is real, `(N, K C, 1, 1)`.
    Tensor mixing() {
        return Tensor.of(mixing, count, (long) models * size.channels(), 1, 1);
    }
}
