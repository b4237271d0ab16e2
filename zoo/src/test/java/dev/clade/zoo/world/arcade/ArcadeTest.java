package dev.clade.zoo.world.arcade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.clade.random.Philox;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of all games.
class ArcadeTest {

    private static final int STEPS = 100_000;
    private static final int EPISODES = 500;

    @ParameterizedTest
    @EnumSource
    void randomPlay_ofManySteps_breaksNoInvariant(Arcade game) {
        var world = game.world();
        var random = Philox.keyed(1, 0, 0, "play");
        var seen = new float[world.shape().size() + 2];
        world.reset(random);
        int length = 0;
        for (int step = 0; step < STEPS; step++) {
            double reward = world.step(random.nextInt(world.actions()));
            length++;
            assertThat(reward).isIn(0.0, 1.0);
            Arrays.fill(seen, Float.NaN);
            world.observe(seen, 1);
            assertThat(seen[0]).isNaN();
            assertThat(seen[seen.length - 1]).isNaN();
            for (int i = 1; i < seen.length - 1; i++) {
                if (!(seen[i] >= 0 && seen[i] <= 1)) {
                    throw new AssertionError("number " + i + " of step " + step + " is " + seen[i]);
                }
            }
            holds(game, seen, world.ended());
            assertThat(length).isLessThanOrEqualTo(Game.LIMIT);
            if (world.ended()) {
                world.reset(random);
                length = 0;
            }
        }
    }

    private static void holds(Arcade game, float[] seen, boolean ended) {
        switch (game) {
            case BRICKS -> {
                assertThat(count(seen, 1)).isOne();
                assertThat(count(seen, 2)).isOne();
                assertThat(count(seen, 3)).isEqualTo(2);
                assertThat(both(seen, 0, 2)).isZero();
            }
            case CROSSING -> {
                assertThat(count(seen, 0) + count(seen, 1)).isEqualTo(16);
                assertThat(count(seen, 3)).isOne();
                assertThat(both(seen, 0, 3) + both(seen, 1, 3)).isZero();
            }
            case DOTS -> {
                assertThat(count(seen, 2)).isOne();
                assertThat(count(seen, 3)).isBetween(1, 2);
                assertThat(both(seen, 0, 1) + both(seen, 0, 2) + both(seen, 0, 3) + both(seen, 1, 2))
                        .isZero();
                assertThat(both(seen, 2, 3) > 0 && !ended).isFalse();
            }
            case THRUST -> {
                assertThat(count(seen, 0)).isEqualTo(4);
                assertThat(count(seen, 1)).isOne();
                assertThat(count(seen, 2)).isBetween(ended ? 0 : 1, 1);
                assertThat(both(seen, 0, 1) + both(seen, 1, 2)).isZero();
            }
        }
    }

    private static int count(float[] seen, int channel) {
        return both(seen, channel, channel);
    }

    /// How many cells two channels share.
    private static int both(float[] seen, int one, int other) {
        int cells = 0;
        for (int cell = 0; cell < Game.CELLS; cell++) {
            boolean shared = seen[1 + one * Game.CELLS + cell] != 0 && seen[1 + other * Game.CELLS + cell] != 0;
            cells += shared ? 1 : 0;
        }
        return cells;
    }

    @ParameterizedTest
    @EnumSource
    void episode_ofTheSameSeedAndActions_isTheSame(Arcade game) {
        assertThat(trace(game.world(), 7)).isEqualTo(trace(game.world(), 7));
        assertThat(trace(game.world(), 7)).isNotEqualTo(trace(game.world(), 8));
        var used = game.world();
        trace(used, 9);
        assertThat(trace(used, 7)).isEqualTo(trace(game.world(), 7));
    }

    /// What is seen over some episodes, with rewards.
    private static float[] trace(World world, long seed) {
        int size = world.shape().size();
        var trace = new float[300 * (size + 1)];
        var actions = Philox.keyed(1, 0, 0, "actions");
        var random = Philox.keyed(seed, 0, 0, "world");
        world.reset(random);
        for (int i = 0; i < 300; i++) {
            trace[i * (size + 1)] = (float) world.step(actions.nextInt(world.actions()));
            world.observe(trace, i * (size + 1) + 1);
            if (world.ended()) {
                world.reset(random);
            }
        }
        return trace;
    }

    /// 500 episodes with the seeds of the marks, which are rounded to 0.01.
    @ParameterizedTest
    @EnumSource
    void marks_areThoseOfRandomAndScriptedPlay(Arcade game) {
        var world = game.world();
        double random = 0;
        double scripted = 0;
        for (int i = 0; i < EPISODES; i++) {
            random += Player.random(world.actions(), Philox.keyed(i, 0, 0, "player"))
                    .play(world, Philox.keyed(i, 0, 0, "marks"));
            scripted += world.scripted().play(world, Philox.keyed(i, 0, 0, "marks"));
        }
        assertThat(random / EPISODES).isCloseTo(game.marks().random(), within(0.00501));
        assertThat(scripted / EPISODES).isCloseTo(game.marks().scripted(), within(0.00501));
        assertThat(scripted).isGreaterThan(5 * random);
        assertThat(game.marks().normalised(game.marks().scripted())).isEqualTo(1);
        assertThat(game.marks().normalised(game.marks().random())).isZero();
    }

    /// One object a step would be 1.6 MB.
    @ParameterizedTest
    @EnumSource
    void steps_ofManyEpisodes_allocateNothing(Arcade game) {
        var world = game.world();
        var random = new SplittableRandom(1);
        var seen = new float[world.shape().size()];
        play(world, random, seen);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        play(world, random, seen);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static void play(World world, SplittableRandom random, float[] seen) {
        world.reset(random);
        for (int step = 0; step < STEPS; step++) {
            world.step(random.nextInt(world.actions()));
            world.observe(seen, 0);
            if (world.ended()) {
                world.reset(random);
            }
        }
    }
}
