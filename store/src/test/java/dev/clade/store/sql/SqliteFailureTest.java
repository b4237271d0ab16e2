package dev.clade.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.settings.Setting;
import dev.clade.store.Append;
import dev.clade.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an SQLite store does when the world goes wrong.
class SqliteFailureTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("clade.db");
    }

    private SqliteStore open() {
        return SqliteStore.open(file(), InstantSource.system(), LEASE);
    }

    private static Event.ExperimentCreated created() {
        var settings = Setting.map(Map.of(
                "name", Setting.text("story"),
                "metric", Setting.word("q"),
                "budget", Setting.map("steps", Setting.number(100)),
                "parameters",
                        Setting.map(
                                "x",
                                Setting.map("uniform", Setting.list(List.of(Setting.number(0), Setting.number(1))))),
                "trainer", Setting.map("toy", Setting.word("sleeper"))));
        return new Event.ExperimentCreated("id", settings, new TreeMap<>());
    }

    private static void join(Store.Opened opened, String worker) {
        var event = new Event.WorkerJoined(new WorkerId(worker), "test", "here");
        opened.log().commit(List.of(Append.of(event)));
    }

    private static long experiments(Database database) {
        return database.read(t -> t.sql().number("SELECT count(*) FROM experiment"));
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aReopenedLog_goesOnWhereItWas() {
        Population before;
        try (var store = open()) {
            var opened = store.create("story", created());
            join(opened, "one");
            before = opened.log().newest();
        }
        try (var store = open()) {
            var opened = store.open("story").orElseThrow();
            assertThat(opened.log().newest().position()).isEqualTo(before.position());
            join(opened, "two");
            assertThat(opened.log().after(0, 9)).hasSize(3);
        }
    }

    @Test
    void twoProcessesWorth_ofConnections_seeOneLog() throws InterruptedException {
        try (var one = open();
                var other = open()) {
            var here = one.create("story", created());
            var there = other.open("story").orElseThrow();
            join(here, "one");
            join(there, "two");
            join(here, "three");

            assertThat(here.log().after(0, 9))
                    .isEqualTo(there.log().after(0, 9))
                    .hasSize(4);
            assertThat(there.log().await(3, Duration.ofSeconds(30))).isTrue();
            assertThat(there.log().newest().position()).isEqualTo(4);
        }
    }

    @Test
    void aDiskThatIsFull_losesNothingThatWasAcknowledged() {
        try (var database = Database.open(file())) {
            Schema.bring(database);
            database.write(t -> t.sql().change("INSERT INTO experiment (name, id, created) VALUES ('story', 'id', 0)"));
            long pages = database.read(t -> t.sql().number("PRAGMA page_count"));
            database.read(t -> t.sql().number("PRAGMA max_page_count = " + (pages + 2)));

            assertThatThrownBy(() -> database.write(t -> t.sql()
                            .change(
                                    "INSERT INTO experiment (name, id, created) VALUES (?, 'id-2', 0)",
                                    "x".repeat(100_000))))
                    .hasMessage("CLADE-2203 the store " + file() + " cannot grow."
                            + "  Found: [SQLITE_FULL] Insertion failed because database is full (database or disk is full)."
                            + "  Expected: room on the disk."
                            + "  Mend: make room, then 'clade resume'; nothing that was acknowledged is lost.");
            assertThat(experiments(database)).isEqualTo(1);
        }
    }

    @Test
    void aFullDisk_leavesTheLogAsItWas_andItGoesOnWhenThereIsRoom() {
        try (var store = open()) {
            var opened = store.create("story", created());
            var database = store.database();
            long pages = database.read(t -> t.sql().number("PRAGMA page_count"));
            database.read(t -> t.sql().number("PRAGMA max_page_count = " + (pages + 1)));

            assertThatThrownBy(() -> join(opened, "w".repeat(50_000)))
                    .isInstanceOfSatisfying(
                            Fault.class, f -> assertThat(f.code()).isEqualTo(2203));
            assertThat(opened.log().newest().position()).isEqualTo(1);

            database.read(t -> t.sql().number("PRAGMA max_page_count = 1000000"));
            join(opened, "two");
            assertThat(opened.log().after(0, 9)).hasSize(2);
        }
    }

    @Test
    void aChangedEvent_isDetected_andNeverContinued() throws SQLException {
        try (var store = open()) {
            join(store.create("story", created()), "one");
        }
        change("UPDATE event SET text = replace(text, 'one', 'two') WHERE position = 2");

        try (var store = open()) {
            assertThatThrownBy(() -> store.open("story"))
                    .hasMessageStartingWith("CLADE-2202 the log is damaged at position 2.");
        }
    }

    @Test
    void aLogThatWasCutAndGrownElsewhere_isDetected() throws SQLException {
        try (var store = open()) {
            var opened = store.create("story", created());
            join(opened, "one");
            join(opened, "two");
        }
        change("DELETE FROM event WHERE position = 2");

        try (var store = open()) {
            assertThatThrownBy(() -> store.open("story"))
                    .hasMessageStartingWith("CLADE-2202 the log is damaged at position 3.");
        }
    }

    @Test
    void aFileThatIsNoDatabase_isNotTouched() throws IOException {
        Files.writeString(file(), "these are my notes, ".repeat(100));

        assertThatThrownBy(this::open).hasMessageStartingWith("CLADE-2202 the store " + file() + " is damaged.");
        assertThat(Files.readString(file())).startsWith("these are my notes");
    }

    @Test
    void aDatabaseOfAnotherProgram_isNotTouched() throws SQLException {
        change("CREATE TABLE customer (name TEXT)");

        assertThatThrownBy(this::open).hasMessageStartingWith("CLADE-2102 the file is a database of another program.");
    }

    @Test
    void aStoreOfANewerClade_isNotTouched() throws SQLException {
        open().close();
        change("PRAGMA user_version = 9");

        assertThatThrownBy(this::open)
                .hasMessage("CLADE-2201 the store " + file() + " was written by another Clade."
                        + "  Found: schema version 9.  Expected: version 1."
                        + "  Mend: use the newest Clade that has written to it; nothing was changed.");
    }

    @Test
    void aFolderThatCannotBe_isNamed() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("file/clade.db"), InstantSource.system(), LEASE))
                .hasMessageStartingWith("CLADE-2101 the store " + folder.resolve("file/clade.db") + " cannot be used.");
    }

    @Test
    void workInOneBatch_failsAlone() {
        try (var database = Database.open(file())) {
            Schema.bring(database);
            assertThatThrownBy(() -> database.write(t -> {
                        t.sql().change("INSERT INTO experiment (name, id, created) VALUES ('a', 'a', 0)");
                        throw new IllegalStateException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            assertThat(experiments(database)).isZero();
        }
    }
}
