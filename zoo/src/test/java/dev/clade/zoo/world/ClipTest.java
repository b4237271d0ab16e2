package dev.clade.zoo.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {

    private record Chunk(String type, ByteBuffer data) {}

    @TempDir
    private Path folder;

    private static List<Frame> frames(int count) {
        var random = Philox.keyed(1, 0, 0, "frames");
        var frames = new ArrayList<Frame>();
        for (int i = 0; i < count; i++) {
            var frame = new Frame(12, 9);
            if (i > 0) {
                for (int at = 0; at < 12 * 9; at++) {
                    frame.fill(at % 12, at / 12, 1, 1, frames.getLast().at(at % 12, at / 12));
                }
            }
            if (i % 3 != 2) { // else nothing changes
                frame.fill(
                        random.nextInt(8), random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(3), 0x30 << i);
            }
            frames.add(frame);
        }
        return frames;
    }

    private List<Chunk> chunks(List<Frame> frames) throws IOException {
        var file = folder.resolve("clip.png");
        new Clip(frames, 10).png(file);
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.position(8);
        var chunks = new ArrayList<Chunk>();
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            var type = new byte[4];
            bytes.get(type);
            var data = new byte[length];
            bytes.get(data);
            var check = new CRC32();
            check.update(type);
            check.update(data);
            assertThat(bytes.getInt()).isEqualTo((int) check.getValue());
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), ByteBuffer.wrap(data)));
        }
        return chunks;
    }

    /// As a player does: each part over what was there.
    @Test
    void clip_ofFrames_playsAsThoseFrames() throws IOException {
        var frames = frames(9);
        var shown = new Frame(12, 9);
        int played = 0;
        int sequence = 0;
        var part = new int[4];
        for (var chunk : chunks(frames)) {
            var data = chunk.data();
            switch (chunk.type()) {
                case "acTL" -> assertThat(data.getInt()).isEqualTo(9);
                case "fcTL" -> {
                    assertThat(data.getInt()).isEqualTo(sequence++);
                    for (int i = 0; i < 4; i++) {
                        part[i] = data.getInt();
                    }
                    assertThat(data.getShort()).isEqualTo((short) 1);
                    assertThat(data.getShort()).isEqualTo((short) 10);
                }
                case "IDAT", "fdAT" -> {
                    if (chunk.type().equals("fdAT")) {
                        assertThat(data.getInt()).isEqualTo(sequence++);
                    }
                    draw(shown, data, part);
                    var expected = frames.get(played++);
                    for (int at = 0; at < 12 * 9; at++) {
                        assertThat(shown.at(at % 12, at / 12)).isEqualTo(expected.at(at % 12, at / 12));
                    }
                }
                default -> assertThat(chunk.type()).isIn("IHDR", "IEND");
            }
        }
        assertThat(played).isEqualTo(9);
    }

    private static void draw(Frame on, ByteBuffer data, int[] part) throws IOException {
        var left = new byte[data.remaining()];
        data.get(left);
        var raw = new ByteArrayOutputStream();
        try (var inflated = new InflaterInputStream(new ByteArrayInputStream(left))) {
            inflated.transferTo(raw);
        }
        var pixels = ByteBuffer.wrap(raw.toByteArray());
        for (int y = 0; y < part[1]; y++) {
            assertThat(pixels.get()).isZero();
            for (int x = 0; x < part[0]; x++) {
                int colour = (pixels.get() & 255) << 16 | (pixels.get() & 255) << 8 | pixels.get() & 255;
                on.fill(part[2] + x, part[3] + y, 1, 1, colour);
            }
        }
        assertThat(pixels.hasRemaining()).isFalse();
    }

    @Test
    void clip_forWhoCannotPlay_isItsFirstFrame() throws IOException {
        var frames = frames(2);
        chunks(frames);
        var read = ImageIO.read(folder.resolve("clip.png").toFile());
        assertThat(read.getRGB(3, 3) & 0xFFFFFF).isEqualTo(frames.getFirst().at(3, 3));
        assertThat(read.getWidth()).isEqualTo(12);
    }

    @Test
    void clip_ofALongEpisode_isItsBeginning() throws IOException {
        var frame = new Frame(2, 2);
        var many = Collections.nCopies(1_000, frame);
        assertThat(chunks(many).stream().filter(chunk -> chunk.type().equals("fdAT")))
                .hasSize(299);
    }
}
