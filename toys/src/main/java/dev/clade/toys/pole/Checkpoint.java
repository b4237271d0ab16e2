package dev.clade.toys.pole;

import dev.clade.fault.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// An agent as one file, `agent.bin`. All numbers are little-endian:
///
/// | bytes | what |
/// |---|---|
/// | 4 | the letters `POLE` |
/// | 4 | version, 1 |
/// | 8 | gradient steps taken |
/// | 8 | how many numbers follow |
/// | 8 each | weights, first and second moments of the actor; the same of the critic |
/// | 8 | CRC-32 of all before |
final class Checkpoint {

    static final String FILE = "agent.bin";

    private static final int MAGIC = 0x454C4F50;
    private static final int VERSION = 1;
    private static final int HEAD = 24;
    private static final int TAIL = 8;

    private Checkpoint() {}

    static void write(Agent agent, Path folder) throws IOException {
        int count = count(agent);
        var bytes = ByteBuffer.allocate(length(count)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(VERSION).putLong(agent.steps()).putLong(count);
        for (var vector : agent.vectors()) {
            for (double number : vector) {
                bytes.putDouble(number);
            }
        }
        bytes.putLong(checksum(bytes.array()));
        Files.write(folder.resolve(FILE), bytes.array());
    }

    /// Puts what the file says into an agent.
    ///
    /// @throws Fault 3201 where the file is missing or is not what [#write] wrote; the agent is then as it was
    static void read(Agent agent, Path folder) throws IOException {
        var file = folder.resolve(FILE);
        int count = count(agent);
        byte[] raw = bytes(file);
        var bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        check(file, bytes, raw, count);
        agent.resume(bytes.getLong(8));
        bytes.position(HEAD);
        for (var vector : agent.vectors()) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = bytes.getDouble();
            }
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw fault(file, "no such file", "a file").causedBy(missing);
        }
    }

    private static void check(Path file, ByteBuffer bytes, byte[] raw, int count) {
        if (bytes.capacity() < HEAD) {
            throw fault(file, bytes.capacity() + " bytes", length(count) + " bytes");
        }
        if (bytes.getInt(0) != MAGIC) {
            throw fault(file, "a file that begins 0x%08X".formatted(bytes.getInt(0)), "0x%08X".formatted(MAGIC));
        }
        if (bytes.getInt(4) != VERSION) {
            throw fault(file, "version " + bytes.getInt(4), "version " + VERSION);
        }
        if (bytes.getLong(16) != count) {
            throw fault(file, bytes.getLong(16) + " numbers", count + " numbers");
        }
        if (bytes.capacity() != length(count)) {
            throw fault(file, bytes.capacity() + " bytes", length(count) + " bytes");
        }
        long written = bytes.getLong(length(count) - TAIL);
        long actual = checksum(raw);
        if (written != actual) {
            throw fault(file, "checksum %08x".formatted(actual), "%08x, as it was written".formatted(written));
        }
    }

    private static Fault fault(Path file, String found, String expected) {
        return new Fault(
                3201,
                "the checkpoint '" + file + "' cannot be read.",
                found + ".",
                expected + ".",
                "restore the file, or go on from another checkpoint.");
    }

    private static int count(Agent agent) {
        return agent.vectors().stream().mapToInt(vector -> vector.length).sum();
    }

    private static int length(int count) {
        return HEAD + Double.BYTES * count + TAIL;
    }

    private static long checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, bytes.length - TAIL);
        return crc.getValue();
    }
}
