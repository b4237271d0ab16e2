package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// By hand: two steps of two environments, of which the second ends with the first step.
class UnrollTest {

    private static final Actions ACTIONS = new Actions(2, 2, 0);

    private static Unroll unroll() {
        var unroll = new Unroll(2, 2, 1, ACTIONS, new float[] {5, 6}, false);
        for (int step = 0; step < 3; step++) {
            unroll.see(step, new float[] {step, 10 + step}, new float[6], new float[0]);
            unroll.value(step, 0, 1);
            unroll.value(step, 1, 100);
        }
        unroll.did(0, 0, new Actions.Action(0, -1), 1, false);
        unroll.did(0, 1, new Actions.Action(1, -1), 2, true);
        unroll.did(1, 0, new Actions.Action(1, -1), 3, false);
        unroll.did(1, 1, new Actions.Action(0, -1), 4, false);
        return unroll;
    }

    @Test
    void returns_endWithEpisodesAndGoOnWithTheValue() {
        assertThat(unroll().returns(0.5)).containsExactly(1 + 0.5f * (3 + 0.5f), 2, 3 + 0.5f, 4 + 0.5f * 100);
    }

    @Test
    void tensors_areOfTheStepsThatWereActedIn() {
        try (var _ = Scope.still()) {
            var unroll = unroll();
            assertThat(unroll.seen().floats()).containsExactly(0, 10, 1, 11);
            assertThat(unroll.allSeen()).containsExactly(0, 10, 1, 11, 2, 12);
            assertThat(unroll.memory().floats()).containsExactly(5, 6);
            assertThat(unroll.masks()).isEmpty();
            var memory = Tensor.of(new float[] {7, 8}, 2, 1);
            assertThat(unroll.kept(memory, 0).floats()).containsExactly(7, 0);
            assertThat(unroll.kept(memory, 1)).isSameAs(memory);
        }
    }

    /// A policy that is indifferent and values of 2 everywhere.
    @Test
    void loss_ofAnActorThatFollowsACritic_isTheSumOfItsParts() {
        try (var _ = Scope.training()) {
            var unroll = unroll();
            var returns = unroll.returns(0.5);
            var logits = Tensor.zeros(4, 3).watched();
            var values = Tensor.zeros(4).plus(2).watched();
            var loss =
                    ActorCritic.loss(Policy.of(ACTIONS, logits, Optional.empty()), values, unroll, returns, 0.1, 0.25);
            double gain = 0;
            double error = 0;
            for (float each : returns) {
                gain += (each - 2) * -Math.log(2) / 4;
                error += (each - 2.0) * (each - 2.0) / 4;
            }
            assertThat(loss.item()).isCloseTo(0.25 * error - 0.1 * Math.log(2) - gain, within(1e-3));
            assertThat(unroll.told().get("entropy").item()).isCloseTo(Math.log(2), within(1e-6));
            // The advantage is a number: no gradient of the policy's gain reaches the value.
            var gradient = loss.gradient(values).floats();
            for (int i = 0; i < 4; i++) {
                assertThat(gradient[i]).isCloseTo((float) (0.25 * 2 * (2 - returns[i]) / 4), within(1e-5f));
            }
        }
    }
}
