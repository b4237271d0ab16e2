package dev.clade.run;

import dev.clade.fault.Fault;
import dev.clade.population.Failure;
import dev.clade.store.Checkpoints;
import dev.clade.trainer.TrainingFailed;

/// Why something was thrown while a member was in hand.
final class Causes {

    private Causes() {}

    /// Throws on what is the store's fault, and no member's.
    static void ofTheStore(Exception e) {
        Fault.in(e)
                .filter(f -> f.kind() == Fault.Kind.STORE && !Checkpoints.SPOILT.contains(f.code()))
                .ifPresent(f -> {
                    throw f;
                });
    }

    static Failure.Kind kind(Exception e) {
        if (!(e instanceof TrainingFailed failed)) {
            return Failure.Kind.THREW;
        }
        return switch (failed.kind()) {
            case THREW -> Failure.Kind.THREW;
            case DIVERGED -> Failure.Kind.DIVERGED;
            case RECEIPT -> Failure.Kind.RECEIPT;
            case EXITED -> Failure.Kind.EXITED;
            case QUIT -> Failure.Kind.QUIT;
        };
    }

    /// In words, for people.
    static String said(Exception e) {
        if (e instanceof TrainingFailed failed) {
            return failed.getMessage() + "";
        }
        return Fault.in(e)
                .map(Fault::getMessage)
                .orElseGet(() -> e instanceof Caught.ProgramError error ? error.getMessage() + "" : e.toString());
    }
}
