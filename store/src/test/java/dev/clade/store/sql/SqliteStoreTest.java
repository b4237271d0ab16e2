package dev.clade.store.sql;

import dev.clade.store.Store;
import dev.clade.store.StoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

    @TempDir
    private static Path folder = Path.of("");

    private static int number;

    @Override
    protected Store open(InstantSource clock) {
        return SqliteStore.open(folder.resolve("store-" + number++ + ".db"), clock, LEASE);
    }
}
