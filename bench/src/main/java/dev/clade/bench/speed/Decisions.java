package dev.clade.bench.speed;

import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Group;
import dev.clade.population.Population;
import dev.clade.population.WorkerId;
import dev.clade.store.Append;
import dev.clade.store.memory.MemoryLog;
import dev.clade.store.memory.MemoryShelf;
import dev.clade.tune.Decider;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// One decision of PBT by the size of the population, from a folded population.
final class Decisions {

    private static final WorkerId WORKER = new WorkerId("bench");

    private Decisions() {}

    static void print(PrintStream out) throws Exception {
        for (int size : new int[] {1_000, 10_000, 100_000}) {
            var crowd = new Crowd(size, 1);
            var population = Population.of(trained(crowd, size));
            print(out, "in a population of %,d".formatted(size), crowd.decider, population);
        }
    }

    private static void print(PrintStream out, String what, Decider decider, Population population) throws Exception {
        int size = population.size();
        var times = Times.of(6_000, 4_000, i -> decider.decide(population, Crowd.member((int) ((i * 7919L) % size))));
        out.printf("a decision %s: %s%n", what, times);
    }

    /// Everybody has finished a segment and is undecided.
    private static List<Entry> trained(Crowd crowd, int size) {
        var shelf = new MemoryShelf();
        try (var log = new MemoryLog(crowd.created("crowd"), InstantSource.system(), Duration.ofSeconds(30), shelf)) {
            for (int i = 0; i < size; i++) {
                log.commit(List.of(Append.of(new Event.MemberEnrolled(Crowd.member(i), Group.ALL))));
            }
            for (int i = 0; i < size; i++) {
                one(crowd, log, shelf);
            }
            return log.after(0, Integer.MAX_VALUE);
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
