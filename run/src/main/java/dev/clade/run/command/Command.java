package dev.clade.run.command;

import dev.clade.population.Specification;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A command as a trainer.
///
/// @param train trains, measures and saves
/// @param evaluate measures without training; where there is none, `train` does it, told to do no steps
/// @param perRun steps that each call trains, where the program does not let itself be told
/// @param receipts whether each run must say which values are in force
/// @param folder that it runs in
record Command(
        Call train,
        Optional<Call> evaluate,
        Score score,
        Optional<Long> perRun,
        boolean receipts,
        Specification specification,
        Path folder) {

    static final String STEPS = "steps";
    static final String UNTIL = "until";
    static final String RESTORE = "restore";
    static final String SAVE = "save";
    static final String SEED = "seed";
    static final String MEMBER = "member";
    static final String SEGMENT = "segment";

    /// What a command may ask for beside hyperparameters.
    static final List<String> WORDS = List.of(STEPS, UNTIL, RESTORE, SAVE, SEED, MEMBER, SEGMENT);

    /// The metric that the score is.
    String metric() {
        return specification.metric().name();
    }

    /// Whether it measures weights that nobody has trained.
    boolean measuresUntrained() {
        return evaluate.isEmpty();
    }
}
