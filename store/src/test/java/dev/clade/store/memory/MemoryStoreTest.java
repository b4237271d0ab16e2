package dev.clade.store.memory;

import dev.clade.store.Store;
import dev.clade.store.StoreContract;
import java.time.InstantSource;

class MemoryStoreTest extends StoreContract {

    @Override
    protected Store open(InstantSource clock) {
        return new MemoryStore(clock, LEASE);
    }
}
