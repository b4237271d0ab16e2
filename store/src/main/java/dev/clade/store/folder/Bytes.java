package dev.clade.store.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Bytes under the names of their digests. What was once read and found intact is not read again while inode, size
/// and time of modification stay the same.
final class Bytes {

    private static final int BUFFER = 1 << 20;

    private final Map<Path, Stamp> verified = new ConcurrentHashMap<>();

    /// What tells without reading that a file has changed.
    record Stamp(String inode, long size, FileTime modified) {

        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        }
    }

    /// SHA-256 in hexadecimal.
    static String digest(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = ByteBuffer.allocate(Math.clamp(channel.size(), 1, BUFFER));
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Gives a file the name of its digest, durably, unless an intact one has it.
    void settle(Path file, Path name, String digest) throws IOException {
        if (Files.exists(name) && intact(name, digest)) {
            return;
        }
        force(file);
        var folder = Objects.requireNonNull(name.getParent());
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            force(Objects.requireNonNull(folder.getParent()));
        }
        try {
            Files.createLink(name, file);
        } catch (FileAlreadyExistsException | UnsupportedOperationException e) {
            Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
        }
        force(folder);
        verified.put(name, Stamp.of(name));
    }

    boolean intact(Path name, String digest) throws IOException {
        var stamp = Stamp.of(name);
        if (stamp.equals(verified.get(name))) {
            return true;
        }
        boolean intact = digest(name).equals(digest);
        if (intact) {
            verified.put(name, stamp);
        }
        return intact;
    }

    private static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
