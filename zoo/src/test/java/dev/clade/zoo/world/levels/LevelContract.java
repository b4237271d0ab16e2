package dev.clade.zoo.world.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.clade.random.Philox;
import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.RandomPlay;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.World;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every level owes.
class LevelContract {

    private static final int NUMBERS = 20_000_000;
    private static final int STEPS = 10_000;
    private static final int FRESH = 1_000;
    private static final int PAIRS = 30;

    static List<Level> levels() {
        return Levels.all();
    }

    /// As many steps as show 20 million numbers: 3,800 of a maze, 50,000 of a game.
    @ParameterizedTest
    @MethodSource("levels")
    void randomPlay_ofManySteps_holdsTheContract(Level level) {
        var world = level.world();
        RandomPlay.hold(world, level.limit(), NUMBERS / world.shape().size(), (_, _) -> {});
    }

    @ParameterizedTest
    @MethodSource("levels")
    void episode_ofTheSameSeedAndActions_isTheSame(Level level) {
        assertThat(trace(level.world(), 7)).isEqualTo(trace(level.world(), 7));
        assertThat(trace(level.world(), 7)).isNotEqualTo(trace(level.world(), 8));
    }

    @ParameterizedTest
    @MethodSource("levels")
    void episode_afterOthers_isAsTheFirst(Level level) {
        var used = level.world();
        trace(used, 9);
        assertThat(trace(used, 7)).isEqualTo(trace(level.world(), 7));
    }

    /// Rules and what is seen do not change by accident: whoever means to change them writes the new numbers here
    /// and measures marks and pictures anew.
    private static final Map<String, Integer> GOLDEN = Map.ofEntries(
            Map.entry("bricks", -776032670),
            Map.entry("crossing", 214922058),
            Map.entry("dots", 1378145568),
            Map.entry("thrust", 1556076222),
            Map.entry("battle/beacon", 299496197),
            Map.entry("battle/collect_shards", -1541673683),
            Map.entry("battle/find_and_kill", 673847497),
            Map.entry("battle/melee", -1434427894),
            Map.entry("battle/mixed", 590239826),
            Map.entry("battle/gather", -761664706),
            Map.entry("battle/build", 1271464235),
            Map.entry("maze/apples", -1032866220),
            Map.entry("maze/goal", -195588050),
            Map.entry("maze/random_maze", -137285834),
            Map.entry("maze/hallway", 1846837260),
            Map.entry("maze/doors", 1551078191),
            Map.entry("maze/colours", -1748480025),
            Map.entry("maze/fog", -1532470640));

    @ParameterizedTest
    @MethodSource("levels")
    void episodes_ofASeed_areAsTheyWere(Level level) {
        assertThat(Arrays.hashCode(trace(level.world(), 7))).isEqualTo(GOLDEN.get(level.word()));
    }

    /// What is seen over some episodes, with rewards, at random and then as scripted.
    private static int[] trace(World world, long seed) {
        var seen = new float[world.shape().size()];
        var trace = new int[600];
        var actions = world.random(Philox.keyed(1, 0, 0, "actions"));
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

    /// The very episodes that they are the means of: nothing is left to chance.
    @ParameterizedTest
    @MethodSource("levels")
    void marks_areThoseOfRandomAndScriptedPlay(Level level) {
        var world = level.world();
        var marks = level.marks();
        double random = 0;
        double scripted = 0;
        for (int i = 0; i < marks.episodes(); i++) {
            random += Marks.random(world, i);
            scripted += Marks.scripted(world, i);
        }
        assertThat(random / marks.episodes()).isCloseTo(marks.random(), within(0.00501));
        assertThat(scripted / marks.episodes()).isCloseTo(marks.scripted(), within(0.00501));
        assertThat(marks.normalised(marks.scripted())).isEqualTo(1);
        assertThat(marks.normalised(marks.random())).isZero();
    }

    /// Seeds 1000 to 1029, which no mark was measured with. The mean difference of paired episodes is six of its
    /// standard errors above 0: below 1e-5 by chance (t, 29 degrees of freedom).
    @ParameterizedTest
    @MethodSource("levels")
    void scriptedPlay_isFarBetterThanRandomPlay(Level level) {
        var world = level.world();
        double sum = 0;
        double squares = 0;
        for (int i = FRESH; i < FRESH + PAIRS; i++) {
            double better = Marks.scripted(world, i) - Marks.random(world, i);
            sum += better;
            squares += better * better;
        }
        double mean = sum / PAIRS;
        double error = Math.sqrt((squares / PAIRS - mean * mean) / (PAIRS - 1));
        assertThat(mean).isGreaterThan(6 * error);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void frame_ofAnyScale_showsTheWorld(Level level) {
        var world = level.world();
        world.reset(Philox.keyed(1, 0, 0, "world"));
        var small = world.frame(1);
        var large = world.frame(12);
        assertThat(small.width()).isPositive();
        assertThat(large.height()).isEqualTo(12 * small.height());
        assertThat(large.width()).isGreaterThanOrEqualTo(large.height());
        assertThat(edges(large)).isPositive();
    }

    private static int edges(Frame frame) {
        int edges = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 1; x < frame.width(); x++) {
                edges += frame.at(x, y) == frame.at(x - 1, y) ? 0 : 1;
            }
        }
        return edges;
    }

    /// One object a step would be 160 kB.
    @ParameterizedTest
    @MethodSource("levels")
    void steps_ofManyEpisodes_allocateNothing(Level level) {
        var world = level.world();
        var random = new SplittableRandom(1);
        var player = world.random(random);
        var seen = new float[world.shape().size()];
        var mask = new float[world.actions()];
        play(world, player, random, seen, mask);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        play(world, player, random, seen, mask);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    private static void play(World world, Player player, SplittableRandom random, float[] seen, float[] mask) {
        world.reset(random);
        for (int step = 0; step < STEPS; step++) {
            world.step(player.act());
            world.observe(seen, 0);
            if (step % 10 == 0 && world instanceof Targeted targeted) {
                targeted.mask(mask, 0);
            }
            if (world.ended()) {
                world.reset(random);
            }
        }
    }
}
