package dev.clade.store.sql;

import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.Append;
import dev.clade.store.EventLog;
import dev.clade.store.Lease;
import dev.clade.store.Ledger;
import dev.clade.store.Ledger.Holder;
import dev.clade.store.Shelf;
import dev.clade.store.Verdict;
import dev.clade.store.codec.EventCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The log of one experiment in an SQLite file. Its [Ledger] is this process's; under the write lock it first catches
/// up with what other processes have committed, which one number tells.
final class SqlLog implements EventLog {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LOOK_SELDOM = Duration.ofMillis(500);
    private static final long NEVER = -1;

    private final Database database;
    private final long experiment;
    private final SqlShelf shelf;
    private final Liveness liveness;
    private final InstantSource clock;
    private final Duration leaseTime;
    private final Map<WorkerId, Beat> beats = new HashMap<>();
    private final Map<WorkerId, Boolean> own = new ConcurrentHashMap<>();
    private final ReentrantLock growing = new ReentrantLock();
    private final Condition grown = growing.newCondition();

    /// All below belong to whoever has the database's turn.
    private final Ledger ledger;

    private String digest;
    private long version = NEVER;
    private volatile Population published;

    /// A sign of life, and when this process saw it first.
    private record Beat(long count, long seen) {}

    SqlLog(
            Database database,
            long experiment,
            SqlShelf shelf,
            Liveness liveness,
            InstantSource clock,
            Duration leaseTime) {
        this.database = database;
        this.experiment = experiment;
        this.shelf = shelf;
        this.liveness = liveness;
        this.clock = clock;
        this.leaseTime = leaseTime;
        var first = database.read(t -> stored(t, 0, 1)).getFirst();
        this.ledger = new Ledger(Ledger.State.first(first.entry()), leaseTime, shelf);
        this.digest = first.checked(EventCodec.ORIGIN);
        this.published = ledger.population();
        database.read(this::catchUp);
    }

    /// Writes the first entry of a new log.
    static void begin(Transaction t, long experiment, Event.ExperimentCreated created, Instant at) throws SQLException {
        begin(t, experiment, List.of(new Entry(1, at, Duration.ZERO, created)));
    }

    /// Writes the entries of a history, as they are; [Population#of] has accepted them.
    static void begin(Transaction t, long experiment, List<Entry> entries) throws SQLException {
        var digest = EventCodec.ORIGIN;
        for (var entry : entries) {
            digest = insert(t, experiment, entry, digest);
        }
        var last = entries.getLast();
        t.sql()
                .change(
                        "INSERT INTO clock VALUES (?, ?, ?)",
                        experiment,
                        last.at().toEpochMilli(),
                        last.elapsed().toNanos());
    }

    // ---- reading

    /// An entry as it stands in the file.
    private record Stored(Entry entry, String text, String digest) {

        static Stored of(ResultSet row) throws SQLException {
            var text = row.getString(4);
            return new Stored(
                    EventCodec.entry(row.getLong(1), row.getLong(2), row.getLong(3), text), text, row.getString(5));
        }

        /// Its digest, which must follow from the entry before.
        String checked(String before) {
            var expected = EventCodec.digest(before, entry.position(), entry.at(), entry.elapsed(), text);
            if (!expected.equals(digest)) {
                throw new Fault(
                        2202,
                        "the log is damaged at position " + entry.position() + ".",
                        "digest " + digest + ".",
                        expected + ", which follows from the entries before.",
                        "restore the store from a copy; nothing was changed.");
            }
            return digest;
        }
    }

    private List<Stored> stored(Transaction t, long after, int atMost) throws SQLException {
        return t.sql()
                .all(
                        "SELECT position, at, elapsed, text, digest FROM event WHERE experiment = ? AND position > ?"
                                + " ORDER BY position LIMIT ?",
                        Stored::of,
                        experiment,
                        after,
                        atMost);
    }

    @Override
    public List<Entry> after(long position, int atMost) {
        return database.read(
                t -> stored(t, position, atMost).stream().map(Stored::entry).toList());
    }

    @Override
    public Population newest() {
        return published;
    }

