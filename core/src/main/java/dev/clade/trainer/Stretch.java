package dev.clade.trainer;

import java.time.Duration;

/// The training between two evaluations, as the trainer sees it. Used by one thread.
public interface Stretch {

    /// A stretch of so many steps outside any experiment, as for a measurement or a test: it begins at step 0, keeps no
    /// report, and time that is spent on it passes at once.
    ///
    /// @param steps none or more
    static Stretch of(long steps) {
        return new Counted(steps);
    }

    /// Asks for the next `steps` steps: true if they shall be done, all of them; false when the stretch is over, or
    /// the experiment is. Steps granted count as done.
    ///
    /// If fewer are left than asked for, the last request is granted and counts as what was left: a program
    /// that steps in chunks ends where its budget does.
    boolean advance(long steps);

    /// Steps left to ask for; where the end is a time, what the budget leaves until then.
    long remaining();

    /// Whether it ends here, without a further step: for trainers that learn from outside how far they are.
    default boolean over() {
        return remaining() <= 0;
    }

    /// Whether its end is a time, so that nobody knows how many steps it has.
    default boolean timed() {
        return false;
    }

    /// Counts steps that are done already, by a program that learns late that the end has come: as [#advance(long)],
    /// but also then. At most what the plan or the budget leaves counts.
    default void done(long steps) {
        advance(steps);
    }

    /// The member's own step: those granted so far in all its segments.
    long step();

    /// A live measurement at the present step. It is kept for charts; no decision reads it.
    void report(String metric, double value);

    /// Says that training goes on, though no step of it is counted yet: from here on its deadline is the segment's, not
    /// that of a first report.
    default void begun() {}

    /// For trainers that simulate work: lets this much time pass. Asleep on a real clock, at once in virtual time.
    void spend(Duration time);
}
