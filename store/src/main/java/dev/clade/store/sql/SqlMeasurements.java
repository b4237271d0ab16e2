package dev.clade.store.sql;

import dev.clade.population.MemberId;
import dev.clade.store.Measurements;
import java.util.List;

/// Live measurements in an SQLite file. SQLite has no NaN: it stands as NULL.
final class SqlMeasurements implements Measurements {

    private final Database database;
    private final long experiment;

    SqlMeasurements(Database database, long experiment) {
        this.database = database;
        this.experiment = experiment;
    }

    @Override
    public void keep(List<Row> rows) {
        database.writeQuickly(t -> {
            for (var row : rows) {
                t.sql()
                        .change(
                                "INSERT OR IGNORE INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                experiment,
                                row.member().index(),
                                row.segment(),
                                row.term(),
                                row.sequence(),
                                row.step(),
                                row.metric(),
                                row.value());
            }
            return rows;
        });
    }

    @Override
    public List<Row> of(MemberId member) {
        return database.read(t -> t.sql()
                .all(
                        "SELECT segment, term, sequence, step, metric, value FROM measurement"
                                + " WHERE experiment = ? AND member = ? ORDER BY segment, term, sequence",
                        row -> {
                            double read = row.getDouble(6);
                            double value = row.wasNull() ? Double.NaN : read;
                            return new Row(
                                    member,
                                    row.getInt(1),
                                    row.getInt(2),
                                    row.getInt(3),
                                    row.getLong(4),
                                    row.getString(5),
                                    value);
                        },
                        experiment,
                        member.index()));
    }
}
