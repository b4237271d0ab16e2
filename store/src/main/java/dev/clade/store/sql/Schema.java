package dev.clade.store.sql;

import dev.clade.fault.Fault;
import java.sql.SQLException;
import java.util.List;

/// The tables. `event` is the truth; `holder`, `clock` and `item` are projections or leases beside it.
final class Schema {

    /// In `PRAGMA user_version`.
    static final int VERSION = 1;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE experiment (
              number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE, created INTEGER NOT NULL)
            """,
            """
            CREATE TABLE event (
              experiment INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, elapsed INTEGER NOT NULL,
              kind TEXT NOT NULL, member INTEGER, segment INTEGER, text TEXT NOT NULL, digest TEXT NOT NULL,
              PRIMARY KEY (experiment, position)) WITHOUT ROWID
            """,
            """
            CREATE UNIQUE INDEX one_outcome ON event (experiment, member, segment)
              WHERE kind IN ('SegmentFinished', 'MemberFailed')
            """,
            "CREATE UNIQUE INDEX one_decision ON event (experiment, member, segment) WHERE kind = 'Decided'",
            "CREATE TABLE clock (experiment INTEGER PRIMARY KEY, last INTEGER NOT NULL, elapsed INTEGER NOT NULL)",
            """
            CREATE TABLE holder (
              experiment INTEGER NOT NULL, member INTEGER NOT NULL, worker TEXT, term INTEGER NOT NULL,
              lost INTEGER NOT NULL, PRIMARY KEY (experiment, member)) WITHOUT ROWID
            """,
            """
            CREATE TABLE worker (
              experiment INTEGER NOT NULL, name TEXT NOT NULL, beat INTEGER NOT NULL,
              PRIMARY KEY (experiment, name)) WITHOUT ROWID
            """,
            """
            CREATE TABLE measurement (
              experiment INTEGER NOT NULL, member INTEGER NOT NULL, segment INTEGER NOT NULL, term INTEGER NOT NULL,
              sequence INTEGER NOT NULL, step INTEGER NOT NULL, metric TEXT NOT NULL, value REAL,
              PRIMARY KEY (experiment, member, segment, term, sequence)) WITHOUT ROWID
            """,
            """
            CREATE TABLE checkpoint (
              experiment INTEGER NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL,
              PRIMARY KEY (experiment, digest)) WITHOUT ROWID
            """,
            """
            CREATE TABLE file (
              experiment INTEGER NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, condemned TEXT,
              PRIMARY KEY (experiment, digest)) WITHOUT ROWID
            """,
            """
            CREATE TABLE part (
              experiment INTEGER NOT NULL, checkpoint TEXT NOT NULL, file TEXT NOT NULL,
              PRIMARY KEY (experiment, checkpoint, file)) WITHOUT ROWID
            """,
            "CREATE INDEX parts_of ON part (experiment, file)");

    private static final List<String> NAMES =
            List.of("event", "clock", "holder", "worker", "measurement", "checkpoint", "file", "part");

    private Schema() {}

    /// Makes the tables where there are none.
    ///
    /// @throws Fault 2201 for a store that a newer Clade has written
    static void bring(Database database) {
        if (database.read(t -> t.sql().number("PRAGMA user_version")) == VERSION) {
            return;
        }
        database.write(t -> {
            long found = t.sql().number("PRAGMA user_version");
            if (found == 0) {
                create(t.sql());
            } else if (found != VERSION) {
                throw newer(database, found);
            }
            return found;
        });
    }

    private static void create(Statements sql) throws SQLException {
        if (sql.number("SELECT count(*) FROM sqlite_schema") > 0) {
            throw new Fault(
                    2102,
                    "the file is a database of another program.",
                    "tables that Clade did not make.",
                    "a new file, or one that Clade has made.",
                    "choose another with 'store: sqlite:///FILE'; nothing was changed.");
        }
        for (var table : TABLES) {
            sql.change(table);
        }
        sql.change("PRAGMA user_version = " + VERSION);
    }

    private static Fault newer(Database database, long found) {
        return new Fault(
                2201,
                "the store " + database.file() + " was written by another Clade.",
                "schema version " + found + ".",
                "version " + VERSION + ".",
                "use the newest Clade that has written to it; nothing was changed.");
    }

    /// Deletes all rows of an experiment.
    static void remove(Statements sql, long experiment) throws SQLException {
        for (var table : NAMES) {
            sql.change("DELETE FROM " + table + " WHERE experiment = ?", experiment);
        }
        sql.change("DELETE FROM experiment WHERE number = ?", experiment);
    }
}
