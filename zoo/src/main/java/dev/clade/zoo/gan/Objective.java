package dev.clade.zoo.gan;

import dev.clade.zoo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// What the generator and the discriminator play for. All losses are `(K)`, one for each of `K` models;
/// images are `(N, K C, H, W)`.
enum Objective {
    /// The Wasserstein distance with a gradient penalty (Gulrajani et al. 2017, arXiv 1704.00028, algorithm
    /// 1): `E D(fake) - E D(real) + 10 E (|grad D(mixed)| - 1)^2` against `-E D(fake)`. The discriminator
    /// is a critic.
    WGAN_GP("wgan-gp", 0.9) {
        @Override
        Values defaults() {
            return new Values(1e-4, 1e-4, 5, 0);
        }

        @Override
        Tensor discriminator(Scores scores, Tensor real, Tensor fake, Tensor mixing) {
            var mixed = fake.plus(real.minus(fake).times(mixing));
            var of = Both.of(scores, real, fake);
            return of.fake()
                    .mean(1)
                    .minus(of.real().mean(1))
                    .plus(penalty(scores, mixed).times(LAMBDA));
        }

        @Override
        Tensor generator(Scores scores, Tensor fake) {
            return scores.of(fake).mean(1).times(-1);
        }
    },

    /// The game of Goodfellow et al. (2014, arXiv 1406.2661) with the generator's loss that does not
    /// saturate (section 3): scores are logits, `-E log p(real) - E log(1 - p(fake))` against `-E log
    /// p(fake)`. Rates and decay rates as DCGAN's (Radford et al. 2016, arXiv 1511.06434, section 4).
    PLAIN("plain", 0.999) {
        @Override
        Values defaults() {
            return new Values(2e-4, 2e-4, 1, 0.5);
        }

        @Override
        Tensor discriminator(Scores scores, Tensor real, Tensor fake, Tensor mixing) {
            var of = Both.of(scores, real, fake);
            return of.real()
                    .times(-1)
                    .softplus()
                    .mean(1)
                    .plus(of.fake().softplus().mean(1));
        }

        @Override
        Tensor generator(Scores scores, Tensor fake) {
            return scores.of(fake).times(-1).softplus().mean(1);
        }
    };

    /// Gulrajani et al. 2017, section 4.
    static final double LAMBDA = 10;

    /// Below the root of a norm, whose derivative is infinite at 0.
    private static final double TINY = 1e-12;

    private final String word;
    private final double beta2;

    /// @param word in experiment files
    /// @param beta2 the decay rate of Adam's second moment
    Objective(String word, double beta2) {
        this.word = word;
        this.beta2 = beta2;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Objective::word).toList();
    }

    String word() {
        return word;
    }

    double beta2() {
        return beta2;
    }

    /// How a discriminator scores images: `(N, K C, H, W)` to `(K, N)`.
    @FunctionalInterface
    interface Scores {
        Tensor of(Tensor images);
    }

    /// The scores of real and of generated images, in one pass.
    private record Both(Tensor real, Tensor fake) {

        static Both of(Scores scores, Tensor real, Tensor fake) {
            long count = real.shape().getFirst();
            var both = scores.of(Tensor.joined(List.of(real, fake), 0));
            return new Both(both.narrow(1, 0, count), both.narrow(1, count, count));
        }
    }

    /// What is used of hyperparameters that an experiment does not name.
    abstract Values defaults();

    /// @param fake without history: its generator is not trained by this
    /// @param mixing how much of each mixed image is real, in `[0, 1]`, `(N, K C, 1, 1)`
    abstract Tensor discriminator(Scores scores, Tensor real, Tensor fake, Tensor mixing);

    abstract Tensor generator(Scores scores, Tensor fake);

    /// `E (|grad D| - 1)^2` at images, to be differentiated once more.
    static Tensor penalty(Scores scores, Tensor images) {
        var points = images.watched();
        var at = scores.of(points);
        long models = at.shape().getFirst();
        long count = at.shape().getLast();
        var slopes = at.sum().gradient(points).reshape(count, models, -1);
        return slopes.square().sum(2).plus(TINY).sqrt().plus(-1).square().mean(0);
    }
}
