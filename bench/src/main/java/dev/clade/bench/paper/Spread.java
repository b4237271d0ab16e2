package dev.clade.bench.paper;

import java.util.ArrayList;
import java.util.List;

/// Places along a line, moved apart so that labels there do not cover one another.
final class Spread {

    private Spread() {}

    /// Places in the same order, at least `apart` from one another, as near to where they were as a single pass
    /// finds, and within bounds where there is room.
    ///
    /// @param places growing
    static List<Double> of(List<Double> places, double apart, double low, double high) {
        var moved = new ArrayList<Double>();
        for (double place : places) {
            moved.add(moved.isEmpty() ? Math.max(place, low) : Math.max(place, moved.getLast() + apart));
        }
        double most = high;
        for (int i = moved.size() - 1; i >= 0; i--) {
            moved.set(i, Math.min(moved.get(i), most));
            most = moved.get(i) - apart;
        }
        return List.copyOf(moved);
    }
}
