package dev.clade.store.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files on the heap do what files on a disk do.
class HeapFilesTest {

    private final Path root = new HeapFiles().root();

    @TempDir
    private Path disk;

    private List<Path> both() {
        return List.of(root, disk);
    }

    private static List<String> walked(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.map(p -> folder.relativize(p).toString()).sorted().toList();
        }
    }

    @Test
    void whatIsWritten_isRead() throws IOException {
        for (var folder : both()) {
            var file = folder.resolve("a");
            Files.writeString(file, "one\ntwo");
            Files.writeString(file, "\nthree", StandardOpenOption.APPEND);

            assertThat(Files.readAllLines(file)).containsExactly("one", "two", "three");
            assertThat(Files.size(file)).isEqualTo(13);
            Files.writeString(file, "x");
            assertThat(Files.readString(file)).isEqualTo("x");
            Files.write(file, new byte[100_000]);
            assertThat(Files.readAllBytes(file)).hasSize(100_000);
        }
    }

    @Test
    void foldersInFolders_areWalkedAndDeletedFromBelow() throws IOException {
        for (var folder : both()) {
            Files.createDirectories(folder.resolve("a/b"));
            Files.writeString(folder.resolve("a").resolve("b").resolve("c"), "c");

            assertThat(walked(folder)).containsExactly("", "a", "a/b", "a/b/c");
            assertThat(Files.isDirectory(folder.resolve("a/b"))).isTrue();
            assertThat(Files.isRegularFile(folder.resolve("a/b/c"))).isTrue();
            assertThatThrownBy(() -> Files.delete(folder.resolve("a"))).isInstanceOf(DirectoryNotEmptyException.class);
            Files.delete(folder.resolve("a/b/c"));
            Files.delete(folder.resolve("a/b"));
            assertThat(walked(folder)).containsExactly("", "a");
        }
    }

    @Test
    void whatIsNotThere_isNotFound() {
        for (var folder : both()) {
            assertThat(Files.exists(folder.resolve("a"))).isFalse();
            assertThatThrownBy(() -> Files.readString(folder.resolve("a"))).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> Files.writeString(folder.resolve("a/b"), "x"))
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void copiesAndMoves_overwriteOnlyWhereAsked() throws IOException {
        for (var folder : both()) {
            var a = Files.writeString(folder.resolve("a"), "a");
            var b = Files.writeString(folder.resolve("b"), "b");

            assertThatThrownBy(() -> Files.copy(a, b)).isInstanceOf(FileAlreadyExistsException.class);
            Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING);
            assertThat(Files.readString(b)).isEqualTo("a");
            Files.move(a, folder.resolve("c"));
            assertThat(walked(folder)).containsExactly("", "b", "c");
        }
    }

    @Test
    void paths_areResolvedAsThoseOfADisk() {
        for (var path : List.of(Path.of("/x"), root.resolve("x"))) {
            assertThat(path.resolve("a/../b/./c").normalize().toString()).isEqualTo("/x/b/c");
            assertThat(path.resolve("a/b").relativize(path.resolve("a/c")).toString())
                    .isEqualTo("../c");
            assertThat(path.resolve("a/b").startsWith(path)).isTrue();
            assertThat(path.resolve("a/b").endsWith("b")).isTrue();
            assertThat(path.resolveSibling("y").toString()).isEqualTo("/y");
            assertThat(path.resolve("a").getParent()).isEqualTo(path);
            assertThat(path.resolve("a").getFileName()).hasToString("a");
        }
    }

    @Test
    void whatNeedsTheOperatingSystem_saysThatItIsNotThere() throws IOException {
        var file = Files.writeString(root.resolve("a"), "a");

        assertThatThrownBy(file::toFile).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> FileChannel.open(file)).isInstanceOf(UnsupportedOperationException.class);
    }
}
