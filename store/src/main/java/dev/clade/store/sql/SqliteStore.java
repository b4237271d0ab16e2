package dev.clade.store.sql;

import dev.clade.fault.Fault;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Experiments in an SQLite file. Its workers are processes of one host.
public final class SqliteStore implements Store {

    /// SQLite's locks do not hold across a network.
    private static final Pattern REMOTE = Pattern.compile("nfs.*|cifs|smb.*|fuse\\.sshfs|ceph|glusterfs|lustre");

    private final Database database;
    private final InstantSource clock;
    private final Duration leaseTime;
    private final Liveness liveness;

    private SqliteStore(Database database, InstantSource clock, Duration leaseTime) {
        this.database = database;
        this.clock = clock;
        this.leaseTime = leaseTime;
        this.liveness =
                new Liveness(database.file().resolveSibling(database.file().getFileName() + ".workers"));
    }

    /// Opens a file, which is made where there is none.
    ///
    /// @param leaseTime how long a worker may be silent, where its process still lives
    /// @throws Fault 2101 to 2106 for a file that cannot be used
    public static SqliteStore open(Path file, InstantSource clock, Duration leaseTime) {
        var path = file.toAbsolutePath().normalize();
        if (path.toString().contains("?")) {
            throw unusable(path, "a question mark in the path.");
        }
        try {
            var folder = Optional.ofNullable(path.getParent()).orElse(path);
            Files.createDirectories(folder);
            var kind = Files.getFileStore(folder).type();
            if (REMOTE.matcher(kind).matches()) {
                throw new Fault(
                        2106,
                        "the store " + path + " is on a network.",
                        "a file system of type " + kind + ".",
                        "a disk of this host: SQLite's locks do not hold across a network.",
                        "choose a local folder with 'store: sqlite:///FILE'.");
            }
        } catch (IOException e) {
            throw unusable(path, e.toString() + ".").causedBy(e);
        }
        var database = Database.open(path);
        try {
            Schema.bring(database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new SqliteStore(database, clock, leaseTime);
    }

    private static Fault unusable(Path file, String found) {
        return new Fault(
                2101,
                "the store " + file + " cannot be used.",
                found,
                "a file in a folder that can be written to, on a disk of this host.",
                "choose another with 'store: sqlite:///FILE', or let this user write there.");
    }

    Database database() {
        return database;
    }

    @Override
    public List<Named> experiments() {
        return database.read(t -> t.sql()
                .all(
                        "SELECT name, id, created FROM experiment ORDER BY name",
                        row -> new Named(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)))));
    }

    @Override
    public Opened create(String name, Event.ExperimentCreated created) {
        return opened(database.write(t -> {
            vacant(t, name);
            var now = Instant.ofEpochMilli(clock.millis());
            long made = named(t, name, created.id(), now);
            SqlLog.begin(t, made, created, now);
            return made;
        }));
    }

    @Override
    public Opened imported(String name, List<Entry> entries) {
        var id = Population.of(entries).id();
        return opened(database.write(t -> {
            vacant(t, name);
            var other = t.sql().first("SELECT name FROM experiment WHERE id = ?", row -> row.getString(1), id);
            if (other.isPresent()) {
                throw Store.there(id, other.get());
            }
            long made = named(t, name, id, entries.getFirst().at());
            SqlLog.begin(t, made, entries);
            return made;
        }));
    }

    private static void vacant(Transaction t, String name) throws SQLException {
        var taken = t.sql()
                .first(
                        "SELECT created FROM experiment WHERE name = ?",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        name);
        if (taken.isPresent()) {
            throw Store.taken(name, taken.get());
        }
    }

    /// The number of a new experiment.
    private static long named(Transaction t, String name, String id, Instant created) throws SQLException {
        t.sql().change("INSERT INTO experiment (name, id, created) VALUES (?, ?, ?)", name, id, created.toEpochMilli());
        return t.sql().number("SELECT number FROM experiment WHERE name = ?", name);
    }

    @Override
    public Optional<Opened> open(String name) {
        return database.read(
                        t -> t.sql().first("SELECT number FROM experiment WHERE name = ?", row -> row.getLong(1), name))
                .map(this::opened);
    }

    private Opened opened(long number) {
        var shelf = new SqlShelf(database, number, liveness);
        var log = new SqlLog(database, number, shelf, liveness, clock, leaseTime);
        return new Opened(log, shelf, new SqlMeasurements(database, number));
    }

    @Override
    public void remove(String name) {
        database.write(t -> {
            var number = t.sql().first("SELECT number FROM experiment WHERE name = ?", row -> row.getLong(1), name);
            if (number.isPresent()) {
                Schema.remove(t.sql(), number.get());
            }
            return name;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
