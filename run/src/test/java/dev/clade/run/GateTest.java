package dev.clade.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final int SLOTS = 4;

    @Test
    void whoIsAlone_hasNoNeighbour() throws Exception {
        var gate = Gate.of(SLOTS);
        var inside = new AtomicInteger();
        var crowded = new AtomicInteger();
        try (var pool = Executors.newFixedThreadPool(SLOTS)) {
            var visits = new ArrayList<Future<?>>();
            for (int i = 0; i < 400; i++) {
                boolean alone = i % 5 == 0;
                visits.add(pool.submit(() -> {
                    gate.enter(alone);
                    int there = inside.incrementAndGet();
                    if (alone && there > 1) {
                        crowded.incrementAndGet();
                    }
                    Thread.yield();
                    inside.decrementAndGet();
                    gate.leave(alone);
                }));
            }
            for (var visit : visits) {
                visit.get();
            }
        }

        assertThat(crowded).hasValue(0);
        assertThat(inside).hasValue(0);
    }
}
