package dev.clade.store.open;

import dev.clade.fault.Fault;
import dev.clade.store.Store;
import dev.clade.store.memory.MemoryStore;
import dev.clade.store.sql.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Opens stores by their URLs.
///
/// | URL | store |
/// |---|---|
/// | `sqlite:///runs/clade.db` | an SQLite file, relative to a folder |
/// | `sqlite:////var/clade.db` | an SQLite file, from the root |
/// | `jdbc:sqlite:FILE` | the same as SQLite's driver writes it |
/// | `memory:` | nothing that outlives the process |
public final class Stores {

    /// How long a worker may be silent, where its process still lives.
    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final String SQLITE = "sqlite:///";
    private static final String JDBC = "jdbc:sqlite:";

    private Stores() {}

    /// @param folder that relative paths begin at
    /// @throws Fault 2105 for a URL that names no store
    public static Store open(String url, Path folder) {
        if (url.equals("memory:")) {
            return new MemoryStore(InstantSource.system(), LEASE);
        }
        return SqliteStore.open(file(url, folder), InstantSource.system(), LEASE);
    }

    /// The file of an SQLite URL.
    public static Path file(String url, Path folder) {
        var path = url.startsWith(SQLITE)
                ? url.substring(SQLITE.length())
                : url.startsWith(JDBC) ? url.substring(JDBC.length()) : "";
        if (path.isBlank() || path.contains("?") || path.startsWith(":")) {
            throw new Fault(
                    2105,
                    "'" + url + "' names no store.",
                    url + ".",
                    "sqlite:///FILE (relative), sqlite:////FILE (from the root) or memory:.",
                    "correct the URL; other stores come with artifacts of their own.");
        }
        return folder.resolve(path).normalize();
    }
}
