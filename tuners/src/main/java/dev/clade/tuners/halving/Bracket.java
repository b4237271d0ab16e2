package dev.clade.tuners.halving;

import java.util.ArrayList;
import java.util.List;

/// One successive halving (Jamieson and Talwalkar, AISTATS 2016): `n` configurations train to the first
/// rung, of `n_i` at a rung the best `n_(i+1) = floor(n_i / eta)` train to the next. They go on with the
/// weights that they have, so that it costs `sum n_i (r_i - r_(i-1))` steps.
///
/// @param places how many train to each rung
record Bracket(Rungs rungs, List<Integer> places) {

    Bracket {
        places = List.copyOf(places);
    }

    /// @param n at least `eta^K`, so that somebody comes to the end
    static Bracket of(Rungs rungs, int n) {
        var places = new ArrayList<Integer>();
        for (int i = 0, left = n; i <= rungs.halvings(); i++, left /= rungs.eta()) {
            places.add(left);
        }
        return new Bracket(rungs, places);
    }

    /// The smallest: one comes to the end.
    static Bracket least(Rungs rungs) {
        return of(rungs, (int) Rungs.power(rungs.eta(), rungs.halvings()));
    }

    /// The largest that costs at most so much, and has at most so many configurations; smaller than
    /// [#least] where that costs too much.
    static Bracket largest(Rungs rungs, long cost, int most) {
        int low = 0;
        int high = (int) Math.min(most, cost / rungs.at(0));
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (of(rungs, middle).cost() <= cost) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return of(rungs, low);
    }

    /// Whether somebody comes to the end.
    boolean ends() {
        return places.getLast() > 0;
    }

    int size() {
        return places.getFirst();
    }

    long cost() {
        long cost = 0;
        for (int i = 0; i < places.size(); i++) {
            cost += places.get(i) * rungs.way(i);
        }
        return cost;
    }

    /// More places for so many steps more, from the last rung down, so that less than one first rung is
    /// left of them.
    Bracket widened(long steps) {
        var wide = new ArrayList<>(places);
        long left = steps;
        for (int i = rungs.halvings(); i >= 0; i--) {
            long room = i == 0 ? Long.MAX_VALUE : wide.get(i - 1) - wide.get(i);
            int more = (int) Math.min(room, left / rungs.way(i));
            wide.set(i, wide.get(i) + more);
            left -= more * rungs.way(i);
        }
        return new Bracket(rungs, wide);
    }
}
