package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import dev.clade.random.Randomness;
import org.junit.jupiter.api.Test;

/// By hand: two environments of three steps, unrolled for four.
class RolloutTest {

    /// Action 1 in the first step, then 0.
    private static Segment segment() {
        var acted = new int[1];
        var environments = new Environments(Corridor::new, 2, Randomness.keyed(1, 0, 0), "environment");
        return new Segment(
                new Values(0.1, 0, 0.5, 0.5, 4),
                environments,
                (_, _, _, _) -> acted[0]++ < 2 ? 1 : 0,
                Philox.keyed(1, 0, 0, "actions"));
    }

    private static Rollout ended() {
        var rollout = new Rollout(segment(), 4, 3);
        for (int step = 0; step < 4; step++) {
            rollout.act(new float[] {0, 0, step, 0, 0, 2 * step}, 0);
        }
        rollout.end(new float[] {0, 0, 8, 0, 0, 80}, 0);
        return rollout;
    }

    @Test
    void returns_endWithEpisodesAndGoOnWithTheValue() {
        var returns = new float[9];
        ended().returns(returns, 1);
        // Rewards are 11, 2, 3, the end, 1 and then the value of what is seen.
        assertThat(returns)
                .containsExactly(0, 11 + 0.5f * (2 + 0.5f * 3), 12.75f, 3.5f, 3.5f, 3, 3, 1 + 0.5f * 8, 1 + 0.5f * 80);
    }

    @Test
    void advantages_areOfTheActionThatWasTaken() {
        var advantages = new float[16];
        ended().advantages(advantages, 0);
        assertThat(advantages)
                .containsExactly(
                        0,
                        -12.75f / 8,
                        0,
                        -12.75f / 8,
                        (1 - 3.5f) / 8,
                        0,
                        (2 - 3.5f) / 8,
                        0,
                        (2 - 3f) / 8,
                        0,
                        (4 - 3f) / 8,
                        0,
                        (3 - 5f) / 8,
                        0,
                        (6 - 41f) / 8,
                        0);
    }

    @Test
    void segment_knowsItsLastTenReturns() {
        var segment = segment();
        assertThat(segment.recent()).isEmpty();
        for (int i = 0; i < 12; i++) {
            segment.ended(i);
        }
        assertThat(segment.recent()).hasValue(6.5);
    }

    @Test
    void patches_ofASmallWorld_areWhatLiesUnderTheKernel() {
        var world = new Corridor();
        world.reset(Philox.keyed(1, 0, 0, "world"));
        var patches = new Patches(world.shape());
        assertThat(patches.places()).isOne();
        var cut = new float[11];
        patches.cut(world, cut, 1);
        assertThat(cut).containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 0);
    }
}
