package dev.clade.zoo.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// A picture of an episode: moments of it, row by row.
public final class Strip {

    private static final int MOMENTS = 32;
    private static final int COLUMNS = 8;
    private static final int GAP = 4;
    private static final int BETWEEN = 0xFFFFFF;

    /// Frames of a clip a second.
    private static final int RATE = 12;

    private Strip() {}

    /// Writes what an episode looks like: `episode.png`, moments of it, and `clip.png`, which moves.
    ///
    /// @param frames all of it, at least one
    public static void write(List<Frame> frames, Path folder) throws IOException {
        of(frames).png(folder.resolve("episode.png"));
        new Clip(frames, RATE).png(folder.resolve("clip.png"));
    }

    /// At most 32 of its frames, eight in a row, at equal distances from its beginning to its end.
    ///
    /// @param frames all of the episode, at least one
    public static Frame of(List<Frame> frames) {
        int count = Math.min(MOMENTS, frames.size());
        var moments = IntStream.range(0, count)
                .mapToObj(i -> frames.get(count == 1 ? 0 : i * (frames.size() - 1) / (count - 1)))
                .toList();
        return Frame.sheet(moments, COLUMNS, GAP, BETWEEN);
    }
}
