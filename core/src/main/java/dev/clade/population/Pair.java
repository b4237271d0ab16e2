package dev.clade.population;

import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import java.util.List;

/// A score and the checkpoint that earned it. Only a pair can be a donor.
///
/// @param segment the member's segment that it ended, or, for a measured copy, began
/// @param step the member's own step
/// @param lineageStep what the weights have seen
/// @param values what was in force
/// @param window the last samples of the selection metric since the member's last copy, oldest first
/// @param root identifies the weights' origin: member and segment that saved them. Two pairs of one root are twins
/// @param founder the save of the first segment of its ancestry, which began with fresh weights
public record Pair(
        MemberId member,
        int segment,
        long step,
        long lineageStep,
        Evaluation evaluation,
        CheckpointId checkpoint,
        Hyperparameters values,
        List<Double> window,
        Root root,
        Root founder) {

    public Pair {
        window = List.copyOf(window);
    }

    /// A pair of weights that began fresh in the segment that saved them.
    public Pair(
            MemberId member,
            int segment,
            long step,
            long lineageStep,
            Evaluation evaluation,
            CheckpointId checkpoint,
            Hyperparameters values,
            List<Double> window,
            Root root) {
        this(member, segment, step, lineageStep, evaluation, checkpoint, values, window, root, root);
    }

    /// Whose save the weights are.
    public record Root(MemberId member, int segment) {}
}
