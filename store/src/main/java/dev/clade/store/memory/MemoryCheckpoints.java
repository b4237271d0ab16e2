package dev.clade.store.memory;

import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import dev.clade.store.Checkpoints;
import dev.clade.store.Shelf;
import dev.clade.store.heap.HeapFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Checkpoints for as long as the process lives: trainers save to paths, so they are folders, on the disk
/// below a temporary one that is deleted at the end, or on the heap. Nothing is forced to the disk, and the
/// folder that was saved is the one that is opened: this is for trainers that do not write where they read.
public final class MemoryCheckpoints implements Checkpoints {

    private static final WorkerId HERE = new WorkerId("here");

    private final Path root;
    private final Shelf shelf;
    private final WorkerId by;
    private final Map<CheckpointId, Path> kept = new ConcurrentHashMap<>();
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    private final Queue<Path> spare = new ConcurrentLinkedQueue<>();
    private final AtomicLong drafts = new AtomicLong();

    private MemoryCheckpoints(Path root, Shelf shelf, WorkerId by) {
        this.root = root;
        this.shelf = shelf;
        this.by = by;
    }

    /// On the disk.
    public MemoryCheckpoints() {
        this(temporary(), new MemoryShelf(), HERE);
    }

    /// On the heap, for trainers whose saves are small and need no file of the operating system.
    public static MemoryCheckpoints onHeap() {
        return onHeap(new MemoryShelf(), HERE);
    }

    /// On the heap.
    ///
    /// @param shelf where they are announced
    /// @param by a worker that has joined there
    public static MemoryCheckpoints onHeap(Shelf shelf, WorkerId by) {
        return new MemoryCheckpoints(new HeapFiles().root(), shelf, by);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("clade");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where they are announced.
    public Shelf shelf() {
        return shelf;
    }

    @Override
    public Path draft() {
        var emptied = spare.poll();
        try {
            return emptied != null ? emptied : Files.createDirectory(root.resolve("draft" + drafts.incrementAndGet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CheckpointId keep(Path draft) {
        var id = new CheckpointId(digest(draft));
        while (!shelf.announce(by, id, List.of())) {
            Thread.onSpinWait();
        }
        folders.add(draft);
        if (kept.putIfAbsent(id, draft) != null) {
            folders.remove(draft);
            empty(draft);
        }
        return id;
    }

    private static String digest(Path folder) {
        try (var walk = Files.walk(folder)) {
            var all = MessageDigest.getInstance("SHA-256");
            for (var file : walk.filter(Files::isRegularFile).sorted().toList()) {
                all.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                all.update((byte) 0);
                all.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Path open(CheckpointId checkpoint) {
        var folder = kept.get(checkpoint);
        if (folder == null) {
            throw new IllegalArgumentException("no checkpoint " + checkpoint);
        }
        return folder;
    }

    @Override
    public void delete(Shelf.Condemned condemned) {
        condemned.checkpoints().forEach(id -> {
            var folder = kept.remove(id);
            if (folder != null) {
                folders.remove(folder);
                empty(folder);
            }
        });
        shelf.forget(condemned);
    }

    @Override
    public void done(Path folder) {
        if (!folders.contains(folder)) {
            empty(folder);
        }
    }

    @Override
    public void close() {
        delete(root, path -> path.getNameCount() > 0);
    }

    /// Makes a folder a draft to come: to make and to delete folders takes longer than small trainers train.
    private void empty(Path folder) {
        delete(folder, path -> !path.equals(folder));
        spare.add(folder);
    }

    private static void delete(Path folder, Predicate<Path> which) {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.filter(which).sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
