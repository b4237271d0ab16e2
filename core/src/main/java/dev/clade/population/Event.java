package dev.clade.population;

import dev.clade.population.Segment.Measured;
import dev.clade.settings.Setting;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What may happen to an experiment. Events are facts: never rewritten, and the whole truth; every state is a fold of
/// them.
public sealed interface Event {

    /// The first event of every log.
    ///
    /// @param id unique
    /// @param settings the experiment file as a tree; [Specification#read] gives its meaning
    /// @param provenance versions, host, fingerprints of program files
    record ExperimentCreated(String id, Setting.Mapping settings, SortedMap<String, String> provenance)
            implements Event {

        /// The word of a provenance that says that nothing was trained: its checkpoints have no bytes.
        public static final String SIMULATED = "simulated";

        public boolean simulated() {
            return provenance.containsKey(SIMULATED);
        }
    }

    record WorkerJoined(WorkerId worker, String version, String host) implements Event {}

    /// A new member; its first [Decided] gives its hyperparameters.
    record MemberEnrolled(MemberId member, Group group) implements Event {}

    /// A decision that was made from the prefix of the log that ends at `basis`.
    ///
    /// @param segment the number of the member's earlier decisions: 0 at enrolment's, which opens segment 1
    record Decided(MemberId member, int segment, long basis, String tuner, int revision, Decision decision)
            implements Event {}

    /// The next segment has a worker; repeated, with a higher term, when that worker is lost.
    ///
    /// @param attempt 1 for the first start of this segment
    record SegmentStarted(
            MemberId member,
            int segment,
            int term,
            int attempt,
            Hyperparameters values,
            Optional<CheckpointId> from,
            long fromStep)
            implements Event {}

    /// A measurement outside training.
    ///
    /// @param segment the segment whose pair was measured; for a copy, the segment it begins
    record Evaluated(
            MemberId member, int segment, int term, Purpose purpose, Evaluation evaluation, CheckpointId checkpoint)
            implements Event {

        /// What a measurement outside training is for.
        public enum Purpose {
            /// A copy, before it trains.
            COPY,
            /// To confirm that a target is met.
            TARGET,
            /// A candidate at the end.
            FINAL,
            /// The winner, for the report.
            REPORT
        }
    }

    /// @param step the member's own step at the end
    /// @param measured the evaluations, in order, the last at the end
    /// @param inForce the receipt
    /// @param measurements how many live measurements belong to it
    record SegmentFinished(
            MemberId member,
            int segment,
            int term,
            long step,
            List<Measured> measured,
            Hyperparameters inForce,
            CheckpointId checkpoint,
            long measurements,
            Timings timings)
            implements Event {
        public SegmentFinished {
            measured = List.copyOf(measured);
        }
    }

    /// A save inside a segment, on the way out: no decision point.
    record SegmentPaused(MemberId member, int segment, int term, long step, CheckpointId checkpoint) implements Event {}

    record MemberFailed(MemberId member, int segment, int term, Failure failure) implements Event {}

    record WaitBegan(MemberId member, long basis, Decision.Wait until) implements Event {}

    /// @param reason deadline or stalled
    record WaitEnded(MemberId member, String reason) implements Event {}

    /// A generation is complete.
    ///
    /// @param reason all or deadline
    record BarrierClosed(int generation, List<MemberId> present, String reason) implements Event {
        public BarrierClosed {
            present = List.copyOf(present);
        }
    }

    /// A member whose worker was lost has a new one.
    record MemberRecovered(MemberId member, int term, WorkerId by) implements Event {}

    record MemberRetired(MemberId member, String by) implements Event {}

    /// An operator changed the experiment: the whole new settings, in force from here.
    record OperatorActed(Setting.Mapping settings, String what) implements Event {}

    /// The experiment went on elsewhere; nothing may follow here.
    record Moved(String to) implements Event {}

    /// No segment begins after this, unless an operator enlarges the budget.
    record ExperimentEnded(String reason) implements Event {}
}
