package dev.clade.bench.worlds;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Level;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pictures of levels: four moments of the scripted player's episode 0, each a few steps before a reward, and the
/// rewards at least an eighth of the episode apart. Where an agent sees red, green and blue, the very pixels that it
/// sees then are on a sheet of their own, a column for each level.
final class Pictures {

    private static final int MOMENTS = 4;
    private static final int BEFORE = 3;

    /// A picture is about so many pixels high.
    private static final int SIDE = 180;

    private static final int GAP = 6;
    private static final int ZOOM = 3;
    private static final int RGB = 3;
    private static final int WHITE = 0xFFFFFF;

    private Pictures() {}

    /// @param seen what the agent sees in those moments; of a level without colours, nothing
    private record Moments(List<Frame> frames, List<Frame> seen) {}

    static void draw(List<Level> levels, Path folder) throws IOException {
        Files.createDirectories(folder);
        var seen = new ArrayList<List<Frame>>();
        for (var level : levels) {
            var moments = moments(level.world());
            var first = moments.frames().getFirst();
            sheet(moments.frames(), first.width() > first.height() ? 2 : MOMENTS, folder.resolve(name(level)));
            if (moments.seen().size() == MOMENTS) {
                seen.add(moments.seen());
            }
        }
        if (!seen.isEmpty()) {
            var rows = new ArrayList<Frame>();
            for (int moment = 0; moment < MOMENTS; moment++) {
                for (var level : seen) {
                    rows.add(level.get(moment));
                }
            }
            sheet(rows, seen.size(), folder.resolve("seen.png"));
        }
    }

    private static String name(Level level) {
        return level.word().replace('/', '-').replace('_', '-') + ".png";
    }

    private static void sheet(List<Frame> frames, int columns, Path file) throws IOException {
        Frame.sheet(frames, columns, GAP, WHITE).png(file);
    }

    private static Moments moments(World world) {
        var shown = shown(rewards(world));
        var moments = new Moments(new ArrayList<>(), new ArrayList<>());
        var player = world.scripted();
        world.reset(Marks.stream(0));
        for (int step = 0; step <= shown.getLast(); step++) {
            if (shown.contains(step)) {
                moments.frames()
                        .add(world.frame(Math.max(1, SIDE / world.frame(1).height())));
                if (world.shape().channels() == RGB) {
                    moments.seen().add(seen(world));
                }
            }
            world.step(player.act());
        }
        return moments;
    }

    /// The rewards of all steps of the episode.
    private static List<Double> rewards(World world) {
        var rewards = new ArrayList<Double>();
        var player = world.scripted();
        world.reset(Marks.stream(0));
        while (!world.ended()) {
            rewards.add(world.step(player.act()));
        }
        return rewards;
    }

    /// Steps before rewards; of an episode without any, the last step.
    private static List<Integer> shown(List<Double> rewards) {
        var steps = new ArrayList<Integer>();
        int next = BEFORE;
        for (int step = 0; step < rewards.size() && steps.size() < MOMENTS; step++) {
            if (step >= next && rewards.get(step) > 0) {
                steps.add(step - BEFORE);
                next = step + rewards.size() / (2 * MOMENTS);
            }
        }
        if (steps.isEmpty()) {
            steps.add(rewards.size() - 1);
        }
        return steps;
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
            for (int channel = 0; channel < RGB; channel++) {
                colour = (colour << 8) | Math.round(255 * seen[channel * plane + pixel]);
            }
            frame.fill(pixel % side * ZOOM, pixel / side * ZOOM, ZOOM, ZOOM, colour);
        }
        return frame;
    }
}
