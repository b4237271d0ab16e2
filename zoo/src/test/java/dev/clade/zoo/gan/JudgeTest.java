package dev.clade.zoo.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.zoo.tensor.Library;
import dev.clade.zoo.tensor.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Task TASK = Tasks.of(Objective.WGAN_GP);

    @BeforeAll
    static void oneThread() {
        Library.threads(1);
    }

    @Test
    void judges_onImagesThatTheyHaveNotSeen_findTheClasses() {
        assertThat(TASK.judges().selecting().accuracy(TASK.data().test())).isGreaterThan(0.95);
        assertThat(TASK.judges().reporting().judge().accuracy(TASK.data().test()))
                .isGreaterThan(0.95);
    }

    @Test
    void judges_ofOneDataSet_areDifferentNetworks() {
        assertThat(TASK.judges().selecting().network().name())
                .isNotEqualTo(TASK.judges().reporting().judge().network().name());
    }

    @Test
    void judge_trainedAgain_isTheSameBitByBit() {
        var first = TASK.judges().selecting();
        var again = Judge.trained(first.network(), TASK.images(), 1);
        try (var _ = Scope.still()) {
            assertThat(again.weights().all().floats())
                    .isEqualTo(first.weights().all().floats());
        }
        again.weights().close();
        assertThat(TASK.judges().selecting()).isSameAs(first);
    }

    @Test
    void size_ofLargerImages_fitsAllNetworks() {
        var size = Size.of(new dev.clade.zoo.images.Shape(3, 32, 32));
        var generator = Generator.of(size);
        var discriminator = Discriminator.of(size);
        try (var _ = Scope.still();
                var generating = generator.layout().build();
                var discriminating = discriminator.layout().build()) {
            var images = generator.images(generating, Tasks.random("latent", 2, size.latent()));
            assertThat(images.shape()).containsExactly(2L, 3L, 32L, 32L);
            assertThat(discriminator.scores(discriminating).of(images).shape()).containsExactly(1L, 2L);
            for (var network : new Classifier[] {new Classifier.Strided(size, 7), new Classifier.Pooled(size, 7)}) {
                try (var weights = network.layout().build()) {
                    assertThat(network.logits(weights, network.features(weights, images))
                                    .shape())
                            .containsExactly(2L, 7L);
                }
            }
        }
    }

    @Test
    void size_ofImagesThatCannotBeHalvedTwice_isRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Size.of(new dev.clade.zoo.images.Shape(1, 30, 30)))
                .hasMessageStartingWith("CLADE-3323 the trainer 'gan' has no networks for such images.  Found: images"
                        + " of 1 x 30 x 30.");
    }
}
