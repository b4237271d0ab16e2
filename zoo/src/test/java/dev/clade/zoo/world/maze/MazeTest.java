package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.clade.random.Philox;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of all levels.
class MazeTest {

    private static final int STEPS = 5_000;
    private static final int EPISODES = 200;

    /// With small and with odd sizes too, as corners of the picture are where rays go astray.
    @ParameterizedTest
    @EnumSource
    void randomPlay_ofManySteps_breaksNoInvariant(Maze level) {
        holds(level.labyrinth(Options.STANDARD), Options.STANDARD, STEPS);
        for (var options : new Options[] {new Options(8, 1, 300), new Options(33, 7, 100), new Options(84, 4, 450)}) {
            holds(level.labyrinth(options), options, STEPS / 5);
        }
    }

    private static void holds(Labyrinth world, Options options, int steps) {
        var random = Philox.keyed(1, 0, 0, "play");
        assertThat(world.shape()).isEqualTo(new World.Shape(3, options.size(), options.size()));
        var seen = new float[world.shape().size() + 2];
        world.reset(random);
        int length = 0;
        for (int step = 0; step < steps; step++) {
            double reward = world.step(random.nextInt(world.actions()));
            length++;
            assertThat(reward).isBetween(-1.0, 11.0);
            Arrays.fill(seen, Float.NaN);
            world.observe(seen, 1);
            assertThat(seen[0]).isNaN();
            assertThat(seen[seen.length - 1]).isNaN();
            for (int i = 1; i < seen.length - 1; i++) {
                if (!(seen[i] >= 0 && seen[i] <= 1)) {
                    throw new AssertionError("number " + i + " of step " + step + " is " + seen[i]);
                }
            }
            var scene = world.scene();
            assertThat(scene.plan().blocked(scene.cell())).isFalse();
            assertThat(scene.plan().kind(scene.cell()) == Plan.PIT && !world.ended())
                    .isFalse();
            assertThat(length).isLessThanOrEqualTo(options.steps());
            assertThat(world.ended()).isEqualTo(length == options.steps() || reward == Rules.FALL && falls(world));
            if (world.ended()) {
                world.reset(random);
                length = 0;
            }
        }
    }

    private static boolean falls(Labyrinth world) {
        return world.scene().plan().kind(world.scene().cell()) == Plan.PIT;
    }

    @ParameterizedTest
    @EnumSource
    void episode_ofTheSameSeedAndActions_isTheSame(Maze level) {
        assertThat(trace(level.world(), 7)).isEqualTo(trace(level.world(), 7));
        assertThat(trace(level.world(), 7)).isNotEqualTo(trace(level.world(), 8));
        var used = level.world();
        trace(used, 9);
        assertThat(trace(used, 7)).isEqualTo(trace(level.world(), 7));
    }

    /// What is seen over some episodes, with rewards, at random and then as scripted.
    private static int[] trace(World world, long seed) {
        int size = world.shape().size();
        var seen = new float[size];
        var trace = new int[600];
        var actions = Player.random(world.actions(), Philox.keyed(1, 0, 0, "actions"));
        var scripted = world.scripted();
        var random = Philox.keyed(seed, 0, 0, "world");
        world.reset(random);
        for (int i = 0; i < trace.length; i++) {
            double reward = world.step((i % 100 < 50 ? actions : scripted).act());
            world.observe(seen, 0);
            trace[i] = 31 * Arrays.hashCode(seen) + (int) reward;
            if (world.ended()) {
                world.reset(random);
            }
        }
        return trace;
    }

    /// Rendering and rules do not change by accident: whoever means to change them writes the new numbers here and
    /// measures marks and pictures anew.
    private static final Map<Maze, Integer> GOLDEN = Map.of(
            Maze.APPLES, -1032866220,
            Maze.GOAL, -195588050,
            Maze.RANDOM_MAZE, -137285834,
            Maze.HALLWAY, 1846837260,
            Maze.DOORS, 1551078191,
            Maze.COLOURS, -1748480025,
            Maze.FOG, -1532470640);

    @ParameterizedTest
    @EnumSource
    void frames_ofASeed_areAsTheyWere(Maze level) {
        assertThat(Arrays.hashCode(trace(level.world(), 7))).isEqualTo(GOLDEN.get(level));
    }

    /// 200 episodes with the seeds of the marks, which are rounded to 0.01: nothing is left to chance. The gap between
    /// random and scripted play is at least three deviations of an episode's scripted return.
    @ParameterizedTest
    @EnumSource
    void marks_areThoseOfRandomAndScriptedPlay(Maze level) {
        var world = level.world();
        double random = 0;
        double scripted = 0;
        double squares = 0;
        for (int i = 0; i < EPISODES; i++) {
            random += Player.random(world.actions(), Philox.keyed(i, 0, 0, "player"))
                    .play(world, Philox.keyed(i, 0, 0, "marks"));
            double played = world.scripted().play(world, Philox.keyed(i, 0, 0, "marks"));
            scripted += played;
            squares += played * played;
        }
        double mean = scripted / EPISODES;
        assertThat(random / EPISODES).isCloseTo(level.marks().random(), within(0.00501));
        assertThat(mean).isCloseTo(level.marks().scripted(), within(0.00501));
        double deviation = Math.sqrt(squares / EPISODES - mean * mean);
        assertThat(mean - random / EPISODES).isGreaterThan(3 * deviation);
    }

    /// The scripted player is never lost: no episode is worth less than half of the mark, no ball is a wrong one.
    @ParameterizedTest
    @EnumSource
    void scriptedPlayer_ofAnySeed_isNeverLost(Maze level) {
        var world = level.world();
        for (int i = 0; i < 30; i++) {
            double played = world.scripted().play(world, Philox.keyed(1000 + i, 0, 0, "lost"));
            assertThat(played)
                    .as("seed %d", 1000 + i)
                    .isGreaterThan(level.marks().scripted() / 2);
        }
    }

    /// One object a step would be 300 kB.
    @ParameterizedTest
    @EnumSource
    void steps_ofManyEpisodes_allocateNothing(Maze level) {
        var world = level.world();
        var random = new SplittableRandom(1);
        var seen = new float[world.shape().size()];
        play(world, random, seen);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        play(world, random, seen);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000);
    }

    private static void play(World world, SplittableRandom random, float[] seen) {
        world.reset(random);
        for (int step = 0; step < 20_000; step++) {
            world.step(random.nextInt(world.actions()));
            world.observe(seen, 0);
            if (world.ended()) {
                world.reset(random);
            }
        }
    }

    @Test
    void frame_ofAnyScale_showsTheViewAndTheMap() {
        var world = Maze.DOORS.world();
        world.reset(Philox.keyed(1, 0, 0, "frame"));
        for (int scale : new int[] {1, 2, 7, 20}) {
            var frame = world.frame(scale);
            assertThat(frame.height()).isEqualTo(11 * scale);
            assertThat(frame.width()).isEqualTo(22 * scale + Math.max(1, scale / 2));
        }
        var frame = world.frame(20);
        int arrow = 0;
        for (int x = 230; x < 450; x++) {
            for (int y = 0; y < 220; y++) {
                arrow += frame.at(x, y) == 0xFFFFFF ? 1 : 0;
            }
        }
        assertThat(arrow).isBetween(60, 200);
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> new Options(100, 4, 450)).hasMessage("size is 8 to 84, found 100");
        assertThatThrownBy(() -> new Options(42, 0, 450)).hasMessage("repeat is 1 to 16, found 0");
        assertThatThrownBy(() -> new Options(42, 4, 0)).hasMessageContaining("steps is 1 to");
    }
}
