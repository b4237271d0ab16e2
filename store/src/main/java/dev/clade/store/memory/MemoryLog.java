package dev.clade.store.memory;

import dev.clade.population.CheckpointId;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.Append;
import dev.clade.store.EventLog;
import dev.clade.store.Lease;
import dev.clade.store.Ledger;
import dev.clade.store.Shelf;
import dev.clade.store.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A log in memory.
public final class MemoryLog implements EventLog {

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Entry> entries = new ArrayList<>();
    private final Ledger ledger;
    private final Shelf shelf;

    /// A new experiment's log.
    ///
    /// @param shelf says which checkpoints may be named
    public MemoryLog(Event.ExperimentCreated created, InstantSource clock, Duration leaseTime, Shelf shelf) {
        this(new Entry(1, clock.instant(), Duration.ZERO, created), clock, leaseTime, shelf);
    }

    private MemoryLog(Entry first, InstantSource clock, Duration leaseTime, Shelf shelf) {
        this.clock = clock;
        this.shelf = shelf;
        entries.add(first);
        ledger = new Ledger(Ledger.State.first(first), leaseTime, shelf);
    }

    /// A log that goes on from a history. Nobody has a member: what was at work there begins again.
    ///
    /// @param history at least one entry, from the first
    /// @param clock goes on where the history ends; of what lies between, at most a lease counts as active
    ///     time
    /// @throws dev.clade.fault.Fault 5101 if it is no history
    public static MemoryLog of(List<Entry> history, InstantSource clock, Duration leaseTime, Shelf shelf) {
        var log = new MemoryLog(history.getFirst(), clock, leaseTime, shelf);
        for (var entry : history.subList(1, history.size())) {
            log.ledger.fold(entry);
            log.entries.add(entry);
        }
        log.ledger.meanwhile(Map.of(), history.getLast().at(), history.getLast().elapsed());
        return log;
    }

    @Override
    public Population newest() {
        lock.lock();
        try {
            return ledger.population();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void join(WorkerId worker, String version, String host) {
        commit(List.of(Append.of(new Event.WorkerJoined(worker, version, host))));
    }

    @Override
    public Optional<Lease> seize(Lease lease, WorkerId by) {
        lock.lock();
        try {
            return ledger.seize(lease, by, clock.instant(), entries);
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public List<Entry> after(long position, int atMost) {
        lock.lock();
        try {
            int from = (int) Math.min(entries.size(), position);
            return List.copyOf(entries.subList(from, (int) Math.min(entries.size(), (long) from + atMost)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Lease> lease(WorkerId by, int atMost) {
        lock.lock();
        try {
            ledger.tick(clock.instant());
            var leases = new ArrayList<Lease>();
            for (int i = 0; i < atMost; i++) {
                var lease = ledger.lease(by, clock.instant(), entries);
                if (lease.isEmpty()) {
                    break;
                }
                leases.add(lease.get());
            }
            return leases;
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public List<Verdict> commit(List<Append> appends) {
        lock.lock();
        try {
            var now = clock.instant();
            ledger.tick(now);
            var verdicts = new ArrayList<Verdict>();
            for (var append : appends) {
                verdicts.add(ledger.judge(append, now, entries));
            }
            return verdicts;
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public Shelf.Condemned condemn(WorkerId by, Function<Population, Set<CheckpointId>> roots) {
        lock.lock();
        try {
            return shelf.condemn(by, roots.apply(ledger.population()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (entries.size() <= position && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            return entries.size() > position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(Lease lease) {
        lock.lock();
        try {
            ledger.release(lease);
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public void heartbeat(WorkerId by) {
        lock.lock();
        try {
            ledger.tick(clock.instant());
            entries.addAll(ledger.consequences(clock.instant()));
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public void dead(WorkerId worker) {
        lock.lock();
        try {
            ledger.dead(worker);
        } finally {
            grown.signalAll();
            lock.unlock();
        }
    }

    @Override
    public void close() {}
}
