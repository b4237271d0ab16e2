package dev.clade.store.folder;

import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import dev.clade.store.Checkpoints;
import dev.clade.store.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Checkpoints under one folder:
///
/// ```
/// files/ab/abcd...      the bytes, by SHA-256
/// manifests/cd/cdef...  per checkpoint, a line `digest size path` per file, sorted; its own SHA-256 is the name
/// damaged/...           bytes that no longer are what their name says, set aside
/// work/WORKER/...       drafts, and folders given out for reading
/// ```
///
/// A name appears only when its bytes are on the disk: announce, force the file, link it to its digest's name, force
/// the folder, then the manifest likewise. Equal files are stored once.
///
/// A folder that is given out holds copies, which share their blocks where the file system can; files of more than 64
/// MB are hard links where it is not known that it can, and are looked at again when the folder is done with.
public final class FolderCheckpoints implements Checkpoints {

    private static final long COPIED = 64L << 20;
    private static final long COLLECTOR = 20_000_000;
    private static final Duration UNTOUCHED = Duration.ofMinutes(10);

    private final Path root;
    private final Path work;
    private final WorkerId worker;
    private final Shelf shelf;
    private final Bytes bytes = new Bytes();

    /// What was linked into folders that are given out.
    private final Map<Path, List<Linked>> given = new ConcurrentHashMap<>();

    private record Linked(Path stored, String digest, Bytes.Stamp stamp) {}

    /// One file of a manifest.
    private record Line(String digest, long size, String path) {

        static Line of(String text) {
            var parts = text.split(" ", 3);
            return new Line(parts[0], Long.parseLong(parts[1]), parts[2]);
        }

        @Override
        public String toString() {
            return digest + " " + size + " " + path;
        }
    }

    /// @param worker who drafts here
    /// @param shelf where checkpoints are announced
    public FolderCheckpoints(Path root, WorkerId worker, Shelf shelf) {
        this.root = root.toAbsolutePath();
        this.worker = worker;
        this.shelf = shelf;
        this.work = this.root.resolve("work").resolve(worker.name().replaceAll("[^A-Za-z0-9@._-]", "_"));
        try {
            Files.createDirectories(work);
            Files.createDirectories(this.root.resolve("files"));
            Files.createDirectories(this.root.resolve("manifests"));
            sweep();
        } catch (IOException e) {
            throw new Fault(
                            2301,
                            "checkpoints cannot be kept in " + root + ".",
                            e.toString() + ".",
                            "a folder that can be written to.",
                            "choose another with 'checkpoints: file:FOLDER'.")
                    .causedBy(e);
        }
    }

    /// Deletes what dead workers were working on, once it has been untouched for a while: who has only begun, or only
    /// reads, is not known to live.
    private void sweep() throws IOException {
        var before = Instant.now().minus(UNTOUCHED);
        try (var others = Files.list(root.resolve("work"))) {
            for (var other : others.filter(o -> !o.equals(work)).toList()) {
                boolean old = Files.getLastModifiedTime(other).toInstant().isBefore(before);
                if (old && !shelf.lives(new WorkerId(other.getFileName().toString()))) {
                    delete(other);
                }
            }
        } catch (NoSuchFileException e) {
            // somebody else has deleted it
        }
    }

    // ---- saving

    @Override
    public Path draft() {
        try {
            return Files.createTempDirectory(work, "draft");
        } catch (IOException e) {
            throw unwritable(work, e);
        }
    }

    @Override
    public CheckpointId keep(Path draft) {
        try {
            var lines = new ArrayList<Line>();
            for (var file : files(draft)) {
                materialised(file);
                var path = draft.relativize(file).toString().replace('\\', '/');
                lines.add(new Line(Bytes.digest(file), Files.size(file), path));
            }
            var manifest = draft.resolveSibling(draft.getFileName() + ".manifest");
            Files.writeString(
                    manifest,
                    String.join("\n", lines.stream().map(Line::toString).toList()));
            var id = new CheckpointId(Bytes.digest(manifest));
            announce(id, lines);
            for (var line : lines) {
                bytes.settle(draft.resolve(line.path()), named("files", line.digest()), line.digest());
            }
            bytes.settle(manifest, named("manifests", id.digest()), id.digest());
            Files.deleteIfExists(manifest);
            done(draft);
            return id;
        } catch (IOException e) {
            throw unwritable(draft, e);
        }
    }

    /// Waits while a collector deletes what is about to be written.
    private void announce(CheckpointId id, List<Line> lines) {
        var files = lines.stream()
                .map(l -> new Shelf.File(l.digest(), l.size()))
                .distinct()
                .toList();
        while (!shelf.announce(worker, id, files)) {
            LockSupport.parkNanos(COLLECTOR);
            delete(shelf.leftovers(worker));
        }
    }

