package dev.clade.store.sql;

import dev.clade.fault.Fault;
import dev.clade.population.WorkerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which processes of this host live. Each worker holds an exclusive lock on a file of its own; the kernel frees it
/// at any death, so nobody waits for a lease to see that a worker was killed.
final class Liveness {

    /// Of this whole process: opening a file again would free the lock on it when that channel closes.
    private static final Map<Path, FileChannel> OWN = new ConcurrentHashMap<>();

    private final Path folder;

    Liveness(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    void begin(WorkerId worker) {
        var file = file(worker);
        if (OWN.containsKey(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IllegalStateException("worker " + worker + " lives already");
            }
            OWN.put(file, channel);
        } catch (IOException e) {
            throw new Fault(
                            2101,
                            "a worker cannot join at " + folder + ".",
                            e + ".",
                            "a folder beside the store where this user may write.",
                            "let this user write there, or choose another store.")
                    .causedBy(e);
        }
    }

    /// Whether the process of a worker lives.
    boolean lives(WorkerId worker) {
        var file = file(worker);
        if (OWN.containsKey(file)) {
            return true;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            return true; // another thread of this process is looking, too
        } catch (IOException e) {
            return true; // it cannot be known: its heartbeat tells
        }
    }

    void end(WorkerId worker) {
        var file = file(worker);
        try {
            Files.deleteIfExists(file);
            var channel = OWN.remove(file);
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(WorkerId worker) {
        return folder.resolve(worker.name().replaceAll("[^A-Za-z0-9@._-]", "_") + ".lock");
    }
}
