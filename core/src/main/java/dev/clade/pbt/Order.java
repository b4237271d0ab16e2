package dev.clade.pbt;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The order of scores: best first, equal ones as they came. It is exactly that of [Double#compare], found without
/// an object for each score.
final class Order {

    private Order() {}

    /// The places of scores in the array that was given, best first.
    static int[] bestFirst(double[] scores) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(scores.length);
        long low = (1L << bits) - 1;
        var keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (falling(scores[i]) & ~low) | i;
        }
        Arrays.sort(keys);
        var order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            order[i] = (int) (keys[i] & low);
        }
        settle(keys, ~low, order, scores);
        return order;
    }

    /// A number that is the smaller the larger the score.
    private static long falling(double score) {
        long bits = Double.doubleToLongBits(-score);
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    /// Puts in order what differs only in bits that gave way to the place.
    private static void settle(long[] keys, long high, int[] order, double[] scores) {
        for (int from = 0, to; from < order.length; from = to) {
            for (to = from + 1; to < order.length && (keys[to] & high) == (keys[from] & high); to++) {}
            if (!equal(order, from, to, scores)) {
                var run = IntStream.range(from, to)
                        .mapToObj(i -> order[i])
                        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                                .thenComparingInt(i -> i))
                        .toList();
                for (int i = from; i < to; i++) {
                    order[i] = run.get(i - from);
                }
            }
        }
    }

    private static boolean equal(int[] order, int from, int to, double[] scores) {
        for (int i = from + 1; i < to; i++) {
            if (Double.compare(scores[order[from]], scores[order[i]]) != 0) {
                return false;
            }
        }
        return true;
    }
}
