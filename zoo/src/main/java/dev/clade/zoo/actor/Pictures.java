package dev.clade.zoo.actor;

import dev.clade.zoo.tensor.Scope;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Strip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What a member looks like: `episode.png`, moments of one episode that it plays.
final class Pictures {

    private static final int SCALE = 10;

    private Pictures() {}

    static void draw(Settings settings, long seed, UnaryOperator<Tensor> network, Path folder) throws IOException {
        Strip.write(frames(settings, seed, network), folder);
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
}
