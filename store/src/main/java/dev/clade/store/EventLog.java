package dev.clade.store;

import dev.clade.population.CheckpointId;
import dev.clade.population.Entry;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The log of one experiment. Every method may be called by any thread. An accepted append is durable, and everybody
/// reads the same entries at the same positions.
///
/// A worker is dead when its process is (where the store can see that), else when it has given no sign of life for
/// the lease time on the observer's clock. Only a higher term takes a member from a worker; death only says when
/// others may take it.
public interface EventLog extends AutoCloseable {

    /// The code of the fault that leaves it open whether an append was made: made again, it is found to be there.
    int ANSWER_LOST = 2205;

    /// Entries after a position, in order.
    List<Entry> after(long position, int atMost);

    /// The fold of all entries up to the newest that is known here: all of this process's, and those of others up
    /// to its last append, lease, heartbeat or look while it waited.
    Population newest();

    /// A worker begins: from here on it is known to live.
    void join(WorkerId worker, String version, String host);

    /// Members that are due and have no living worker, for this worker: each with a higher term than it ever had.
    List<Lease> lease(WorkerId by, int atMost);

    /// Takes a member again, under a higher term, from a trainer of this worker's own that does not answer. None if
    /// the lease is another's by now.
    Optional<Lease> seize(Lease lease, WorkerId by);

    /// Appends batches in order, each with a verdict of its own. What follows by rule
    /// ([dev.clade.population.Consequence]) is appended with them.
    List<Verdict> commit(List<Append> appends);

    /// Condemns the checkpoints that no root of the newest population reaches, for this worker to delete.
    Shelf.Condemned condemn(WorkerId by, Function<Population, Set<CheckpointId>> roots);

    /// Waits until there is an entry after this position; false if there is none in time.
    boolean await(long position, Duration atMost) throws InterruptedException;

    /// Gives a member back. Nothing happens if it is another's by now.
    void release(Lease lease);

    /// The worker lives: advances the running clock, appends what follows from its advance, and frees what dead
    /// workers had.
    void heartbeat(WorkerId by);

    /// The worker is gone: what it leased is free.
    void dead(WorkerId worker);

    @Override
    void close();
}