    /// A link becomes the bytes that it leads to.
    private static void materialised(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            var target = file.toRealPath();
            Files.delete(file);
            Files.copy(target, file);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(p -> folder.relativize(p).toString()))
                    .toList();
        }
    }

    // ---- loading

    @Override
    public Path open(CheckpointId checkpoint) {
        try {
            var lines = manifest(checkpoint);
            var folder = Files.createTempDirectory(work, "load");
            try {
                var linked = new ArrayList<Linked>();
                for (var line : lines) {
                    restore(folder, line, linked);
                }
                given.put(folder, linked);
                return folder;
            } catch (IOException | RuntimeException e) {
                delete(folder);
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw missing(checkpoint, e);
        } catch (IOException e) {
            throw unwritable(work, e);
        }
    }

    private List<Line> manifest(CheckpointId checkpoint) throws IOException {
        var manifest = named("manifests", checkpoint.digest());
        checked(manifest, checkpoint.digest());
        return Files.readAllLines(manifest).stream().map(Line::of).toList();
    }

    private void restore(Path folder, Line line, List<Linked> linked) throws IOException {
        var stored = named("files", line.digest());
        checked(stored, line.digest());
        var target = folder.resolve(line.path()).normalize();
        if (!target.startsWith(folder)) {
            throw damaged(stored, "the path " + line.path() + ".");
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (line.size() > COPIED) {
            Files.createLink(target, stored);
            linked.add(new Linked(stored, line.digest(), Bytes.Stamp.of(stored)));
        } else {
            Files.copy(stored, target);
        }
    }

    private void checked(Path stored, String digest) throws IOException {
        if (!bytes.intact(stored, digest)) {
            setAside(stored);
            throw damaged(stored, "bytes with another digest.");
        }
    }

    private void setAside(Path stored) throws IOException {
        var damaged = Files.createDirectories(root.resolve("damaged"));
        Files.move(
                stored, damaged.resolve(stored.getFileName().toString()), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /// Whether the bytes of a checkpoint are all there.
    ///
    /// @param read compare digests, too
    public Optional<String> missing(CheckpointId checkpoint, boolean read) {
        try {
            var manifest = named("manifests", checkpoint.digest());
            if (!Bytes.digest(manifest).equals(checkpoint.digest())) {
                return Optional.of(manifest + " has another digest");
            }
            for (var line : Files.readAllLines(manifest).stream().map(Line::of).toList()) {
                var stored = named("files", line.digest());
                if (Files.size(stored) != line.size()
                        || (read && !Bytes.digest(stored).equals(line.digest()))) {
                    return Optional.of(stored + " has another size or digest");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    @Override
    public void done(Path folder) {
        if (!folder.startsWith(work)) {
            throw new IllegalArgumentException("not given out here: " + folder);
        }
        var linked = Objects.requireNonNullElse(given.remove(folder), List.<Linked>of());
        try {
            delete(folder);
            for (var link : linked) {
                if (!Bytes.Stamp.of(link.stored()).equals(link.stamp())
                        && !bytes.intact(link.stored(), link.digest())) {
                    setAside(link.stored());
                    throw writtenThrough(link.stored());
                }
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    // ---- collecting

    @Override
    public void delete(Shelf.Condemned condemned) {
        if (condemned.isEmpty()) {
            return;
        }
        try {
            for (var checkpoint : condemned.checkpoints()) {
                Files.deleteIfExists(named("manifests", checkpoint.digest()));
            }
            for (var file : condemned.files()) {
                Files.deleteIfExists(named("files", file));
            }
        } catch (IOException e) {
            throw unwritable(root, e);
        }
        shelf.forget(condemned);
    }

    private static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // somebody else has deleted it
        }
    }

    private Path named(String kind, String digest) {
        return root.resolve(kind).resolve(digest.substring(0, 2)).resolve(digest);
    }

    // ---- faults

    private Fault missing(CheckpointId checkpoint, IOException e) {
        return new Fault(
                        2302,
                        "checkpoint " + checkpoint + " cannot be read.",
                        e.toString() + ".",
                        "its manifest and the files that it names, under " + root + ".",
                        "restore the folder from a copy; members that need it heal from others.")
                .causedBy(e);
    }

    private static Fault damaged(Path file, String found) {
        return new Fault(
                2303,
                "a checkpoint's file is damaged: " + file + ".",
                found,
                "the bytes that were saved.",
                "restore it from a copy; members that need it heal from others.");
    }

    private static Fault writtenThrough(Path file) {
        return new Fault(
                2306,
                "the trainer wrote into the folder that it was given to load from.",
                "a changed " + file + ", which is set aside.",
                "a trainer that only reads there.",
                "let it copy what it changes; members that need that checkpoint heal from others.");
    }

    private static Fault unwritable(Path where, IOException e) {
        return new Fault(
                        2304,
                        "a checkpoint cannot be written at " + where + ".",
                        e.toString() + ".",
                        "a folder with room that can be written to.",
                        "make room, then 'clade resume'; nothing that was acknowledged is lost.")
                .causedBy(e);
    }

    @Override
    public void close() {
        try {
            delete(work);
        } catch (IOException e) {
            throw unwritable(work, e);
        }
    }
}
