package dev.clade.zoo.world.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.RandomPlay;
import dev.clade.zoo.world.World;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of all levels of the maze, beside what every level owes.
class MazeTest {

    private static final int STEPS = 5_000;

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
        assertThat(world.shape()).isEqualTo(new World.Shape(3, options.size(), options.size()));
        var length = new AtomicInteger();
        RandomPlay.hold(world, options.steps(), steps, (reward, _) -> {
            assertThat(reward).isBetween(-1.0, 11.0);
            var scene = world.scene();
            boolean pit = scene.plan().kind(scene.cell()) == Plan.PIT;
            assertThat(scene.plan().blocked(scene.cell())).isFalse();
            assertThat(pit && !world.ended()).isFalse();
            boolean late = length.incrementAndGet() == options.steps();
            assertThat(world.ended()).isEqualTo(late || (reward == Rules.FALL && pit));
            if (world.ended()) {
                length.set(0);
            }
        });
    }

    /// The scripted player is never lost: no episode is worth less than half of the mark, no ball is a wrong one. And
    /// the gap between random and scripted play is at least three deviations of an episode's scripted return.
    @ParameterizedTest
    @EnumSource
    void scriptedPlayer_ofAnySeed_isNeverLost(Maze level) {
        var world = level.world();
        var marks = level.marks();
        var returns = IntStream.range(1_000, 1_030)
                .mapToDouble(seed -> Marks.scripted(world, seed))
                .toArray();
        assertThat(Arrays.stream(returns).min().orElseThrow()).isGreaterThan(marks.scripted() / 2);
        double mean = Arrays.stream(returns).average().orElseThrow();
        double variance = Arrays.stream(returns)
                .map(played -> (played - mean) * (played - mean))
                .average()
                .orElseThrow();
        assertThat(mean - marks.random()).isGreaterThan(3 * Math.sqrt(variance));
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
