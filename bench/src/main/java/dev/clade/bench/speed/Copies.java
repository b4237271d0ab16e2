package dev.clade.bench.speed;

import dev.clade.population.WorkerId;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.store.memory.MemoryShelf;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;

/// A checkpoint of 1 GB, from the decision to copy it to the recipient's load.
final class Copies {

    private static final int CHUNK = 1 << 24;
    private static final int CHUNKS = 64;

    private Copies() {}

    static void print(Path folder, PrintStream out) throws Exception {
        try (var checkpoints =
                new FolderCheckpoints(folder.resolve("checkpoints"), new WorkerId("bench"), new MemoryShelf())) {
            var draft = checkpoints.draft();
            write(draft.resolve("weights"));
            long began = System.nanoTime();
            var id = checkpoints.keep(draft);
            double kept = (System.nanoTime() - began) / 1e9;
            var given = new Path[1];
            var times = Times.of(2, 20, i -> {
                given[0] = checkpoints.open(id);
                checkpoints.done(given[0]);
            });
            out.printf(
                    Locale.ROOT,
                    "a checkpoint of 1 GiB: kept in %.2f s (hashed and forced), given out and taken back %s%n",
                    kept,
                    times);
        }
    }

    private static void write(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var chunk = ByteBuffer.allocate(CHUNK);
            for (int i = 0; i < CHUNKS; i++) {
                chunk.clear();
                chunk.putInt(0, i);
                channel.write(chunk);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
