package dev.clade.run.command;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A folder for what a trainer's programs read and write, below `TMPDIR`: gone when the trainer is closed, and if Clade
/// was
/// killed, when the next one begins.
final class Scratch implements AutoCloseable {

    private static final String PREFIX = "clade-command-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

    private final Path root;

    Scratch() throws IOException {
        var temporary = Path.of(Optional.ofNullable(System.getenv("TMPDIR"))
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .orElse(Objects.requireNonNullElse(System.getProperty("java.io.tmpdir"), "/tmp")));
        sweep(temporary);
        root = Files.createTempDirectory(
                temporary, PREFIX + ProcessHandle.current().pid() + "-");
    }

    /// Deletes what processes left behind that are no more.
    private static void sweep(Path temporary) {
        try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (var folder : folders) {
                var name = NAME.matcher(String.valueOf(folder.getFileName()));
                boolean left = name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
                if (left && Files.isWritable(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            // what cannot be deleted is another's
        }
    }

    /// A new, empty folder.
    Path empty(String name) throws IOException {
        return Files.createTempDirectory(root, name + "-");
    }

    /// Copies all files of a folder into another that is there. What is no file (a pipe, a socket) is not copied.
    static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (var path : walk.toList()) {
                var target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }

    /// Whether there is a file in a folder.
    static boolean holdsFiles(Path folder) throws IOException {
        try (var walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return walk.anyMatch(Files::isRegularFile);
        }
    }

    static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // somebody else has deleted it
        }
    }

    @Override
    public void close() {
        try {
            delete(root);
        } catch (IOException e) {
            // the next process will
        }
    }
}
