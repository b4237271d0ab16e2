package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clade.pbt.PopulationBasedTraining;
import dev.clade.population.Decision;
import dev.clade.population.Event;
import dev.clade.store.codec.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What is not as the log says is found, with its position.
class VerifyTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void runs() throws IOException {
        var ran = Said.run(folder, Said.TINY, "--to", folder.resolve("results").toString());
        assertEquals(0, ran.status(), ran.err());
    }

    private Said verify(String... more) {
        var all = new String[4 + more.length];
        all[0] = "verify";
        all[1] = "tiny";
        all[2] = "--store";
        all[3] = Said.store(folder);
        System.arraycopy(more, 0, all, 4, more.length);
        return Said.by(all);
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("clade.db"));
    }

    /// While members train, checkpoints are superseded and deleted: between the reading of the log and that of the
    /// rows.
    @Test
    void aRunThatGoesOnHolds() throws Exception {
        var live = Said.TINY
                .replace("name: tiny", "name: live")
                .replace("0ms", "1ms")
                .replace("steps: 40", "steps: 400");
        try (var pool = Executors.newSingleThreadExecutor()) {
            var running = pool.submit(
                    () -> Said.run(folder, live, "--to", folder.resolve("live").toString()));
            int proved = 0;
            while (!running.isDone()) {
                var said = Said.by("verify", "live", "--store", Said.store(folder));
                if (!said.err().startsWith("CLADE-4102")) { // it is in the store by now
                    assertEquals(0, said.status(), said.out() + said.err());
                    proved++;
                }
            }
            assertEquals(0, running.get().status(), running.get().err());
            assertTrue(proved > 0);
        }
    }

    @Test
    void aChangedEntryBreaksTheChain() throws SQLException {
        try (var database = database();
                var change = database.createStatement()) {
            change.execute("UPDATE event SET text = replace(text, 'sgd', 'SGD') WHERE position = 1");
        }
        var said = verify();
        assertEquals(1, said.status());
        assertTrue(said.err().matches("""
                                CLADE-5102 the log is damaged at position 1\\.
                                  Found:    digest [0-9a-f]{64}\\.
                                  Expected: [0-9a-f]{64}, which follows from the entries before\\.
                                  Mend:     restore the store from a copy; nothing was changed\\.
                                """), said.err());
    }

    @Test
    void aDamagedLogKeepsNobodyFromSeeingTheOthers() throws IOException, SQLException {
        Said.run(
                folder,
                Said.TINY,
                "--name",
                "other",
                "--to",
                folder.resolve("others").toString());
        try (var database = database();
                var change = database.createStatement()) {
            change.execute("UPDATE event SET text = replace(text, 'sgd', 'SGD') WHERE position = 1 AND experiment ="
                    + " (SELECT number FROM experiment WHERE name = 'tiny')");
        }
        var said = Said.by("list", "--store", Said.store(folder));
        assertEquals(0, said.status(), said.err());
        var lines = said.out().lines().toList();
        assertTrue(lines.get(1).matches("other +complete +5 .*"), said.out());
        assertTrue(lines.get(2).matches("tiny +unreadable +- +- +- +- .*"), said.out());
        assertTrue(
                lines.get(3).startsWith("'tiny' cannot be read: CLADE-2202 the log is damaged at position 1.  Found: "),
                said.out());
        var json = JsonMapper.builder()
                .build()
                .readTree(Said.by("list", "-f", "json", "--store", Said.store(folder))
                        .out())
                .path("experiments");
        assertTrue(json.get(0).path("error").isNull());
        assertEquals("unreadable", json.get(1).path("status").stringValue());
        assertTrue(json.get(1).path("error").stringValue().startsWith("CLADE-2202 "));
        assertEquals(json.get(0).propertyNames(), json.get(1).propertyNames(), "the same fields");
    }

    @Test
    void aDecisionThatDoesNotFollowIsFoundThoughTheChainIsWhole() throws SQLException {
        long position = rewritten(event -> event instanceof Event.Decided d
                        && d.segment() == 2
                        && d.decision() instanceof Decision.Train t
                ? new Event.Decided(
                        d.member(),
                        d.segment(),
                        d.basis(),
                        d.tuner(),
                        d.revision(),
                        new Decision.Train(
                                t.weights(), t.values(), t.plan(), t.because().and("rank", "77 of 5")))
                : event);
        var said = verify();
        assertEquals(1, said.status());
        assertTrue(said.out().startsWith("position " + position + ": the decision of member "), said.out());
        assertTrue(
                said.err()
                        .startsWith("CLADE-5201 experiment 'tiny' does not hold: 1 difference. The first, at position "
                                + position + ": the decision of member "),
                said.err());
        assertTrue(said.err().contains("rank=77 of 5"), said.err());
        assertTrue(
                said.err().contains("\n  Mend:     restore store and checkpoints from a copy; nothing was changed."));
    }

    @Test
    void aDecisionOfAnotherRevisionIsNotRederivableAndNotWrong() throws SQLException {
        rewritten(event -> event instanceof Event.Decided d && d.segment() == 2
                ? new Event.Decided(d.member(), d.segment(), d.basis(), d.tuner(), 77, d.decision())
                : event);
        var said = verify();
        assertEquals(0, said.status(), said.err());
        assertTrue(
                said.out()
                        .contains("; 1 not re-derivable: revision 77, here " + PopulationBasedTraining.REVISION + "\n"),
                said.out());
    }

    @Test
    void aCheckpointWhoseBytesAreGoneIsFound() throws IOException {
        var file = someFile();
        Files.delete(file);
        var said = verify();
        assertEquals(1, said.status());
        assertTrue(said.err().contains(", which may still be needed, is not whole.\n"), said.err());
        assertTrue(said.err().contains("\n  Expected: its row and its bytes.\n"), said.err());
    }

    @Test
    void aByteThatChangedIsFoundByReadingTheBytes() throws IOException {
        var file = someFile();
        var bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
        assertEquals(0, verify().status());
        var said = verify("--bytes");
        assertEquals(1, said.status());
        assertTrue(said.err().contains("has another size or digest"), said.err());
    }

    @Test
    void aRowThatTheLogDoesNotKnowIsFound() throws SQLException {
        try (var database = database();
                var change = database.createStatement()) {
            change.execute("INSERT INTO checkpoint SELECT experiment, '" + "ab".repeat(32)
                    + "', 'PRESENT', owner FROM checkpoint LIMIT 1");
        }
        var said = verify();
        assertEquals(1, said.status());
        assertEquals("""
                CLADE-5201 experiment 'tiny' does not hold: 1 difference. The first: the row of checkpoint %s is not as the log says.
                  Found:    present.
                  Expected: a checkpoint that an outcome names.
                  Mend:     restore store and checkpoints from a copy; nothing was changed.
                """.formatted("ab".repeat(32)), said.err());
    }

    private Path someFile() throws IOException {
        try (var walk = Files.walk(folder.resolve("checkpoints"))) {
            return walk.filter(Files::isRegularFile)
                    .filter(f -> f.toString().contains("/files/"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Changes the first event that `change` changes, and gives every entry the digest that follows; its position.
    private long rewritten(UnaryOperator<Event> change) throws SQLException {
        long changed = 0;
        try (var database = database();
                var read = database.createStatement();
                var write = database.prepareStatement("UPDATE event SET text = ?, digest = ? WHERE position = ?");
                var rows = read.executeQuery("SELECT position, at, elapsed, text FROM event ORDER BY position")) {
            var digest = EventCodec.ORIGIN;
            while (rows.next()) {
                long position = rows.getLong(1);
                var text = rows.getString(4);
                var event = EventCodec.read(text, position);
                if (changed == 0 && !change.apply(event).equals(event)) {
                    changed = position;
                    text = EventCodec.write(change.apply(event));
                }
                digest = EventCodec.digest(
                        digest,
                        position,
                        Instant.ofEpochMilli(rows.getLong(2)),
                        Duration.ofNanos(rows.getLong(3)),
                        text);
                write.setString(1, text);
                write.setString(2, digest);
                write.setLong(3, position);
                write.addBatch();
            }
            write.executeBatch();
        }
        return changed;
    }
}
