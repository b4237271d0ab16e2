package dev.clade.app.cli;

import dev.clade.app.wire.Experiments;
import dev.clade.app.wire.Experiments.Held;
import dev.clade.population.CheckpointId;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.MemberId;
import dev.clade.store.Measurements;
import dev.clade.store.Shelf;
import dev.clade.store.folder.FolderCheckpoints;
import dev.clade.tune.Roots;
import dev.clade.tune.Tuner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Proves what a log says: every position once and in order, each outcome and each decision once, every transition
/// allowed, every decision the same when it is made again from its basis, what is kept beside the log equal to what
/// follows from it, and the bytes of every checkpoint that may still be needed there.
///
/// That each entry has the digest that follows from the entry before is compared whenever a log is read.
final class Proof {

    /// Something that is not as the log says.
    ///
    /// @param position in the log, where it has one
    record Difference(Optional<Long> position, String what, String found, String expected) {}

    private final Seen seen;
    private final boolean bytes;
    private final List<Difference> differences = new ArrayList<>();

    private int outcomes;
    private int decisions;
    private int again;
    private final Map<String, Integer> notAgain = new TreeMap<>();
    private int roots;
    private int rows;
    private long measurements;
    private long holes;

    /// @param bytes whether to read every needed checkpoint and compare its digests
    Proof(Held held, boolean bytes) {
        this.seen = Seen.of(held);
        this.bytes = bytes;
        if (bytes) {
            seen.trained();
        }
        order();
        unique();
        decisions();
        var named = named(seen.entries());
        rows(named);
        checkpoints();
        measurements();
    }

    private void differs(Optional<Long> position, String what, String found, String expected) {
        differences.add(new Difference(position, what, found, expected));
    }

    // ---- the log

    /// Dense positions, a clock that never goes back. The fold is made by [Prefixes]; it accepts only what is legal.
    private void order() {
        long expected = 1;
        var elapsed = seen.entries().getFirst().elapsed();
        for (var entry : seen.entries()) {
            if (entry.position() != expected) {
                differs(Optional.of(expected), "a position is missing", entry.position() + "", expected + "");
            }
            if (entry.elapsed().compareTo(elapsed) < 0) {
                differs(
                        Optional.of(entry.position()),
                        "the running clock went back",
                        entry.elapsed().toString(),
                        "at least " + elapsed);
            }
            elapsed = entry.elapsed();
            expected = entry.position() + 1;
        }
    }

    private record Key(MemberId member, int segment, boolean decision) {}

    private void unique() {
        var first = new HashMap<Key, Long>();
        for (var entry : seen.entries()) {
            key(entry.event()).ifPresent(key -> {
                var before = first.putIfAbsent(key, entry.position());
                if (before != null) {
                    differs(
                            Optional.of(entry.position()),
                            "member " + key.member() + "'s segment " + key.segment() + " has two "
                                    + (key.decision() ? "decisions" : "outcomes"),
                            "one at position " + before + " and this",
                            "one");
                }
                outcomes += key.decision() ? 0 : 1;
            });
        }
    }

    private static Optional<Key> key(Event event) {
        return switch (event) {
            case Event.SegmentFinished e -> Optional.of(new Key(e.member(), e.segment(), false));
            case Event.MemberFailed e -> Optional.of(new Key(e.member(), e.segment(), false));
            case Event.Decided e -> Optional.of(new Key(e.member(), e.segment(), true));
            default -> Optional.empty();
        };
    }

    // ---- decisions

    private void decisions() {
        var bases = seen.entries().stream()
                .flatMap(e -> decided(e).stream())
                .map(Event.Decided::basis)
                .collect(Collectors.toSet());
        var prefixes = new Prefixes(seen.entries(), bases);
        boolean serial = seen.held().tuner().serial();
        long before = 0;
        for (var entry : seen.entries()) {
            if (decided(entry).isEmpty()) {
                continue;
            }
            if (serial && decided(entry).get().basis() < before) {
                differs(
                        Optional.of(entry.position()),
                        "a decision of a serial tuner did not see the one before it",
                        "basis " + decided(entry).get().basis(),
                        "at least " + before);
            }
            before = entry.position();
            decided(entry).ifPresent(decided -> {
                decisions++;
                switch (prefixes.again(decided)) {
                    case Prefixes.Again.Same same -> again++;
                    case Prefixes.Again.Not not -> notAgain.merge(not.why(), 1, Integer::sum);
                    case Prefixes.Again.Different different ->
                        differs(
                                Optional.of(entry.position()),
                                "the decision of member " + decided.member() + " at the end of segment "
                                        + decided.segment() + " does not follow from its basis, position "
                                        + decided.basis(),
                                decided.decision().toString(),
                                different.now());
                }
            });
        }
    }

