package dev.clade.bench.simulate;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/// Experiments a minute on one thread, whose own time counts: what else the machine does at the time
/// does not.
final class Throughput {

    private static final int MEMBERS = 20;
    private static final int DECISIONS = 50;

    private Throughput() {}

    static void print(int experiments, int slots, String toy) {
        for (int i = 0; i < experiments; i++) {
            Toys.run(i, MEMBERS, slots, DECISIONS, toy);
        }
        var threads = ManagementFactory.getThreadMXBean();
        long began = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long decisions = 0;
        for (int i = 0; i < experiments; i++) {
            decisions += Sizes.decisions(Toys.run(experiments + i, MEMBERS, slots, DECISIONS, toy));
        }
        double own = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        double wall = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s, %d members, %d slots, %.0f decisions each: %,.0f experiments a minute of this thread's time, %,.0f by"
                        + " the clock; %.1f us a decision%n",
                toy,
                MEMBERS,
                slots,
                (double) decisions / experiments / MEMBERS,
                60 * experiments / own,
                60 * experiments / wall,
                own * 1e6 / decisions);
    }
}
