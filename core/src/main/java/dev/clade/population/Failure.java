package dev.clade.population;

/// A failure of the program that a member runs: worst score, never a donor.
public record Failure(Kind kind, String message) {

    /// The most of a message that the log keeps [characters].
    public static final int LONGEST = 2000;

    public Failure {
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + " ...";
    }

    /// What went wrong.
    public enum Kind {
        /// The metric is no finite number any more.
        DIVERGED,
        /// The trainer threw.
        THREW,
        /// The trainer missed a deadline.
        HUNG,
        /// The trainer put other values in force than it was asked to.
        RECEIPT,
        /// The metric was not among those measured.
        METRIC,
        /// The worker died under it again and again.
        HOST,
        /// The trainer's process has ended.
        EXITED,
        /// The trainer wants the member to end.
        QUIT
    }
}
