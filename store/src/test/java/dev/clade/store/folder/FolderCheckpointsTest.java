package dev.clade.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import dev.clade.store.Shelf;
import dev.clade.store.memory.MemoryShelf;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCheckpointsTest {

    private static final WorkerId ADA = new WorkerId("ada");
    private static final int LARGE = 65 << 20;

    /// Knows of no living worker.
    private static final class Nobody implements Shelf {
        private final Shelf shelf = new MemoryShelf();

        @Override
        public boolean announce(WorkerId by, CheckpointId checkpoint, Collection<File> files) {
            return shelf.announce(by, checkpoint, files);
        }

        @Override
        public boolean holds(CheckpointId checkpoint) {
            return shelf.holds(checkpoint);
        }

        @Override
        public void kept(CheckpointId checkpoint) {
            shelf.kept(checkpoint);
        }

        @Override
        public Condemned condemn(WorkerId by, Set<CheckpointId> roots) {
            return shelf.condemn(by, roots);
        }

        @Override
        public Condemned leftovers(WorkerId by) {
            return shelf.leftovers(by);
        }

        @Override
        public void forget(Condemned deleted) {
            shelf.forget(deleted);
        }

        @Override
        public boolean lives(WorkerId worker) {
            return false;
        }

        @Override
        public List<Row> rows() {
            return shelf.rows();
        }
    }

    @TempDir
    private Path root = Path.of("");

    private MemoryShelf shelf;
    private FolderCheckpoints checkpoints;

    @BeforeEach
    void open() {
        shelf = new MemoryShelf();
        checkpoints = new FolderCheckpoints(root, ADA, shelf);
    }

    private CheckpointId saved(String weights) throws IOException {
        var draft = checkpoints.draft();
        Files.writeString(draft.resolve("weights"), weights);
        Files.createDirectories(draft.resolve("more"));
        Files.writeString(draft.resolve("more/moments"), "the same in all");
        var id = checkpoints.keep(draft);
        shelf.kept(id);
        return id;
    }

    private CheckpointId large() throws IOException {
        var draft = checkpoints.draft();
        try (var file = new RandomAccessFile(draft.resolve("weights").toFile(), "rw")) {
            file.setLength(LARGE);
        }
        var id = checkpoints.keep(draft);
        shelf.kept(id);
        return id;
    }

    private List<Path> stored(String kind) throws IOException {
        try (var walk = Files.walk(root.resolve(kind))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatWasSaved_isWhatIsOpened() throws IOException {
        var folder = checkpoints.open(saved("one"));

        assertThat(folder.resolve("weights")).hasContent("one");
        assertThat(folder.resolve("more/moments")).hasContent("the same in all");
    }

    @Test
    void aLinkInADraft_becomesTheBytesThatItLeadsTo() throws IOException {
        var draft = checkpoints.draft();
        Files.writeString(draft.resolve("weights"), "1 2 3");
        Files.createSymbolicLink(draft.resolve("latest"), draft.resolve("weights"));
        var id = checkpoints.keep(draft);

        assertThat(checkpoints.missing(id, true)).isEmpty();
        var opened = checkpoints.open(id);
        assertThat(opened.resolve("latest")).hasContent("1 2 3");
        assertThat(opened.resolve("weights")).hasContent("1 2 3");
    }

    @Test
    void equalFolders_areOneCheckpoint_andEqualFilesOneFile() throws IOException {
        assertThat(saved("one")).isEqualTo(saved("one")).isNotEqualTo(saved("two"));

        assertThat(stored("files")).hasSize(3);
        assertThat(stored("manifests")).hasSize(2);
    }

    @Test
    void aFileOfTheSameNameAndAnotherContent_isAnotherCheckpoint() throws IOException {
        var one = saved("one");
        var draft = checkpoints.draft();
        Files.writeString(draft.resolve("weights2"), "one");

        assertThat(checkpoints.keep(draft)).isNotEqualTo(one);
    }

    @Test
    void aDraft_isGoneOnceItIsKept() throws IOException {
        saved("one");

        assertThat(stored("work")).isEmpty();
    }

    @Test
    void whatIsWrittenIntoAnOpenedFolder_reachesNobody() throws IOException {
        var id = saved("one");
        var folder = checkpoints.open(id);
        Files.writeString(folder.resolve("weights"), "changed");
        checkpoints.done(folder);

        assertThat(checkpoints.open(id).resolve("weights")).hasContent("one");
    }

    @Test
    void aLargeFile_isLinked_andAWriteThroughItIsNamed() throws IOException {
        var id = large();
        var folder = checkpoints.open(id);
        try (var file = new RandomAccessFile(folder.resolve("weights").toFile(), "rw")) {
            file.write(7);
        }

        assertThatThrownBy(() -> checkpoints.done(folder))
                .hasMessageStartingWith("CLADE-2306 the trainer wrote into the folder that it was given to load from.");
        assertThat(stored("damaged")).hasSize(1);
        assertThatThrownBy(() -> checkpoints.open(id)).hasMessageStartingWith("CLADE-2302");
    }

    @Test
    void aLargeFileThatWasOnlyRead_staysAsItIs() throws IOException {
        var id = large();
        checkpoints.done(checkpoints.open(id));

        assertThat(checkpoints.missing(id, true)).isEmpty();
    }

    @Test
    void aCorruptByte_isNamed_andSetAside() throws IOException {
        var id = saved("one");
        var file = stored("files").stream()
                .filter(f -> f.toFile().length() == 3)
                .findFirst()
                .orElseThrow();
        Files.writeString(file, "two");

        assertThat(checkpoints.missing(id, true)).hasValue(file + " has another size or digest");
        var again = new FolderCheckpoints(root, ADA, shelf);
        assertThatThrownBy(() -> again.open(id))
                .hasMessage("CLADE-2303 a checkpoint's file is damaged: " + file
                        + ".  Found: bytes with another digest.  Expected: the bytes that were saved."
                        + "  Mend: restore it from a copy; members that need it heal from others.");
        assertThat(stored("damaged")).hasSize(1);
    }

    @Test
    void aCorruptFileThatIsSavedAgain_isReplaced() throws IOException {
        var id = saved("one");
        for (var file : stored("files")) {
            Files.writeString(file, "broken " + Files.size(file));
        }
        var again = new FolderCheckpoints(root, ADA, shelf);
        var draft = again.draft();
        Files.writeString(draft.resolve("weights"), "one");
        Files.createDirectories(draft.resolve("more"));
        Files.writeString(draft.resolve("more/moments"), "the same in all");
        again.keep(draft);

        assertThat(again.open(id).resolve("weights")).hasContent("one");
    }

    @Test
    void aMissingCheckpoint_isNamed() {
        var nothing = new CheckpointId("0".repeat(64));

        assertThatThrownBy(() -> checkpoints.open(nothing))
                .hasMessageStartingWith("CLADE-2302 checkpoint " + nothing + " cannot be read.");
    }

    @Test
    void aFolderThatCannotBeWritten_isNamed() throws IOException {
        var file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> new FolderCheckpoints(file, ADA, shelf))
                .hasMessageStartingWith("CLADE-2301 checkpoints cannot be kept in " + file + ".");
    }

    @Test
    void whatIsCondemned_isDeleted_andTheRestIsNot() throws IOException {
        var one = saved("one");
        var two = saved("two");

        checkpoints.delete(shelf.condemn(ADA, Set.of(two)));

        assertThat(checkpoints.missing(two, true)).isEmpty();
        assertThat(checkpoints.missing(one, false)).isPresent();
        assertThat(stored("files")).hasSize(2);
        assertThat(shelf.rows()).hasSize(1);
    }

    @Test
    void aSaveOfAFileThatIsBeingCollected_waits_andIsWhole() throws Exception {
        saved("one");
        var condemned = shelf.condemn(ADA, Set.of());
        try (var pool = Executors.newSingleThreadExecutor()) {
            var saving = pool.submit(() -> saved("one"));
            checkpoints.delete(condemned);

            assertThat(checkpoints.missing(saving.get(), true)).isEmpty();
        }
    }

    @Test
    void oldDrafts_ofDeadWorkers_areSwept() throws IOException {
        checkpoints.draft();
        Files.setLastModifiedTime(root.resolve("work/ada"), FileTime.from(Instant.EPOCH));
        Files.createDirectories(root.resolve("work/young"));
        new FolderCheckpoints(root, new WorkerId("bob"), new Nobody());

        try (var left = Files.list(root.resolve("work"))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("bob", "young");
        }
    }
}
