package dev.clade.store;

import dev.clade.population.Entry;
import dev.clade.population.WorkerId;
import java.time.Duration;
import java.util.List;

/// The log of one experiment. Every method may be called by any thread. An accepted append is durable, and everybody
/// reads the same entries at the same positions.
public interface EventLog extends AutoCloseable {

    /// Entries after a position, in order.
    List<Entry> after(long position, int atMost);

    /// Members that are due and have no worker, for this worker: each with a higher term than it ever had.
    List<Lease> lease(WorkerId by, int atMost);

    /// Appends batches in order, each with a verdict of its own. What follows by rule
    /// ([dev.clade.population.Consequence]) is appended with them.
    List<Verdict> commit(List<Append> appends);

    /// Waits until there is an entry after this position; false if there is none in time.
    boolean await(long position, Duration atMost) throws InterruptedException;

    /// Gives a member back. Nothing happens if it is another's by now.
    void release(Lease lease);

    /// The worker lives: advances the running clock, and appends what follows from its advance.
    void heartbeat(WorkerId by);

    /// The worker is gone: what it leased is free.
    void dead(WorkerId worker);

    @Override
    void close();
}
