package dev.clade.zoo.images;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// Images side by side on one picture: each pixel as a square, a line between neighbours, written as PNG
/// (ISO/IEC 15948) with 8 bits a sample and no filter.
///
/// @param shape of an image; 1 or 3 channels
/// @param columns images in a row
/// @param scale the side of a pixel's square
public record Sheet(Shape shape, int columns, int scale) {

    private static final int GAP = 2;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int GREY = 0;
    private static final int COLOUR = 2;
    private static final byte BETWEEN = (byte) 128;

    public Sheet {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException("a picture is grey or of three colours, found " + shape);
        }
    }

    /// A sheet on which an image is about 64 pixels wide.
    public static Sheet of(Shape shape, int columns) {
        return new Sheet(shape, columns, Math.max(1, 64 / shape.width()));
    }

    /// Writes images, row by row.
    ///
    /// @param values -1 (black) to 1, one image behind the other; beyond is cut off, and what is no number
    /// is black
    public void write(Path file, float[] values) throws IOException {
        int count = values.length / shape.size();
        int rows = Math.ceilDiv(count, columns);
        int width = columns * (shape.width() * scale + GAP) + GAP;
        int height = rows * (shape.height() * scale + GAP) + GAP;
        var lines = new byte[height][1 + width * shape.channels()];
        for (var line : lines) {
            java.util.Arrays.fill(line, 1, line.length, BETWEEN);
        }
        for (int image = 0; image < count; image++) {
            put(image, values, lines);
        }
        Files.write(file, png(width, height, lines));
    }

    private void put(int image, float[] values, byte[][] lines) {
        int top = GAP + image / columns * (shape.height() * scale + GAP);
        int left = GAP + image % columns * (shape.width() * scale + GAP);
        for (int row = 0; row < shape.height() * scale; row++) {
            for (int column = 0; column < shape.width() * scale; column++) {
                for (int channel = 0; channel < shape.channels(); channel++) {
                    int pixel = (channel * shape.height() + row / scale) * shape.width() + column / scale;
                    lines[top + row][1 + (left + column) * shape.channels() + channel] =
                            level(values[image * shape.size() + pixel]);
                }
            }
        }
    }

    private static byte level(float value) {
        return (byte) Math.round((Math.clamp(value, -1, 1) + 1) * 127.5f);
    }

    private byte[] png(int width, int height, byte[][] lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(SIGNATURE);
        var head = new ByteArrayOutputStream();
        var fields = new DataOutputStream(head);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, (byte) (shape.channels() == 1 ? GREY : COLOUR), 0, 0, 0});
        chunk(out, "IHDR", head.toByteArray());
        var data = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(data)) {
            for (var line : lines) {
                deflated.write(line);
            }
        }
        chunk(out, "IDAT", data.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }
}
