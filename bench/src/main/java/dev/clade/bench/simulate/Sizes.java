package dev.clade.bench.simulate;

import dev.clade.population.Population;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// What a decision costs as populations grow: a few of each member, everything around them included.
final class Sizes {

    private static final int DECISIONS = 3;
    private static final int MOST_SLOTS = 1_000;

    private Sizes() {}

    static void print(List<Integer> sizes) {
        Toys.run(0, sizes.getFirst(), MOST_SLOTS, DECISIONS, "power_law");
        double before = 0;
        for (int size : sizes) {
            var threads = ManagementFactory.getThreadMXBean();
            long began = threads.getCurrentThreadCpuTime();
            var end = Toys.run(1, size, Math.min(size, MOST_SLOTS), DECISIONS, "power_law");
            double each = (threads.getCurrentThreadCpuTime() - began) / 1e3 / decisions(end);
            System.out.printf(
                    Locale.ROOT,
                    "%,d members, %,d slots, %,d decisions: %.1f us of this thread's time for each%s%n",
                    size,
                    Math.min(size, MOST_SLOTS),
                    decisions(end),
                    each,
                    before == 0 ? "" : String.format(Locale.ROOT, ", %.2f times as long", each / before));
            before = each;
        }
    }

    static long decisions(Population end) {
        return end.members().stream().mapToLong(m -> m.decided()).sum();
    }
}
