package dev.clade.zoo.actor;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// What a member looks like: `episode.png`, moments of one episode that it plays, at equal distances from its
/// beginning to its end, row by row.
final class Pictures {

    private static final int MOMENTS = 32;
    private static final int COLUMNS = 8;
    private static final int SCALE = 10;
    private static final int GAP = 4;
    private static final int BETWEEN = 0xFFFFFF;

    private Pictures() {}

    static void draw(Settings settings, long seed, UnaryOperator<Tensor> network, Path folder) throws IOException {
        Frame.sheet(moments(frames(settings, seed, network)), COLUMNS, GAP, BETWEEN)
                .png(folder.resolve("episode.png"));
    }

    private static List<Frame> frames(Settings settings, long seed, UnaryOperator<Tensor> network) {
        var plays = new Plays(settings, 1, seed, "picture/");
        var frames = new ArrayList<Frame>();
        var rows = new float[plays.size()];
        frames.add(plays.world(0).frame(SCALE));
        while (plays.going()) {
            plays.observe(rows, 0);
            try (var _ = Scope.still()) {
                plays.act(network.apply(Tensor.of(rows, 1, 1, rows.length)).floats(), 0);
            }
            frames.add(plays.world(0).frame(SCALE));
        }
        return frames;
    }

    private static List<Frame> moments(List<Frame> frames) {
        int count = Math.min(MOMENTS, frames.size());
        return IntStream.range(0, count)
                .mapToObj(i -> frames.get(count == 1 ? 0 : i * (frames.size() - 1) / (count - 1)))
                .toList();
    }
}
