package dev.clade.zoo.agent;

import dev.clade.trainer.Stretch;
import java.util.SortedMap;

/// A member's stretch as its learners share it: each asks for its next unroll. Safe for threads.
final class Budget {

    /// Agent steps between measurements for charts.
    private static final int EVERY = 1_000;

    private final Stretch stretch;
    private final int environments;
    private boolean closed;

    /// @param environments of a learner
    Budget(Stretch stretch, int environments) {
        this.stretch = stretch;
        this.environments = environments;
    }

    /// An unroll that is granted.
    ///
    /// @param steps of each environment: fewer than were asked for where the stretch ends
    /// @param due whether measurements are
    record Granted(int steps, boolean due) {}

    /// Asks for one of so many steps of each environment; no steps are granted when the stretch is over.
    synchronized Granted next(int unroll) {
        if (closed) {
            return new Granted(0, false);
        }
        long before = stretch.step();
        int steps = Math.clamp(Math.ceilDiv(stretch.remaining(), environments), 1, unroll);
        if (!stretch.advance((long) steps * environments)) {
            return new Granted(0, false);
        }
        return new Granted(steps, before / EVERY != stretch.step() / EVERY);
    }

    /// Grants nothing more.
    synchronized void close() {
        closed = true;
    }

    synchronized void report(SortedMap<String, Double> measured) {
        measured.forEach(stretch::report);
    }
}
