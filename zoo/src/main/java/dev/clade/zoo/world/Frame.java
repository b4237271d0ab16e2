package dev.clade.zoo.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/// A picture of red, green and blue, black at first.
public final class Frame {

    private final int width;
    private final int height;
    private final int[] pixels;

    public Frame(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// The colour at a place, `0xRRGGBB`.
    public int at(int x, int y) {
        return pixels[y * width + x];
    }

    /// Fills a rectangle.
    ///
    /// @param colour `0xRRGGBB`
    public void fill(int x, int y, int wide, int high, int colour) {
        for (int row = y; row < y + high; row++) {
            Arrays.fill(pixels, row * width + x, row * width + x + wide, colour);
        }
    }

    /// Frames of one size side by side, in rows.
    ///
    /// @param columns frames in a row
    /// @param gap pixels between frames
    /// @param background between them, `0xRRGGBB`
    public static Frame sheet(List<Frame> frames, int columns, int gap, int background) {
        var first = frames.getFirst();
        int wide = Math.min(columns, frames.size());
        int high = Math.ceilDiv(frames.size(), columns);
        var sheet = new Frame(wide * (first.width + gap) - gap, high * (first.height + gap) - gap);
        sheet.fill(0, 0, sheet.width, sheet.height, background);
        for (int i = 0; i < frames.size(); i++) {
            sheet.put(frames.get(i), i % columns * (first.width + gap), i / columns * (first.height + gap));
        }
        return sheet;
    }

    private void put(Frame frame, int x, int y) {
        for (int row = 0; row < frame.height; row++) {
            System.arraycopy(frame.pixels, row * frame.width, pixels, (y + row) * width + x, frame.width);
        }
    }

    /// Writes it as a PNG (ISO/IEC 15948), 8 bits a colour.
    public void png(Path file) throws IOException {
        var png = new Png(width, height);
        png.chunk("IDAT", png(0, 0, width, height));
        png.write(file);
    }

    /// The data of a part of it in a PNG. Row by row, each behind a 0: it is not filtered.
    byte[] png(int x, int y, int wide, int high) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(bytes)) {
            for (int row = y; row < y + high; row++) {
                deflated.write(0);
                for (int column = x; column < x + wide; column++) {
                    int colour = at(column, row);
                    deflated.write(colour >>> 16);
                    deflated.write(colour >>> 8);
                    deflated.write(colour);
                }
            }
        }
        return bytes.toByteArray();
    }
}
