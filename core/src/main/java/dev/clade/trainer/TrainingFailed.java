package dev.clade.trainer;

/// A failure of the program that trains, of a kind that it knows. Any other exception counts as [Kind#THREW].
public final class TrainingFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// What went wrong.
    public enum Kind {
        /// It threw: to be tried again.
        THREW,
        /// What it measures is no finite number any more: not to be tried again under these values.
        DIVERGED,
        /// Other values are in force than were asked for.
        RECEIPT,
        /// Its process has ended: to be tried again, in a new one.
        EXITED,
        /// It wants the member to end.
        QUIT
    }

    public TrainingFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
