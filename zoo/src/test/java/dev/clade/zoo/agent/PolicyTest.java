package dev.clade.zoo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two plain functions, two aimed ones at three targets.
class PolicyTest {

    private static final Actions ACTIONS = new Actions(4, 2, 3);
    private static final float NO = Actions.IMPOSSIBLE;
    private static final float[] LOGITS = {0.1f, -1, 2, 0.5f, 1, 0, -1, 0.3f, 0.2f, 0.1f, 99};
    private static final float[] ALL = new float[10];

    /// The second aimed function is impossible, and so is one target of the first.
    private static final float[] SOME = {0, 0, 0, NO, 0, NO, 0, NO, NO, NO};

    private static Policy policy(float[] mask) {
        return Policy.of(ACTIONS, Tensor.of(LOGITS, 1, 11), Optional.of(Tensor.of(mask, 1, 10)));
    }

    private static double[] probabilities(float[] mask) {
        var all = new double[2 + 2 * 3];
        var policy = policy(mask);
        for (int i = 0; i < all.length; i++) {
            int function = i < 2 ? i : 2 + (i - 2) / 3;
            int target = i < 2 ? -1 : (i - 2) % 3;
            all[i] =
                    Math.exp(policy.of(new int[] {function}, new int[] {target}).item());
        }
        return all;
    }

    private static double sum(double[] all) {
        double sum = 0;
        for (double each : all) {
            sum += each;
        }
        return sum;
    }

    @Test
    void probabilities_ofAllActions_areOne_andThoseOfTheImpossibleNone() {
        try (var _ = Scope.still()) {
            assertThat(sum(probabilities(ALL))).isCloseTo(1, within(1e-6));
            var some = probabilities(SOME);
            assertThat(sum(some)).isCloseTo(1, within(1e-6));
            assertThat(some[3]).isZero();
            assertThat(some[5] + some[6] + some[7]).isZero();
            double functions = Math.exp(0.1) + Math.exp(-1) + Math.exp(2);
            assertThat(some[2])
                    .isCloseTo(Math.exp(2) / functions * Math.exp(1) / (Math.exp(1) + Math.exp(-1)), within(1e-6));
        }
    }

    @Test
    void entropy_isThatOfAllActions() {
        try (var _ = Scope.still()) {
            for (var mask : new float[][] {ALL, SOME}) {
                double entropy = 0;
                for (double each : probabilities(mask)) {
                    entropy -= each == 0 ? 0 : each * Math.log(each);
                }
                assertThat(policy(mask).entropy().item()).isCloseTo(entropy, within(1e-5));
            }
        }
    }

    @Test
    void gradient_ofWhatIsImpossible_isNone() {
        try (var _ = Scope.training()) {
            var logits = Tensor.of(LOGITS, 1, 11).watched();
            var policy = Policy.of(ACTIONS, logits, Optional.of(Tensor.of(SOME, 1, 10)));
            var loss = policy.of(new int[] {2}, new int[] {0})
                    .sum()
                    .plus(policy.entropy().sum());
            var gradient = loss.gradient(logits).floats();
            for (int i = 0; i < gradient.length; i++) {
                boolean possible = i < 10 && SOME[i] == 0;
                assertThat(Float.isFinite(gradient[i])).isTrue();
                assertThat(gradient[i] != 0).as("" + i).isEqualTo(possible);
            }
        }
    }

    /// Of 30,000 draws the share of each action is within five of its standard deviations, at most 0.0145: wrong by
    /// luck
    /// less than once in a hundred thousand runs, and the seed is fixed.
    @Test
    void drawn_isAsLikelyAsThePolicySays() {
        try (var _ = Scope.still()) {
            var random = Philox.keyed(1, 0, 0, "actions");
            var logits = LOGITS.clone();
            for (int i = 0; i < SOME.length; i++) {
                logits[i] += SOME[i];
            }
            int draws = 30_000;
            var counts = new int[8];
            for (int i = 0; i < draws; i++) {
                counts[ACTIONS.number(Policy.drawn(ACTIONS, logits, 0, random))]++;
            }
            var probabilities = probabilities(SOME);
            for (int i = 0; i < counts.length; i++) {
                assertThat((double) counts[i] / draws).as("" + i).isCloseTo(probabilities[i], within(0.0145));
                assertThat(counts[i] == 0).isEqualTo(probabilities[i] == 0);
            }
        }
    }

    @Test
    void policy_withoutTargets_isASoftmax() {
        try (var _ = Scope.still()) {
            var policy = Policy.of(
                    new Actions(2, 2, 0), Tensor.of(new float[] {0, 0, 7, 0, 100, 7}, 2, 3), Optional.empty());
            assertThat(policy.of(new int[] {0, 1}, new int[] {-1, -1}).floats())
                    .containsExactly((float) -Math.log(2), 0);
            assertThat(policy.entropy().floats()[0]).isCloseTo((float) Math.log(2), within(1e-6f));
        }
    }
}
