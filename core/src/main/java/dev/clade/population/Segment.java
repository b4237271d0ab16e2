package dev.clade.population;

import dev.clade.population.Decision.Plan;
import dev.clade.space.Hyperparameters;
import dev.clade.trainer.Evaluation;
import java.util.List;
import java.util.Optional;

/// What one member does between two decisions.
///
/// @param index from 1; segment 0 is enrolment, which trains nothing
/// @param source where its weights came from
/// @param startStep the member's own step at its beginning
/// @param startLineage the weights' steps at its beginning
/// @param values as decided
/// @param copied the measurement of a copy before it trained
public record Segment(
        MemberId member,
        int index,
        Source source,
        long startStep,
        long startLineage,
        Hyperparameters values,
        Plan plan,
        Optional<Evaluation> copied,
        Outcome outcome) {

    /// Where a segment's weights came from.
    public sealed interface Source {

        record Fresh() implements Source {}

        record Own(Pair pair) implements Source {}

        record Copied(Pair pair) implements Source {}

        record Blended(Pair pair, double keep, double fresh) implements Source {}

        default Optional<Pair> from() {
            return switch (this) {
                case Fresh fresh -> Optional.empty();
                case Own own -> Optional.of(own.pair());
                case Copied copied -> Optional.of(copied.pair());
                case Blended blended -> Optional.of(blended.pair());
            };
        }
    }

    /// How a segment ended.
    public sealed interface Outcome {

        record Open() implements Outcome {}

        record Finished(Pair pair, List<Measured> measured, Timings timings) implements Outcome {}

        record Failed(Failure failure) implements Outcome {}
    }

    /// An evaluation inside or at the end of a segment.
    public record Measured(long step, Evaluation evaluation) {}

    /// The pair that it ended with.
    public Optional<Pair> pair() {
        return outcome instanceof Outcome.Finished finished ? Optional.of(finished.pair()) : Optional.empty();
    }

    /// The pair that it began with, where that is a measured copy.
    Optional<Pair> copiedPair(Specification specification) {
        return copied.flatMap(evaluation -> source.from()
                .map(from -> new Pair(
                        member,
                        index,
                        startStep,
                        startLineage,
                        evaluation,
                        from.checkpoint(),
                        from.values(),
                        specification.samples(evaluation),
                        from.root(),
                        from.founder())));
    }

    Segment ended(Outcome how) {
        return new Segment(member, index, source, startStep, startLineage, values, plan, copied, how);
    }

    Segment measured(Evaluation evaluation) {
        return new Segment(
                member, index, source, startStep, startLineage, values, plan, Optional.of(evaluation), outcome);
    }
}
