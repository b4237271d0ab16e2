package dev.clade.store.memory;

import dev.clade.fault.Fault;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
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
        var taken = experiments.get(name);
        if (taken != null) {
            throw new Fault(
                    2107,
                    "experiment '" + name + "' is in the store already.",
                    "one that was created " + taken.named().created() + ".",
                    "a name that is free.",
                    "go on with it by 'clade resume " + name + "', or choose another name.");
        }
        var shelf = new MemoryShelf();
        var opened = new Opened(new MemoryLog(created, clock, leaseTime, shelf), shelf, new InMemory());
        experiments.put(name, new Held(new Named(name, created.id(), clock.instant()), opened));
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
