package dev.clade.bench.sessions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times of one thing [ms].
final class Times {

    private final List<Double> all = new ArrayList<>();

    /// Something that is done in a measured time.
    @FunctionalInterface
    interface Act {
        void once() throws IOException;
    }

    void time(Act act) throws IOException {
        long began = System.nanoTime();
        act.once();
        all.add((System.nanoTime() - began) / 1e6);
    }

    double median() {
        return part(0.5);
    }

    private double part(double part) {
        var sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.round(part * (sorted.size() - 1)));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms (%d times)", median(), part(0.99), all.size());
    }
}
