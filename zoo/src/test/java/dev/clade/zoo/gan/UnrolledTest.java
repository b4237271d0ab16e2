package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnrolledTest {

    /// Two channels, so that none may take another's place.
    private static final Size SIZE = new Size(2, 8, 3, 4);

    @BeforeAll
    static void oneThread() {
        Library.threads(1);
    }

    private static Parameters drawn(Discriminator discriminator) {
        var weights = discriminator.layout().build();
        try (var _ = Scope.still()) {
            discriminator.draw(weights, Randomness.keyed(1, 0, 0));
            weights.get("conv1.bias").copyHere(Tasks.random("bias", 3));
        }
        return weights;
    }

    /// Scores and gradients of the tiny network, with its convolutions as linear layers and as what they are.
    @Test
    void unrolledConvolutions_areConvolutions() {
        var unrolled = Discriminator.of(SIZE);
        try (var one = drawn(unrolled);
                var other = drawn(unrolled);
                var _ = Scope.training()) {
            var images = Tasks.random("images", 5, 2, 8, 8);
            var scores = unrolled.scores(one).of(images);
            var expected = unrolled.convolved(other, 1, images)
                    .reshape(-1, SIZE.flat())
                    .linear(other.get("fc.weight"), other.get("fc.bias"))
                    .reshape(1, -1);
            scores.square().sum().backward();
            expected.square().sum().backward();
            close(scores.detached().floats(), expected.detached().floats());
            close(one.gradients().floats(), other.gradients().floats());
        }
    }

    @Test
    void unrolledTransposedConvolutions_areTransposedConvolutions() {
        var unrolled = Generator.of(SIZE);
        try (var one = unrolled.layout().build();
                var other = unrolled.layout().build();
                var _ = Scope.training()) {
            try (var _ = Scope.still()) {
                unrolled.draw(one, Randomness.keyed(2, 0, 0));
                one.get("conv1.bias").copyHere(Tasks.random("bias", 3));
                other.all().copyHere(one.all());
            }
            var latent = Tasks.random("latent", 5, 4);
            var images = unrolled.images(one, latent);
            var flat = latent.linear(other.get("fc.weight"), other.get("fc.bias"))
                    .relu()
                    .reshape(1, 5, -1);
            var expected = unrolled.convolved(flat, other);
            assertThat(images.shape()).isEqualTo(expected.shape());
            images.square().sum().backward();
            expected.square().sum().backward();
            close(images.detached().floats(), expected.detached().floats());
            close(one.gradients().floats(), other.gradients().floats());
        }
    }

    private static void close(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4f * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
