package dev.clade.zoo.world;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// An episode as moving pictures: an animated PNG (PNG, third edition, section 11.3.6), which browsers play and others
/// show the first frame of.
///
/// @param frames of one size, at least one, in their order
/// @param rate frames a second
public record Clip(List<Frame> frames, int rate) {

    /// The longest that are written: whoever watches has seen enough by then.
    private static final int MOST = 300;

    public Clip {
        frames = List.copyOf(frames);
    }

    /// What changed from a frame to the next: never empty, for no frame may be.
    private record Part(int x, int y, int width, int height) {

        static Part of(Frame before, Frame after) {
            int left = after.width();
            int right = -1;
            int top = after.height();
            int bottom = -1;
            for (int y = 0; y < after.height(); y++) {
                for (int x = 0; x < after.width(); x++) {
                    if (before.at(x, y) != after.at(x, y)) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = y;
                    }
                }
            }
            return right < 0 ? new Part(0, 0, 1, 1) : new Part(left, top, right - left + 1, bottom - top + 1);
        }
    }

    /// Writes at most the first 300 frames.
    public void png(Path file) throws IOException {
        var shown = frames.subList(0, Math.min(MOST, frames.size()));
        var first = shown.getFirst();
        var png = new Png(first.width(), first.height());
        png.chunk("acTL", ByteBuffer.allocate(8).putInt(shown.size()).putInt(0).array());
        int sequence = 0;
        png.chunk("fcTL", control(sequence++, new Part(0, 0, first.width(), first.height())));
        png.chunk("IDAT", first.png(0, 0, first.width(), first.height()));
        for (int i = 1; i < shown.size(); i++) {
            var part = Part.of(shown.get(i - 1), shown.get(i));
            png.chunk("fcTL", control(sequence++, part));
            var data = shown.get(i).png(part.x, part.y, part.width, part.height);
            png.chunk(
                    "fdAT",
                    ByteBuffer.allocate(Integer.BYTES + data.length)
                            .putInt(sequence++)
                            .put(data)
                            .array());
        }
        png.write(file);
    }

    /// Shown for a moment, over what was there.
    private byte[] control(int sequence, Part part) {
        return ByteBuffer.allocate(26)
                .putInt(sequence)
                .putInt(part.width)
                .putInt(part.height)
                .putInt(part.x)
                .putInt(part.y)
                .putShort((short) 1)
                .putShort((short) rate)
                .array();
    }
}
