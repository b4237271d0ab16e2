package dev.clade.bench.worlds;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import dev.clade.zoo.world.maze.Maze;
import dev.clade.zoo.world.maze.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The levels of the maze, on one core:
///
/// ```
/// bench/run mazes [--episodes 200] [--pictures FOLDER]
/// ```
///
/// A frame is what an agent sees of one step: an action of four moments, and then one picture of 42 x 42 (or 84 x 84)
/// pixels of red, green and blue. Frames in a second are of random play, new episodes included, the median of five
/// rounds of 100,000; returns are means over episodes, with the seeds that the marks were measured with. Pictures are
/// of the scripted player's episode 0: four moments, each a few steps before a reward, and what an agent sees then.
public final class Mazes {

    private static final int FRAMES = 100_000;
    private static final int ROUNDS = 5;
    private static final int LARGE = 84;
    private static final int MOMENTS = 4;
    private static final int BEFORE = 4;
    private static final int SIDE = 180;
    private static final int ZOOM = 3;
    private static final int WHITE = 0xFFFFFF;

    private Mazes() {}

    public static void main(String[] words) throws IOException {
        int episodes = 200;
        for (int i = 0; i + 1 < words.length; i += 2) {
            switch (words[i]) {
                case "--episodes" -> episodes = Integer.parseInt(words[i + 1]);
                case "--pictures" -> draw(Path.of(words[i + 1]));
                default -> throw new IllegalArgumentException("unknown option " + words[i]);
            }
        }
        System.out.println("level             frames/s, 42  frames/s, 84    random (sd)    scripted (sd)");
        for (var level : Maze.values()) {
            var random = played(level, episodes, false);
            var scripted = played(level, episodes, true);
            System.out.printf(
                    Locale.ROOT,
                    "%-16s  %12.0f  %12.0f  %6.2f (%5.2f)  %6.2f (%5.2f)%n",
                    level.word(),
                    rate(level.world()),
                    rate(level.world(new Options(LARGE, 4, 450))),
                    random.mean(),
                    random.deviation(),
                    scripted.mean(),
                    scripted.deviation());
        }
    }

    /// What came of some episodes.
    private record Played(double mean, double deviation) {}

    private static Played played(Maze level, int episodes, boolean knowing) {
        var world = level.world();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < episodes; i++) {
            var player = knowing ? world.scripted() : Player.random(world.actions(), Philox.keyed(i, 0, 0, "player"));
            double played = player.play(world, Philox.keyed(i, 0, 0, "marks"));
            sum += played;
            squares += played * played;
        }
        double mean = sum / episodes;
        return new Played(mean, Math.sqrt(squares / episodes - mean * mean));
    }

    private static double rate(World world) {
        var rates = new double[ROUNDS];
        var random = Philox.keyed(1, 0, 0, "rate");
        var seen = new float[world.shape().size()];
        world.reset(random);
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame++) {
                world.step(random.nextInt(world.actions()));
                world.observe(seen, 0);
                if (world.ended()) {
                    world.reset(random);
                }
            }
            rates[round] = FRAMES * 1e9 / (System.nanoTime() - began);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static void draw(Path folder) throws IOException {
        Files.createDirectories(folder);
        var seen = new ArrayList<List<Frame>>();
        for (var level : Maze.values()) {
            var world = level.world();
            world.reset(Philox.keyed(0, 0, 0, "marks"));
            int scale = Math.max(1, SIDE / world.frame(1).height());
            var moments = new ArrayList<Frame>();
            var player = world.scripted();
            var before = new ArrayList<Frame>();
            var beforeSeen = new ArrayList<Frame>();
            var momentsSeen = new ArrayList<Frame>();
            while (moments.size() < MOMENTS && !world.ended()) {
                before.add(world.frame(scale));
                beforeSeen.add(seen(world));
                if (world.step(player.act()) > 0 && before.size() > BEFORE) {
                    moments.add(before.get(before.size() - BEFORE));
                    momentsSeen.add(beforeSeen.get(before.size() - BEFORE));
                }
            }
            seen.add(momentsSeen);
            sheet(moments, 2, folder.resolve(level.word().replace('/', '-') + ".png"));
        }
        var rows = IntStream.range(0, MOMENTS)
                .boxed()
                .flatMap(moment -> seen.stream().map(level -> level.get(moment)))
                .toList();
        sheet(rows, seen.size(), folder.resolve("maze-seen.png"));
    }

    private static void sheet(List<Frame> frames, int columns, Path file) throws IOException {
        Frame.sheet(frames, columns, 6, WHITE).png(file);
    }

    /// The very pixels that an agent sees, larger.
    private static Frame seen(World world) {
        int side = world.shape().width();
        int plane = side * side;
        var seen = new float[world.shape().size()];
        world.observe(seen, 0);
        var frame = new Frame(side * ZOOM, side * ZOOM);
        for (int pixel = 0; pixel < plane; pixel++) {
            int colour = 0;
            for (int channel = 0; channel < 3; channel++) {
                colour = (colour << 8) | Math.round(255 * seen[channel * plane + pixel]);
            }
            frame.fill(pixel % side * ZOOM, pixel / side * ZOOM, ZOOM, ZOOM, colour);
        }
        return frame;
    }
}
