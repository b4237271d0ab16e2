package dev.clade.store.memory;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.store.Measurements;
import dev.clade.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Experiments for as long as the process lives.
public final class MemoryStore implements Store {

    private final InstantSource clock;
    private final Duration leaseTime;
    private final SortedMap<String, Held> experiments = new TreeMap<>();

    private record Held(Named named, Opened opened) {}

    public MemoryStore(InstantSource clock, Duration leaseTime) {
        this.clock = clock;
        this.leaseTime = leaseTime;
    }

    @Override
    public synchronized List<Named> experiments() {
        return experiments.values().stream().map(Held::named).toList();
    }

    @Override
    public synchronized Opened create(String name, Event.ExperimentCreated created) {
        vacant(name);
        var shelf = new MemoryShelf();
        return held(name, created.id(), new MemoryLog(created, clock, leaseTime, shelf), shelf);
    }

    @Override
    public synchronized Opened imported(String name, List<Entry> entries) {
        vacant(name);
        var id = Population.first(entries.getFirst()).id();
        for (var held : experiments.values()) {
            if (held.named().id().equals(id)) {
                throw Store.there(id, held.named().name());
            }
        }
        var shelf = new MemoryShelf();
        return held(name, id, MemoryLog.of(entries, clock, leaseTime, shelf), shelf);
    }

    private void vacant(String name) {
        var taken = experiments.get(name);
        if (taken != null) {
            throw Store.taken(name, taken.named().created());
        }
    }

    private Opened held(String name, String id, MemoryLog log, MemoryShelf shelf) {
        var opened = new Opened(log, shelf, new InMemory());
        var created = log.after(0, 1).getFirst().at();
        experiments.put(name, new Held(new Named(name, id, created), opened));
        return opened;
    }

    @Override
    public synchronized Optional<Opened> open(String name) {
        return Optional.ofNullable(experiments.get(name)).map(Held::opened);
    }

    @Override
    public synchronized void remove(String name) {
        experiments.remove(name);
    }

    @Override
    public void close() {}

    private static final class InMemory implements Measurements {

        private final SortedMap<Key, Row> rows = new TreeMap<>();

        private record Key(MemberId member, int segment, int term, int sequence) implements Comparable<Key> {
            @Override
            public int compareTo(Key other) {
                return java.util.Comparator.comparing(Key::member)
                        .thenComparingInt(Key::segment)
                        .thenComparingInt(Key::term)
                        .thenComparingInt(Key::sequence)
                        .compare(this, other);
            }
        }

        @Override
        public synchronized void keep(List<Row> more) {
            more.forEach(
                    row -> rows.putIfAbsent(new Key(row.member(), row.segment(), row.term(), row.sequence()), row));
        }

        @Override
        public synchronized List<Row> of(MemberId member) {
            return rows.entrySet().stream()
                    .filter(e -> e.getKey().member().equals(member))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }
}
