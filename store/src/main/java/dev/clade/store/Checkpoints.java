package dev.clade.store;

import dev.clade.population.CheckpointId;
import java.nio.file.Path;
import java.util.Set;

/// Checkpoints: opaque folders of files, named by the digest of what is in them. Any thread may call.
public interface Checkpoints extends AutoCloseable {

    /// Codes of faults that spoil one checkpoint and not the store: a member that needs it heals from another.
    Set<Integer> SPOILT = Set.of(2302, 2303, 2306);

    /// An empty folder to save into.
    Path draft();

    /// Makes a draft durable under its digest. The folder belongs to the store from here on.
    CheckpointId keep(Path draft);

    /// A folder with the files of a checkpoint, for a trainer to read. What is written there reaches nobody.
    Path open(CheckpointId checkpoint);

    /// Deletes what was condemned for this worker.
    void delete(Shelf.Condemned condemned);

    /// A folder given out by [#open] or [#draft] is not needed any more.
    void done(Path folder);

    @Override
    void close();
}