    private static Optional<Event.Decided> decided(Entry entry) {
        return entry.event() instanceof Event.Decided decided ? Optional.of(decided) : Optional.empty();
    }

    // ---- what is kept beside the log

    /// Checkpoints that the log names, with the position that named them first.
    private static Map<CheckpointId, Long> named(List<Entry> entries) {
        var named = new HashMap<CheckpointId, Long>();
        for (var entry : entries) {
            switch (entry.event()) {
                case Event.SegmentFinished e -> named.putIfAbsent(e.checkpoint(), entry.position());
                case Event.SegmentPaused e -> named.putIfAbsent(e.checkpoint(), entry.position());
                default -> {}
            }
        }
        return named;
    }

    /// What is kept as saved must have been saved, says the log.
    private void rows(Map<CheckpointId, Long> named) {
        for (var row : seen.held().opened().shelf().rows()) {
            rows++;
            if (row.state() == Shelf.State.PRESENT
                    && !named.containsKey(row.checkpoint())
                    && !later(row.checkpoint())) {
                differs(
                        Optional.empty(),
                        "the row of checkpoint " + row.checkpoint() + " is not as the log says",
                        "present",
                        "a checkpoint that an outcome names");
            }
        }
    }

    /// Whether an entry that came while this was reading names it.
    private boolean later(CheckpointId checkpoint) {
        var log = seen.held().opened().log();
        return named(log.after(seen.population().position(), Integer.MAX_VALUE)).containsKey(checkpoint);
    }

    private void checkpoints() {
        if (seen.creation().simulated()) {
            return;
        }
        var tuner = seen.held().tuner();
        var needed = Roots.of(seen.population(), tuner);
        var present = present();
        try (var checkpoints = seen.held().checkpoints(Experiments.worker())) {
            for (var root : needed) {
                roots++;
                missing(root, present, checkpoints).ifPresent(found -> {
                    if (rootsNow(tuner).contains(root)) {
                        differs(
                                Optional.empty(),
                                "checkpoint " + root + ", which may still be needed, is not whole",
                                found,
                                "its row and its bytes");
                    }
                });
            }
        }
    }

    private Set<CheckpointId> present() {
        return seen.held().opened().shelf().rows().stream()
                .filter(r -> r.state() == Shelf.State.PRESENT)
                .map(Shelf.Row::checkpoint)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> missing(CheckpointId root, Set<CheckpointId> present, FolderCheckpoints checkpoints) {
        return present.contains(root) ? checkpoints.missing(root, bytes) : Optional.of("no row that says it is there");
    }

    /// What may be needed after all that came while this was reading.
    private Set<CheckpointId> rootsNow(Tuner tuner) {
        var now = seen.population();
        for (var entry : seen.held().opened().log().after(now.position(), Integer.MAX_VALUE)) {
            now = now.with(entry);
        }
        return Roots.of(now, tuner);
    }

    /// Live measurements are for charts, and not forced to the disk: what is missing is said, and is no difference.
    private void measurements() {
        var terms = new HashMap<Term, Long>();
        var members = new HashSet<MemberId>();
        for (var entry : seen.entries()) {
            if (entry.event() instanceof Event.SegmentFinished e && e.measurements() > 0) {
                terms.put(new Term(e.member(), e.segment(), e.term()), e.measurements());
                members.add(e.member());
                measurements += e.measurements();
            }
        }
        for (var member : members) {
            var found = seen.held().opened().measurements().of(member).stream()
                    .collect(Collectors.groupingBy(Term::of, Collectors.counting()));
            terms.forEach((term, count) -> {
                if (term.member().equals(member)) {
                    holes += Math.max(0, count - found.getOrDefault(term, 0L));
                }
            });
        }
    }

    private record Term(MemberId member, int segment, int term) {
        static Term of(Measurements.Row row) {
            return new Term(row.member(), row.segment(), row.term());
        }
    }

    // ---- what came of it

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    Seen seen() {
        return seen;
    }

    boolean bytes() {
        return bytes;
    }

    int outcomes() {
        return outcomes;
    }

    int decisionsMade() {
        return decisions;
    }

    int madeAgain() {
        return again;
    }

    /// Decisions that could not be made again, by why.
    Map<String, Integer> notMadeAgain() {
        return notAgain;
    }

    int roots() {
        return roots;
    }

    int checkpointRows() {
        return rows;
    }

    long measured() {
        return measurements;
    }

    /// Live measurements that outcomes count and that are not there.
    long lost() {
        return holes;
    }
}
