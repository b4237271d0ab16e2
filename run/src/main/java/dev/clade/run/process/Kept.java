package dev.clade.run.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/// One stream of a program in files that do not grow without end. A file is made when there is something to keep.
final class Kept {

    /// Bytes in a file.
    static final long MOST = 16L << 20;

    private Optional<Path> file = Optional.empty();
    private String again = "";
    private Optional<OutputStream> open = Optional.empty();
    private long left;
    private long dropped;

    /// What comes from here on goes into another file.
    ///
    /// @param again what to say first where something is in it already
    synchronized void turn(Path next, String again) {
        close();
        file = Optional.of(next);
        this.again = again;
    }

    synchronized void write(byte[] bytes, int count) {
        if (file.isEmpty()) {
            return;
        }
        try {
            if (open.isEmpty()) {
                begin(file.get());
            }
            int kept = (int) Math.min(count, left);
            put(bytes, kept);
            dropped += count - kept;
        } catch (IOException e) {
            dropped += count; // a full disk does not stop a program
        }
    }

    private void begin(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        open = Optional.of(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        long size = Files.size(file);
        left = Math.max(0, MOST - size);
        if (size > 0 && !again.isEmpty()) {
            say(again);
        }
    }

    private void put(byte[] bytes, int count) throws IOException {
        if (count > 0) {
            open.orElseThrow().write(bytes, 0, count);
            left -= count;
        }
    }

    private void say(String line) throws IOException {
        open.orElseThrow().write(("\n[clade] " + line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    synchronized void close() {
        try {
            if (dropped > 0 && open.isPresent()) {
                say(dropped + " bytes more were printed here, and dropped");
            }
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            // a full disk does not stop a program
        }
        open = Optional.empty();
        dropped = 0;
    }
}
