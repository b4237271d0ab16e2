package dev.clade.zoo.agent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/// The returns of the last ten episodes that ended in a segment's training. Safe for threads.
final class Recent {

    static final int EPISODES = 10;

    private final Deque<Double> returns = new ArrayDeque<>();

    synchronized void add(double played) {
        if (returns.size() == EPISODES) {
            returns.removeFirst();
        }
        returns.addLast(played);
    }

    /// Ten, or as many as have ended, the oldest first.
    synchronized List<Double> all() {
        return List.copyOf(returns);
    }

    /// Their mean, once there are ten.
    OptionalDouble mean() {
        var all = all();
        return all.size() < EPISODES
                ? OptionalDouble.empty()
                : all.stream().mapToDouble(Double::doubleValue).average();
    }
}
