package dev.clade.zoo.agent;

import dev.clade.zoo.tensor.Checkpoint;
import dev.clade.zoo.tensor.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// The returns of the last ten episodes that ended in training, the oldest first. They belong to the weights: a
/// checkpoint holds them, so that who copies weights has what they were measured at. Safe for threads.
final class Recent {

    static final int EPISODES = 10;

    private final Numbers returns = new Numbers("returns", EPISODES);

    Recent() {
        forget();
    }

    /// As a part of a checkpoint: those that there are not yet are not numbers.
    Checkpoint.Part part() {
        return returns;
    }

    synchronized void forget() {
        Arrays.fill(returns.values(), Float.NaN);
    }

    synchronized void add(double played) {
        var values = returns.values();
        System.arraycopy(values, 1, values, 0, EPISODES - 1);
        values[EPISODES - 1] = (float) played;
    }

    /// Ten, or as many as have ended.
    synchronized List<Double> all() {
        var all = new ArrayList<Double>();
        for (float value : returns.values()) {
            if (!Float.isNaN(value)) {
                all.add((double) value);
            }
        }
        return all;
    }

    /// Their mean, once there are ten.
    OptionalDouble mean() {
        var all = all();
        return all.size() < EPISODES
                ? OptionalDouble.empty()
                : all.stream().mapToDouble(Double::doubleValue).average();
    }
}
