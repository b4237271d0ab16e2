package dev.clade.store.memory;

import dev.clade.population.CheckpointId;
import dev.clade.population.WorkerId;
import dev.clade.store.Shelf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is known of checkpoints, in memory: of one process, which lives as long as this does.
public final class MemoryShelf implements Shelf {

    private final NavigableMap<CheckpointId, Entry> checkpoints = new TreeMap<>();
    private final Map<String, WorkerId> condemned = new LinkedHashMap<>();

    private record Entry(State state, List<File> files) {}

    @Override
    public synchronized boolean announce(WorkerId by, CheckpointId checkpoint, Collection<File> files) {
        var known = checkpoints.get(checkpoint);
        boolean doomed = (known != null && known.state() == State.CONDEMNED)
                || files.stream().anyMatch(f -> condemned.containsKey(f.digest()));
        if (doomed) {
            return false;
        }
        checkpoints.putIfAbsent(checkpoint, new Entry(State.WRITING, List.copyOf(files)));
        return true;
    }

    @Override
    public synchronized boolean holds(CheckpointId checkpoint) {
        var known = checkpoints.get(checkpoint);
        return known != null && known.state() != State.CONDEMNED;
    }

    @Override
    public synchronized void kept(CheckpointId checkpoint) {
        checkpoints.computeIfPresent(checkpoint, (id, known) -> new Entry(State.PRESENT, known.files()));
    }

    @Override
    public synchronized Condemned condemn(WorkerId by, Set<CheckpointId> roots) {
        var doomed = new ArrayList<CheckpointId>();
        checkpoints.replaceAll((id, known) -> {
            if (known.state() != State.PRESENT || roots.contains(id)) {
                return known;
            }
            doomed.add(id);
            return new Entry(State.CONDEMNED, known.files());
        });
        if (doomed.isEmpty()) {
            return new Condemned(List.of(), List.of());
        }
        var needed = files(false);
        var files = files(true).stream()
                .filter(f -> !needed.contains(f) && !condemned.containsKey(f))
                .toList();
        files.forEach(file -> condemned.put(file, by));
        return new Condemned(doomed, files);
    }

    private Set<String> files(boolean condemned) {
        return checkpoints.values().stream()
                .filter(known -> (known.state() == State.CONDEMNED) == condemned)
                .flatMap(known -> known.files().stream())
                .map(File::digest)
                .collect(Collectors.toSet());
    }

    @Override
    public Condemned leftovers(WorkerId by) {
        return new Condemned(List.of(), List.of());
    }

    @Override
    public synchronized void forget(Condemned deleted) {
        deleted.checkpoints().forEach(checkpoints::remove);
        deleted.files().forEach(condemned::remove);
    }

    @Override
    public boolean lives(WorkerId worker) {
        return true;
    }

    @Override
    public synchronized List<Row> rows() {
        return checkpoints.entrySet().stream()
                .map(e -> new Row(
                        e.getKey(),
                        e.getValue().state(),
                        e.getValue().files().stream().mapToLong(File::size).sum()))
                .toList();
    }
}
