package dev.clade.store.folder;

import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.store.Checkpoints;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// Checkpoints under one folder:
///
/// ```
/// files/ab/abcd...      the bytes, by SHA-256
/// manifests/cd/cdef...  per checkpoint, a line `digest size path` per file, sorted; its own SHA-256 is the name
/// work/...              drafts and folders given out for reading
/// ```
///
/// A name appears only when its bytes are on the disk: force the file, link it to its digest's name, force the
/// folder, then the manifest likewise. Equal files are stored once.
public final class FolderCheckpoints implements Checkpoints {

    private final Path root;

    public FolderCheckpoints(Path root) {
        this.root = root.toAbsolutePath();
        try {
            Files.createDirectories(root.resolve("work"));
            Files.createDirectories(root.resolve("files"));
            Files.createDirectories(root.resolve("manifests"));
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

    @Override
    public Path draft() {
        try {
            return Files.createTempDirectory(root.resolve("work"), "draft");
        } catch (IOException e) {
            throw unwritable(root.resolve("work"), e);
        }
    }

    @Override
    public CheckpointId keep(Path draft) {
        try {
            var lines = new ArrayList<String>();
            for (var file : files(draft)) {
                var digest = digest(Files.readAllBytes(file));
                var path = draft.relativize(file).toString().replace('\\', '/');
                lines.add(digest + " " + Files.size(file) + " " + path);
                settle(file, named("files", digest));
            }
            var manifest = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            var id = new CheckpointId(digest(manifest));
            var draftManifest = Files.createTempFile(root.resolve("work"), "manifest", "");
            Files.write(draftManifest, manifest);
            settle(draftManifest, named("manifests", id.digest()));
            Files.deleteIfExists(draftManifest);
            done(draft);
            return id;
        } catch (IOException e) {
            throw unwritable(draft, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(p -> folder.relativize(p).toString()))
                    .toList();
        }
    }

    /// Forces a file and gives it its name, unless something of that name and size is there.
    private static void settle(Path file, Path name) throws IOException {
        if (Files.exists(name) && Files.size(name) == Files.size(file)) {
            return;
        }
        force(file);
        var folder = Objects.requireNonNull(name.getParent());
        Files.createDirectories(folder);
        try {
            Files.createLink(name, file);
        } catch (FileAlreadyExistsException e) {
            Files.move(file, name, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Path open(CheckpointId checkpoint) {
        var manifest = named("manifests", checkpoint.digest());
        try {
            var folder = Files.createTempDirectory(root.resolve("work"), "load");
            var text = Files.readString(manifest);
            if (!digest(text.getBytes(StandardCharsets.UTF_8)).equals(checkpoint.digest())) {
                throw corrupt(manifest, "a manifest with another digest");
            }
            for (var line : text.lines().toList()) {
                restore(folder, line.split(" ", 3));
            }
            return folder;
        } catch (IOException e) {
            throw new Fault(
                            2302,
                            "checkpoint " + checkpoint + " cannot be read.",
                            e.toString() + ".",
                            "its manifest at " + manifest + " and the files that it names.",
                            "restore the folder " + root + " from a copy, or go on with another member.")
                    .causedBy(e);
        }
    }

    private void restore(Path folder, String[] line) throws IOException {
        var name = named("files", line[0]);
        var bytes = Files.readAllBytes(name);
        if (!digest(bytes).equals(line[0])) {
            throw corrupt(name, bytes.length + " bytes with another digest");
        }
        var target = folder.resolve(line[2]).normalize();
        if (!target.startsWith(folder)) {
            throw corrupt(name, "the path " + line[2]);
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.write(target, bytes);
    }

    private static Fault corrupt(Path file, String found) {
        return new Fault(
                2303,
                "a checkpoint's file is damaged: " + file + ".",
                found + ".",
                "the bytes that were saved.",
                "restore it from a copy; members that need it go on from other checkpoints.");
    }

    @Override
    public void done(Path folder) {
        if (!folder.startsWith(root.resolve("work"))) {
            throw new IllegalArgumentException("not given out here: " + folder);
        }
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private Path named(String kind, String digest) {
        return root.resolve(kind).resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
    public void close() {}
}
