package dev.clade.bench.speed;

import java.util.Arrays;
import java.util.Locale;

/// Times of one thing done again and again [ns].
final class Times {

    private final long[] sorted;

    private Times(long[] sorted) {
        this.sorted = sorted;
    }

    /// Something that is done in a measured time.
    @FunctionalInterface
    interface Act {
        void once(int number) throws Exception;
    }

    /// @param warm how often it is done before it counts
    static Times of(int warm, int count, Act act) throws Exception {
        for (int i = 0; i < warm; i++) {
            act.once(i);
        }
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            act.once(warm + i);
            times[i] = System.nanoTime() - began;
        }
        Arrays.sort(times);
        return new Times(times);
    }

    static Times of(long[] times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    private double millis(double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * (sorted.length - 1)))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.3f ms, p99 %.3f ms (%d times)", millis(0.5), millis(0.99), sorted.length);
    }
}
