package dev.clade.zoo.world;

import java.util.List;
import java.util.stream.IntStream;

/// A picture of an episode: moments of it, row by row.
public final class Strip {

    private static final int MOMENTS = 32;
    private static final int COLUMNS = 8;
    private static final int GAP = 4;
    private static final int BETWEEN = 0xFFFFFF;

    private Strip() {}

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
