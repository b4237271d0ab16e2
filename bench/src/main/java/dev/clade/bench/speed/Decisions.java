package dev.clade.bench.speed;

import dev.clade.population.Event;
import dev.clade.population.Group;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.Append;
import dev.clade.store.Lease;
import dev.clade.store.memory.MemoryLog;
import dev.clade.store.memory.MemoryShelf;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// One decision, from a folded population: ranking, exploit, explore.
final class Decisions {

    private static final WorkerId WORKER = new WorkerId("bench");

    private Decisions() {}

    static void print(PrintStream out) throws Exception {
        for (int size : new int[] {1_000, 10_000}) {
            var crowd = new Crowd(size, 1);
            var population = trained(crowd, size);
            var times = Times.of(
                    6_000, 4_000, i -> crowd.decider.decide(population, Crowd.member((int) ((i * 7919L) % size))));
            out.printf("a decision in a population of %,d: %s%n", size, times);
        }
    }

    /// Everybody has finished a segment and is undecided.
    private static Population trained(Crowd crowd, int size) {
        var shelf = new MemoryShelf();
        try (var log = new MemoryLog(crowd.created("crowd"), InstantSource.system(), Duration.ofSeconds(30), shelf)) {
            for (int i = 0; i < size; i++) {
                log.commit(List.of(Append.of(new Event.MemberEnrolled(Crowd.member(i), Group.ALL))));
            }
            for (Lease lease : log.lease(WORKER, 1)) {
                log.release(lease);
            }
            for (int i = 0; i < size; i++) {
                one(crowd, log, shelf);
            }
            return log.newest();
        }
    }

    private static void one(Crowd crowd, MemoryLog log, MemoryShelf shelf) {
        var lease = log.lease(WORKER, 1).getFirst();
        var decided = (Event.Decided) crowd.decider.decide(log.newest(), lease.member());
        log.commit(List.of(
                Append.of(lease, log.newest().position(), decided, crowd.started(lease, decided, log.newest()))));
        var checkpoint = crowd.checkpoint();
        shelf.announce(WORKER, checkpoint, List.of());
        log.commit(List.of(Append.of(lease, log.newest().position(), crowd.finished(lease, log.newest(), checkpoint))));
    }
}
