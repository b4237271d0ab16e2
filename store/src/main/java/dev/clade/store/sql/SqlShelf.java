package dev.clade.store.sql;

import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import dev.clade.store.Shelf;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The rows of an experiment's checkpoints in an SQLite file.
final class SqlShelf implements Shelf {

    private final Database database;
    private final long experiment;
    private final Liveness liveness;

    /// The transaction of the append that is being judged; whoever has the database's turn sets it first.
    private Optional<Transaction> current = Optional.empty();

    SqlShelf(Database database, long experiment, Liveness liveness) {
        this.database = database;
        this.experiment = experiment;
        this.liveness = liveness;
    }

    void within(Transaction transaction) {
        current = Optional.of(transaction);
    }

    @Override
    public boolean announce(WorkerId by, CheckpointId checkpoint, Collection<File> files) {
        return database.writeQuickly(t -> announce(t, by, checkpoint, files));
    }

    private boolean announce(Transaction t, WorkerId by, CheckpointId checkpoint, Collection<File> files)
            throws SQLException {
        var state = state(t, checkpoint);
        if (state.filter(s -> s == State.CONDEMNED).isPresent()) {
            return false;
        }
        for (var file : files) {
            boolean condemned = t.sql()
                    .first(
                            "SELECT 1 FROM file WHERE experiment = ? AND digest = ? AND condemned IS NOT NULL",
                            row -> true,
                            experiment,
                            file.digest())
                    .isPresent();
            if (condemned) {
                return false;
            }
        }
        if (state.filter(s -> s == State.PRESENT).isEmpty()) {
            t.sql()
                    .change(
                            "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, 'WRITING', ?)",
                            experiment,
                            checkpoint.digest(),
                            by.name());
        }
        for (var file : files) {
            t.sql().change("INSERT OR IGNORE INTO file VALUES (?, ?, ?, NULL)", experiment, file.digest(), file.size());
            t.sql()
                    .change(
                            "INSERT OR IGNORE INTO part VALUES (?, ?, ?)",
                            experiment,
                            checkpoint.digest(),
                            file.digest());
        }
        return true;
    }

    private Optional<State> state(Transaction t, CheckpointId checkpoint) throws SQLException {
        return t.sql()
                .first(
                        "SELECT state FROM checkpoint WHERE experiment = ? AND digest = ?",
                        row -> State.valueOf(row.getString(1)),
                        experiment,
                        checkpoint.digest());
    }

    @Override
    public boolean holds(CheckpointId checkpoint) {
        try {
            return state(current.orElseThrow(), checkpoint)
                    .filter(s -> s != State.CONDEMNED)
                    .isPresent();
        } catch (SQLException e) {
            throw Database.Trouble.of(database.file(), e);
        }
    }

    @Override
    public void kept(CheckpointId checkpoint) {
        try {
            current.orElseThrow()
                    .sql()
                    .change(
                            "UPDATE checkpoint SET state = 'PRESENT' WHERE experiment = ? AND digest = ?",
                            experiment,
                            checkpoint.digest());
        } catch (SQLException e) {
            throw Database.Trouble.of(database.file(), e);
        }
    }

    @Override
    public Condemned condemn(WorkerId by, Set<CheckpointId> roots) {
        try {
            return condemn(current.orElseThrow(), by, row -> switch (row.state()) {
                case PRESENT -> roots.contains(row.checkpoint());
                case WRITING -> roots.contains(row.checkpoint()) || liveness.lives(row.owner());
                case CONDEMNED -> liveness.lives(row.owner());
            });
        } catch (SQLException e) {
            throw Database.Trouble.of(database.file(), e);
        }
    }

    @Override
    public Condemned leftovers(WorkerId by) {
        return database.write(
                t -> condemn(t, by, row -> row.state() != State.CONDEMNED || liveness.lives(row.owner())));
    }

    private Condemned condemn(Transaction t, WorkerId by, Predicate<Owned> needed) throws SQLException {
        var checkpoints = new ArrayList<CheckpointId>();
        for (var row : owned(t)) {
            if (!needed.test(row)) {
                t.sql()
                        .change(
                                "UPDATE checkpoint SET state = 'CONDEMNED', owner = ? WHERE experiment = ? AND digest = ?",
                                by.name(),
                                experiment,
                                row.checkpoint().digest());
                checkpoints.add(row.checkpoint());
            }
        }
        return new Condemned(checkpoints, files(t, by));
    }

    private record Owned(CheckpointId checkpoint, State state, WorkerId owner) {}

    private List<Owned> owned(Transaction t) throws SQLException {
        return t.sql()
                .all(
                        "SELECT digest, state, owner FROM checkpoint WHERE experiment = ?",
                        row -> new Owned(
                                new CheckpointId(row.getString(1)),
                                State.valueOf(row.getString(2)),
                                new WorkerId(row.getString(3))),
                        experiment);
    }

    /// Files that only condemned checkpoints hold, condemned now, or by somebody who is dead: never those that another
    /// slot of this worker is deleting.
    private List<String> files(Transaction t, WorkerId by) throws SQLException {
        record Doomed(String digest, Optional<WorkerId> by) {}
        var doomed = t.sql()
                .all(
                        "SELECT f.digest, f.condemned FROM file f WHERE f.experiment = ? AND NOT EXISTS ("
                                + "SELECT 1 FROM part p JOIN checkpoint c ON c.experiment = p.experiment"
                                + " AND c.digest = p.checkpoint WHERE p.experiment = f.experiment AND p.file = f.digest"
                                + " AND c.state <> 'CONDEMNED')",
                        row -> new Doomed(
                                row.getString(1),
                                Optional.ofNullable(row.getString(2)).map(WorkerId::new)),
                        experiment);
        var files = new ArrayList<String>();
        for (var file : doomed) {
            if (file.by().filter(liveness::lives).isEmpty()) {
                t.sql()
                        .change(
                                "UPDATE file SET condemned = ? WHERE experiment = ? AND digest = ?",
                                by.name(),
                                experiment,
                                file.digest());
                files.add(file.digest());
            }
        }
        return files;
    }

    @Override
    public void forget(Condemned deleted) {
        database.writeQuickly(t -> {
            for (var checkpoint : deleted.checkpoints()) {
                t.sql()
                        .change(
                                "DELETE FROM part WHERE experiment = ? AND checkpoint = ?",
                                experiment,
                                checkpoint.digest());
                t.sql()
                        .change(
                                "DELETE FROM checkpoint WHERE experiment = ? AND digest = ?",
                                experiment,
                                checkpoint.digest());
            }
            for (var file : deleted.files()) {
                t.sql().change("DELETE FROM file WHERE experiment = ? AND digest = ?", experiment, file);
            }
            return deleted;
        });
    }

    @Override
    public boolean lives(WorkerId worker) {
        return liveness.lives(worker);
    }

    @Override
    public List<Row> rows() {
        return database.read(t -> t.sql()
                .all(
                        "SELECT c.digest, c.state, (SELECT sum(f.size) FROM part p JOIN file f ON f.experiment ="
                                + " p.experiment AND f.digest = p.file WHERE p.experiment = c.experiment"
                                + " AND p.checkpoint = c.digest) FROM checkpoint c WHERE c.experiment = ?"
                                + " ORDER BY c.digest",
                        row -> new Row(
                                new CheckpointId(row.getString(1)), State.valueOf(row.getString(2)), row.getLong(3)),
                        experiment));
    }
}
