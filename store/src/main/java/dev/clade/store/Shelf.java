package dev.clade.store;

import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// What is known of the bytes of one experiment's checkpoints: rows beside its log, changed in transactions with it.
///
/// A checkpoint is `writing` from its announcement, `present` from the append that names it, `condemned` when no root
/// reaches it, and then gone. A file lives as long as a checkpoint that holds it; files are shared. Bytes are written
/// after their announcement and deleted after their condemnation, so no crash leaves a name without bytes.
///
/// Any thread may call.
public interface Shelf {

    /// The files of a checkpoint.
    ///
    /// @param digest of the bytes, SHA-256 in hexadecimal
    /// @param size [bytes]
    record File(String digest, long size) {}

    /// A checkpoint and where it stands.
    record Row(CheckpointId checkpoint, State state, long bytes) {}

    enum State {
        WRITING,
        PRESENT,
        CONDEMNED
    }

    /// What a collector shall delete.
    record Condemned(List<CheckpointId> checkpoints, List<String> files) {
        public Condemned {
            checkpoints = List.copyOf(checkpoints);
            files = List.copyOf(files);
        }

        public boolean isEmpty() {
            return checkpoints.isEmpty() && files.isEmpty();
        }
    }

    /// Says that a checkpoint is about to be written. False while any part of it is condemned: ask again until its
    /// collector has finished, for only then can the bytes be written again.
    boolean announce(WorkerId by, CheckpointId checkpoint, Collection<File> files);

    /// Whether the log may name a checkpoint: it was announced, or is present. Only a log calls this.
    boolean holds(CheckpointId checkpoint);

    /// The append that is being made names it: present from its commit on. Only a log calls this.
    void kept(CheckpointId checkpoint);

    /// Condemns what no root reaches and no living worker writes: this collector's to delete. What a dead collector
    /// left is among it. Only a log calls this, in the transaction in which it has found the roots.
    Condemned condemn(WorkerId by, Set<CheckpointId> roots);

    /// What dead collectors have left, now this one's to delete.
    Condemned leftovers(WorkerId by);

    /// The bytes are deleted: the rows go.
    void forget(Condemned deleted);

    /// Whether a worker's process lives, as far as can be seen from here.
    boolean lives(WorkerId worker);

    /// Every checkpoint that has a row.
    List<Row> rows();
}
