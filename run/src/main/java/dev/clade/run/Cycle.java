package dev.clade.run;

/// The life of a slot as a table: (phase, what happened) gives the next phase. [Slot] performs what a phase asks for;
/// engines only choose when. There is no second loop: virtual time performs this one too.
final class Cycle {

    private Cycle() {}

    /// What a slot is about to do.
    enum Phase {
        /// Ask for members that are due.
        IDLE,
        /// Decide for each member of the crew, and start its segment.
        DECIDING,
        /// Load, apply hyperparameters, compare the receipt.
        BEGINNING,
        /// Measure copies before they train; at the very beginning, see that the metric is measured at all.
        MEASURING,
        TRAINING,
        EVALUATING,
        SAVING,
        /// Publish the outcomes.
        COMMITTING,
        /// Measure a candidate afresh, after the end.
        FINALS,
        /// Nothing more to do here.
        GONE
    }

    /// What came of it.
    enum Happened {
        LEASED,
        FINAL_LEASED,
        /// Nobody is due.
        NOTHING,
        /// The experiment is complete, or the worker was asked to stop.
        OVER,
        DONE,
        /// Done, and some of the crew are measured before they train.
        TO_MEASURE,
        /// No member of the crew is left with this slot.
        EMPTY
    }

    static Phase next(Phase phase, Happened happened) {
        return switch (phase) {
            case IDLE ->
                switch (happened) {
                    case LEASED -> Phase.DECIDING;
                    case FINAL_LEASED -> Phase.FINALS;
                    case NOTHING -> Phase.IDLE;
                    case OVER -> Phase.GONE;
                    case DONE, TO_MEASURE, EMPTY -> throw impossible(phase, happened, "nothing was begun");
                };
            case DECIDING -> onward(phase, happened, Phase.BEGINNING);
            case BEGINNING ->
                happened == Happened.TO_MEASURE ? Phase.MEASURING : onward(phase, happened, Phase.TRAINING);
            case MEASURING -> onward(phase, happened, Phase.TRAINING);
            case TRAINING -> onward(phase, happened, Phase.EVALUATING);
            case EVALUATING -> onward(phase, happened, Phase.SAVING);
            case SAVING -> onward(phase, happened, Phase.COMMITTING);
            case COMMITTING -> onward(phase, happened, Phase.DECIDING);
            case FINALS -> onward(phase, happened, Phase.IDLE);
            case GONE -> throw impossible(phase, happened, "the slot is gone");
        };
    }

    /// Phases of a crew end with it done, or with nobody left in it.
    private static Phase onward(Phase phase, Happened happened, Phase next) {
        return switch (happened) {
            case DONE -> next;
            case EMPTY -> Phase.IDLE;
            case TO_MEASURE -> throw impossible(phase, happened, "only a beginning loads what is measured first");
            case LEASED, FINAL_LEASED, NOTHING, OVER ->
                throw impossible(phase, happened, "leases are asked for when idle");
        };
    }

    private static IllegalStateException impossible(Phase phase, Happened happened, String why) {
        return new IllegalStateException(happened + " cannot happen while " + phase + ": " + why);
    }
}
