package dev.clade.bench.speed;

import dev.clade.population.Event;
import dev.clade.population.Group;
import dev.clade.population.WorkerId;
import dev.clade.store.Append;
import dev.clade.store.Lease;
import dev.clade.store.Measurements.Row;
import dev.clade.store.Shelf;
import dev.clade.store.Store;
import dev.clade.store.Verdict;
import dev.clade.store.sql.SqliteStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Full cycles of members on one SQLite store, each step of it durable: announce the checkpoint, commit the outcome,
/// decide, commit the decision with the next segment's start. Only training, and the checkpoint's bytes, are left
/// out.
final class Cycles {

    private static final WorkerId WORKER = new WorkerId("bench");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int PER_THREAD = 400;
    private static final int BATCH = 512;

    private Cycles() {}

    static void print(Path folder, PrintStream out) throws Exception {
        for (int threads : new int[] {1, 2, 8, 16, 64}) {
            try (var store =
                    SqliteStore.open(folder.resolve("cycles-" + threads + ".db"), InstantSource.system(), LEASE)) {
                cycles(store, threads, out);
            }
        }
        opening(folder.resolve("cycles-64.db"), out);
    }

    /// From a process that knows nothing to the fold of all that was written: what every command begins with.
    private static void opening(Path file, PrintStream out) throws Exception {
        try (var store = SqliteStore.open(file, InstantSource.system(), LEASE)) {
            var times =
                    Times.of(2, 10, _ -> store.open("crowd").orElseThrow().log().close());
            out.printf(
                    "opening a log of %,d entries, every digest compared: %s%n",
                    store.open("crowd").orElseThrow().log().newest().position(), times);
        }
    }

    private static void cycles(Store store, int threads, PrintStream out) throws Exception {
        var crowd = new Crowd(threads, 1);
        var opened = store.create("crowd", crowd.created("crowd"));
        opened.log().join(WORKER, "bench", "here");
        for (int i = 0; i < threads; i++) {
            opened.log().commit(List.of(Append.of(new Event.MemberEnrolled(Crowd.member(i), Group.ALL))));
        }
        var leases = opened.log().lease(WORKER, threads);
        leases.forEach(lease -> begin(crowd, opened, lease));
        leases.forEach(lease -> cycle(crowd, opened, lease));
        long began = System.nanoTime();
        var times = inParallel(leases.stream()
                .<Callable<long[]>>map(lease -> () -> {
                    var each = new long[PER_THREAD];
                    for (int i = 0; i < PER_THREAD; i++) {
                        long from = System.nanoTime();
                        cycle(crowd, opened, lease);
                        each[i] = System.nanoTime() - from;
                    }
                    return each;
                })
                .toList());
        double seconds = (System.nanoTime() - began) / 1e9;
        var all = times.stream().flatMapToLong(java.util.Arrays::stream).toArray();
        out.printf("cycles, SQLite, %d members at once: %,.0f /s, %s%n", threads, all.length / seconds, Times.of(all));
    }

    private static void begin(Crowd crowd, Store.Opened opened, Lease lease) {
        while (true) {
            var seen = opened.log().newest();
            var decided = (Event.Decided) crowd.decider.decide(seen, lease.member());
            var append = Append.of(lease, seen.position(), decided, crowd.started(lease, decided, seen));
            var verdict = opened.log().commit(List.of(append)).getFirst();
            if (verdict instanceof Verdict.Accepted) {
                return;
            }
            if (verdict instanceof Verdict.Refused refused) {
                throw refused.fault();
            }
        }
    }

    private static void cycle(Crowd crowd, Store.Opened opened, Lease lease) {
        var checkpoint = crowd.checkpoint();
        opened.shelf().announce(WORKER, checkpoint, List.of(new Shelf.File(checkpoint.digest(), 1)));
        var seen = opened.log().newest();
        var append = Append.of(lease, seen.position(), crowd.finished(lease, seen, checkpoint));
        if (opened.log().commit(List.of(append)).getFirst() instanceof Verdict.Refused refused) {
            throw refused.fault();
        }
        begin(crowd, opened, lease);
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        try (var pool = Executors.newFixedThreadPool(tasks.size())) {
            var results = new ArrayList<T>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    static void printMeasurements(Path folder, PrintStream out) throws Exception {
        try (var store = SqliteStore.open(folder.resolve("rows.db"), InstantSource.system(), LEASE)) {
            var opened = store.create("crowd", new Crowd(4, 1).created("crowd"));
            int batches = 200;
            long began = System.nanoTime();
            var times = inParallel(java.util.stream.IntStream.range(0, 4)
                    .<Callable<long[]>>mapToObj(member -> () -> {
                        var each = new long[batches];
                        for (int i = 0; i < batches; i++) {
                            long from = System.nanoTime();
                            opened.measurements().keep(batch(member, i));
                            each[i] = System.nanoTime() - from;
                        }
                        return each;
                    })
                    .toList());
            double seconds = (System.nanoTime() - began) / 1e9;
            var all = times.stream().flatMapToLong(java.util.Arrays::stream).toArray();
            out.printf(
                    "measurements, SQLite, 4 members, batches of %d: %,.0f /s, a batch %s%n",
                    BATCH, all.length * (double) BATCH / seconds, Times.of(all));
        }
    }

    private static List<Row> batch(int member, int number) {
        var rows = new ArrayList<Row>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            int sequence = number * BATCH + i;
            rows.add(new Row(Crowd.member(member), 1, 1, sequence, sequence, "loss", 1.0 / (1 + sequence)));
        }
        return rows;
    }
}
