package dev.clade.zoo.member;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The places `0 .. count - 1` again and again: each comes once in a pass, in an order drawn anew for each.
public final class Passes {

    private final RandomGenerator random;
    private int[] order;
    private int place;

    public Passes(int count, RandomGenerator random) {
        this.random = random;
        order = shuffled(count, random);
    }

    /// The next places. A new pass may begin among them.
    public int[] next(int count) {
        var next = new int[count];
        for (int i = 0; i < count; i++) {
            if (place == order.length) {
                order = shuffled(order.length, random);
                place = 0;
            }
            next[i] = order[place++];
        }
        return next;
    }

    /// `0 .. count - 1` in an order drawn anew (Fisher, Yates; Durstenfeld 1964).
    public static int[] shuffled(int count, RandomGenerator random) {
        var order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
