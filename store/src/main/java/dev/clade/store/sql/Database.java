package dev.clade.store.sql;

import dev.clade.fault.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to an SQLite file, for all threads of a process. Work that waits is committed together: one force
/// to the disk serves everybody who waited for it.
///
/// Transactions are `BEGIN IMMEDIATE` by hand: a deferred one that reads and then writes fails when another process
/// has written between, and the driver's own immediate mode holds the write lock while idle.
final class Database implements AutoCloseable {

    private static final int MOST_AT_ONCE = 256;
    private static final long PATIENCE = 30_000_000_000L;
    private static final long SHORTEST = 50_000;
    private static final long LONGEST = 5_000_000;

    private final Path file;
    private final Connection connection;
    private final Statements statements;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Task<?>> waiting = new ConcurrentLinkedQueue<>();
    private boolean full = true;

    /// Something to do in a transaction.
    @FunctionalInterface
    interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    static Database open(Path file) {
        try {
            var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var pragma = connection.createStatement()) {
                pragma.execute("PRAGMA busy_timeout = 10000");
                // SQLite does not wait where several make the file or are its first to read; who has read stays in
                patiently(() -> pragma.execute("PRAGMA journal_mode = WAL"));
                patiently(() -> pragma.execute("PRAGMA user_version"));
                pragma.execute("PRAGMA synchronous = FULL");
                pragma.execute("PRAGMA busy_timeout = 0");
            }
            return new Database(file, connection);
        } catch (SQLException e) {
            throw Trouble.of(file, e);
        }
    }

    Path file() {
        return file;
    }

    /// Does this in a transaction that is durable when the call returns.
    <T> T write(Work<T> work) {
        return write(work, true);
    }

    /// Does this in a transaction that a crash of the process does not lose, but a loss of power may.
    <T> T writeQuickly(Work<T> work) {
        return write(work, false);
    }

    private <T> T write(Work<T> work, boolean durable) {
        var task = new Task<>(work, durable);
        waiting.add(task);
        turn.lock();
        try {
            while (!task.done) {
                batch();
            }
        } finally {
            turn.unlock();
        }
        return task.answer();
    }

    /// Reads, with nothing of this process being written meanwhile.
    <T> T read(Work<T> work) {
        turn.lock();
        try {
            return work.run(new Transaction(statements));
        } catch (SQLException e) {
            throw Trouble.of(file, e);
        } finally {
            turn.unlock();
        }
    }

    /// A number that changes when another process has committed.
    long version() throws SQLException {
        return statements.number("PRAGMA data_version");
    }

    private void batch() {
        var tasks = new ArrayList<Task<?>>();
        for (var next = waiting.poll(); next != null; next = tasks.size() < MOST_AT_ONCE ? waiting.poll() : null) {
            tasks.add(next);
        }
        if (!together(tasks) && tasks.size() > 1) {
            tasks.forEach(task -> together(List.of(task)));
        }
    }

    /// Does tasks in one transaction: false if one of several failed, so that each must be tried alone.
    private boolean together(List<Task<?>> tasks) {
        var transaction = new Transaction(statements);
        try {
            durable(tasks.stream().anyMatch(t -> t.durable));
            begin();
            for (var task : tasks) {
                task.run(transaction);
            }
            execute("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            transaction.undo();
            rollback(e);
            if (tasks.size() == 1) {
                tasks.getFirst().fails(failure(e));
            }
            return false;
        }
        tasks.forEach(t -> t.done = true);
        transaction.committed();
        return true;
    }

    private RuntimeException failure(Throwable e) {
        return switch (e) {
            case SQLException sql -> Trouble.of(file, sql);
            case RuntimeException known -> known;
            default -> new IllegalStateException(e.toString(), e);
        };
    }

    private void durable(boolean wanted) throws SQLException {
        if (wanted != full) {
            execute(wanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            full = wanted;
        }
    }

    /// Begins as soon as no other process writes. Waits of random length are fairer than SQLite's own, which can
    /// starve a process for seconds.
    private void begin() throws SQLException {
        patiently(() -> execute("BEGIN IMMEDIATE"));
    }

    /// What SQLite refuses while others are at it.
    @FunctionalInterface
    private interface Attempt {
        void make() throws SQLException;
    }

    private static void patiently(Attempt attempt) throws SQLException {
        long until = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                attempt.make();
                return;
            } catch (SQLiteException e) {
                boolean busy = (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST, LONGEST));
            }
        }
    }

    private void rollback(Throwable because) {
        try {
            statements.close();
            execute("ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e); // SQLite has rolled back already
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            statements.close();
            connection.close();
        } catch (SQLException e) {
            throw Trouble.of(file, e);
        } finally {
            turn.unlock();
        }
    }

    /// Work with its answer.
    private static final class Task<T> {
        private final Work<T> work;
        private final boolean durable;
        private Optional<T> value = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();
        private boolean done;

        Task(Work<T> work, boolean durable) {
            this.work = work;
            this.durable = durable;
        }

        void run(Transaction transaction) throws SQLException {
            value = Optional.of(work.run(transaction));
        }

        void fails(RuntimeException e) {
            failure = Optional.of(e);
            done = true;
        }

        T answer() {
            failure.ifPresent(e -> {
                throw e;
            });
            return value.orElseThrow();
        }
    }

    /// What SQLite refuses, as faults.
    static final class Trouble {

        private Trouble() {}

        static Fault of(Path file, SQLException e) {
            int code = e instanceof SQLiteException s ? s.getResultCode().code & 0xff : 0;
            return fault(file, code, e.getMessage() + ".").causedBy(e);
        }

        private static Fault fault(Path file, int code, String found) {
            if (code == SQLiteErrorCode.SQLITE_FULL.code) {
                return new Fault(
                        2203,
                        "the store " + file + " cannot grow.",
                        found,
                        "room on the disk.",
                        "make room, then 'clade resume'; nothing that was acknowledged is lost.");
            }
            if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
                return new Fault(
                        2202,
                        "the store " + file + " is damaged.",
                        found,
                        "an SQLite database that Clade has written.",
                        "restore it from a copy; nothing was changed.");
            }
            if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
                return new Fault(
                        2204,
                        "the store " + file + " is held by another program.",
                        found,
                        "a turn to write within 30 s.",
                        "end the program that holds it open for writing.");
            }
            return new Fault(
                    2101,
                    "the store " + file + " cannot be used.",
                    found,
                    "a file in a folder that can be written to, on a disk of this host.",
                    "choose another with 'store: sqlite:///FILE', or let this user write there.");
        }
    }
}