    /// Folds what others have committed.
    private Population catchUp(Transaction t) throws SQLException {
        long now = database.version();
        if (now == version) {
            return published;
        }
        long before = ledger.population().position();
        for (var stored : stored(t, before, Integer.MAX_VALUE)) {
            digest = stored.checked(digest);
            ledger.fold(stored.entry());
        }
        var holders = new TreeMap<MemberId, Holder>();
        t.sql()
                .all(
                        "SELECT member, worker, term, lost FROM holder WHERE experiment = ?",
                        row -> holders.put(
                                new MemberId(row.getInt(1)),
                                new Holder(
                                        Optional.ofNullable(row.getString(2)).map(WorkerId::new),
                                        row.getInt(3),
                                        row.getBoolean(4))),
                        experiment);
        record Running(Instant last, Duration elapsed) {}
        var running = t.sql()
                .first(
                        "SELECT last, elapsed FROM clock WHERE experiment = ?",
                        row -> new Running(Instant.ofEpochMilli(row.getLong(1)), Duration.ofNanos(row.getLong(2))),
                        experiment)
                .orElseThrow();
        ledger.meanwhile(holders, running.last(), running.elapsed());
        version = now;
        published = ledger.population();
        return published;
    }

    // ---- writing

    /// What a change does with the ledger; entries that it adds are made durable with it.
    @FunctionalInterface
    private interface Change<T> {
        T on(Transaction t, Instant now, List<Entry> added) throws SQLException;
    }

    private <T> T change(Change<T> change) {
        return database.write(t -> {
            catchUp(t);
            var before = ledger.state();
            var digestBefore = digest;
            t.ifUndone(() -> {
                ledger.back(before);
                digest = digestBefore;
                version = NEVER;
            });
            shelf.within(t);
            var now = Instant.ofEpochMilli(clock.millis());
            ledger.tick(now);
            var added = new ArrayList<Entry>();
            var result = change.on(t, now, added);
            for (var entry : added) {
                digest = insert(t, experiment, entry, digest);
            }
            keep(t, before);
            var population = ledger.population();
            t.onceCommitted(() -> publish(population));
            return result;
        });
    }

    private static String insert(Transaction t, long experiment, Entry entry, String before) throws SQLException {
        var text = EventCodec.write(entry.event());
        var digest = EventCodec.digest(before, entry.position(), entry.at(), entry.elapsed(), text);
        var key = Key.of(entry.event());
        t.sql()
                .change(
                        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        experiment,
                        entry.position(),
                        entry.at().toEpochMilli(),
                        entry.elapsed().toNanos(),
                        entry.event().getClass().getSimpleName(),
                        nullable(key.map(Key::member)),
                        nullable(key.map(Key::segment)),
                        text,
                        digest);
        return digest;
    }

    private static @Nullable Object nullable(Optional<?> value) {
        return value.isPresent() ? value.get() : null;
    }

    /// What is unique per member and segment.
    private record Key(int member, int segment) {
        static Optional<Key> of(Event event) {
            return switch (event) {
                case Event.SegmentFinished e -> Optional.of(new Key(e.member().index(), e.segment()));
                case Event.MemberFailed e -> Optional.of(new Key(e.member().index(), e.segment()));
                case Event.Decided e -> Optional.of(new Key(e.member().index(), e.segment()));
                default -> Optional.empty();
            };
        }
    }

    /// Leases and clock, where they differ from before.
    private void keep(Transaction t, Ledger.State before) throws SQLException {
        var after = ledger.state();
        if (!same(after.holders(), before.holders())) {
            for (var entry : after.holders().entrySet()) {
                if (!entry.getValue().equals(before.holders().get(entry.getKey()))) {
                    t.sql()
                            .change(
                                    "INSERT OR REPLACE INTO holder VALUES (?, ?, ?, ?, ?)",
                                    experiment,
                                    entry.getKey().index(),
                                    entry.getValue()
                                            .worker()
                                            .map(WorkerId::name)
                                            .orElse(null),
                                    entry.getValue().term(),
                                    entry.getValue().lost());
                }
            }
        }
        t.sql()
                .change(
                        "UPDATE clock SET last = ?, elapsed = ? WHERE experiment = ?",
                        after.last().toEpochMilli(),
                        after.elapsed().toNanos(),
                        experiment);
    }

