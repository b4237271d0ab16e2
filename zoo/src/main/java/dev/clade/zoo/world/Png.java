package dev.clade.zoo.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// The chunks of a PNG file (ISO/IEC 15948) of red, green and blue, 8 bits each.
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS = 8;
    private static final byte RGB = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// With its header.
    Png(int width, int height) {
        bytes.writeBytes(SIGNATURE);
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(BITS).put(RGB).put(new byte[3]);
        chunk("IHDR", header.array());
    }

    void chunk(String type, byte[] data) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var check = new CRC32();
        check.update(name);
        check.update(data);
        whole(data.length);
        bytes.writeBytes(name);
        bytes.writeBytes(data);
        whole((int) check.getValue());
    }

    private void whole(int number) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /// Ends and writes it.
    void write(Path file) throws IOException {
        chunk("IEND", new byte[0]);
        Files.write(file, bytes.toByteArray());
    }
}
