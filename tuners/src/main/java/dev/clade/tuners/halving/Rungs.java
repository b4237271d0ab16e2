package dev.clade.tuners.halving;

import java.util.List;
import java.util.stream.IntStream;

/// The steps at which configurations are compared: `R / eta^K, ..., R / eta, R`, rounded. At the last
/// nobody is: it is the end of the budget.
///
/// @param eta of how many at a rung one goes on
/// @param steps of each rung, growing
record Rungs(int eta, List<Long> steps) {

    Rungs {
        steps = List.copyOf(steps);
    }

    /// @param budget R, the most steps of one configuration
    /// @param halvings K, how many rungs there are below it; at most [#most]
    static Rungs of(long budget, int eta, int halvings) {
        return new Rungs(
                eta,
                IntStream.rangeClosed(0, halvings)
                        .mapToObj(i -> Math.max(1, Math.round((double) budget / power(eta, halvings - i))))
                        .toList());
    }

    /// The most halvings of a budget whose first rung is not below so many steps.
    static int most(long budget, int eta, long least) {
        int halvings = 0;
        while (budget / power(eta, halvings + 1) >= least) {
            halvings++;
        }
        return halvings;
    }

    static long power(int eta, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power = Math.multiplyExact(power, eta);
        }
        return power;
    }

    int halvings() {
        return steps.size() - 1;
    }

    long at(int rung) {
        return steps.get(rung);
    }

    /// The first of them are left out: those that are higher.
    Rungs from(int rung) {
        return new Rungs(eta, steps.subList(rung, steps.size()));
    }

    /// The last rung at or below a step, or -1.
    int reached(long step) {
        int rung = -1;
        while (rung < halvings() && at(rung + 1) <= step) {
            rung++;
        }
        return rung;
    }

    /// What it takes to come to a rung from the one below.
    long way(int rung) {
        return at(rung) - (rung == 0 ? 0 : at(rung - 1));
    }
}