    /// Persistent maps that are not changed are not copied.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Map<MemberId, Holder> one, Map<MemberId, Holder> other) {
        return one == other;
    }

    private void publish(Population population) {
        published = population;
        signal();
    }

    private void signal() {
        growing.lock();
        try {
            grown.signalAll();
        } finally {
            growing.unlock();
        }
    }

    @Override
    public List<Verdict> commit(List<Append> appends) {
        return change((t, now, added) -> {
            var verdicts = new ArrayList<Verdict>();
            for (var append : appends) {
                verdicts.add(ledger.judge(append, now, added));
            }
            return verdicts;
        });
    }

    @Override
    public List<Lease> lease(WorkerId by, int atMost) {
        return change((t, now, added) -> {
            var leases = new ArrayList<Lease>();
            for (int i = 0; i < atMost; i++) {
                var lease = ledger.lease(by, now, added);
                if (lease.isEmpty()) {
                    break;
                }
                leases.add(lease.get());
            }
            return leases;
        });
    }

    @Override
    public Optional<Lease> seize(Lease lease, WorkerId by) {
        return change((t, now, added) -> ledger.seize(lease, by, now, added));
    }

    @Override
    public void release(Lease lease) {
        change((t, now, added) -> {
            ledger.release(lease);
            return lease;
        });
    }

    @Override
    public Shelf.Condemned condemn(WorkerId by, Function<Population, Set<CheckpointId>> roots) {
        return change((t, now, added) -> shelf.condemn(by, roots.apply(ledger.population())));
    }

    // ---- life and death

    @Override
    public void join(WorkerId worker, String version, String host) {
        liveness.begin(worker);
        own.put(worker, true);
        change((t, now, added) -> {
            t.sql().change("INSERT OR REPLACE INTO worker VALUES (?, ?, 0)", experiment, worker.name());
            bury(t);
            return ledger.judge(Append.of(new Event.WorkerJoined(worker, version, host)), now, added);
        });
    }

    @Override
    public void heartbeat(WorkerId by) {
        change((t, now, added) -> {
            t.sql()
                    .change(
                            "UPDATE worker SET beat = beat + 1 WHERE experiment = ? AND name = ?",
                            experiment,
                            by.name());
            bury(t);
            added.addAll(ledger.consequences(now));
            return by;
        });
    }

    /// Frees what dead workers had.
    private void bury(Transaction t) throws SQLException {
        var workers = t.sql()
                .all(
                        "SELECT name, beat FROM worker WHERE experiment = ?",
                        row -> Map.entry(new WorkerId(row.getString(1)), row.getLong(2)),
                        experiment);
        for (var worker : workers) {
            if (own.containsKey(worker.getKey())) {
                continue;
            }
            if (!liveness.lives(worker.getKey())) {
                gone(t, worker.getKey());
            } else if (silent(worker.getKey(), worker.getValue())) {
                ledger.dead(worker.getKey());
            }
        }
    }

    private boolean silent(WorkerId worker, long count) {
        long now = System.nanoTime();
        var known = beats.get(worker);
        if (known == null || known.count() != count) {
            beats.put(worker, new Beat(count, now));
            return false;
        }
        return now - known.seen() > leaseTime.toNanos();
    }

    private void gone(Transaction t, WorkerId worker) throws SQLException {
        ledger.dead(worker);
        t.sql().change("DELETE FROM worker WHERE experiment = ? AND name = ?", experiment, worker.name());
        t.onceCommitted(() -> liveness.end(worker));
    }

    @Override
    public void dead(WorkerId worker) {
        change((t, now, added) -> {
            own.remove(worker);
            gone(t, worker);
            return worker;
        });
    }

    // ---- waiting

    @Override
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        var look = LOOK;
        while (database.read(this::catchUp).position() <= position) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            sleep(position, Math.min(left, look.toNanos()));
            look = look.multipliedBy(2).compareTo(LOOK_SELDOM) > 0 ? LOOK_SELDOM : look.multipliedBy(2);
        }
        return true;
    }

    private void sleep(long position, long nanos) throws InterruptedException {
        growing.lock();
        try {
            long left = nanos;
            while (Objects.requireNonNull(published).position() <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            growing.unlock();
        }
    }

    @Override
    public void close() {
        List.copyOf(own.keySet()).forEach(this::dead);
    }
}
