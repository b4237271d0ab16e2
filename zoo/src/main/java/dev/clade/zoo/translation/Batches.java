package dev.clade.zoo.translation;

import dev.clade.zoo.member.Passes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which sentences an update sees: those of a pass in an order drawn anew, but side by side with others of
/// their length, so that little is filled up. A pool of [#POOL] batches is sorted by length, cut, and its
/// batches are shuffled.
final class Batches {

    private static final int POOL = 50;

    private final List<Data.Pair> pairs;
    private final int size;
    private final Passes passes;
    private final RandomGenerator random;
    private final Deque<List<Data.Pair>> pool = new ArrayDeque<>();

    Batches(List<Data.Pair> pairs, int size, RandomGenerator random) {
        this.pairs = pairs;
        this.size = size;
        this.random = random;
        passes = new Passes(pairs.size(), random);
    }

    List<Data.Pair> next() {
        if (pool.isEmpty()) {
            fill();
        }
        return pool.removeFirst();
    }

    private void fill() {
        var sorted = Arrays.stream(passes.next(POOL * size))
                .mapToObj(pairs::get)
                .sorted(Comparator.<Data.Pair>comparingInt(pair -> pair.target().length)
                        .thenComparingInt(pair -> pair.source().length))
                .toList();
        var batches = new ArrayList<List<Data.Pair>>();
        for (int i = 0; i < POOL; i++) {
            batches.add(sorted.subList(i * size, (i + 1) * size));
        }
        for (int i : Passes.shuffled(POOL, random)) {
            pool.add(batches.get(i));
        }
    }
}
