package dev.clade.population;

import dev.clade.space.Hyperparameters;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a member shall do next, and why. Weights, values and length are independent of each other.
public sealed interface Decision {

    Because because();

    /// Train a segment.
    record Train(Weights weights, Hyperparameters values, Plan plan, Because because) implements Decision {}

    /// Do nothing until members' outcomes wake it.
    ///
    /// @param count how many outcomes after the basis
    /// @param atMost the deadline, on the running clock
    /// @param order when every live member waits, the wait with the lowest order ends as stalled
    record Wait(Awaited on, int count, Duration atMost, long order, Because because) implements Decision {}

    /// Be over.
    record Stop(Because because) implements Decision {}

    /// The same decision for a further reason.
    default Decision explained(String name, Object fact) {
        return switch (this) {
            case Train t -> new Train(t.weights, t.values, t.plan, t.because.and(name, fact));
            case Wait w -> new Wait(w.on, w.count, w.atMost, w.order, w.because.and(name, fact));
            case Stop s -> new Stop(s.because.and(name, fact));
        };
    }

    /// Which weights a segment begins with.
    sealed interface Weights {

        /// The member's own last pair's.
        record Own() implements Weights {}

        /// New ones.
        record Fresh() implements Weights {}

        /// Those of a donor's pair: the checkpoint that earned its score in its segment.
        record Of(MemberId donor, int segment, CheckpointId at) implements Weights {}

        /// `keep` times a donor's plus `fresh` times new ones; the donor may be the member itself.
        record Blend(MemberId donor, int segment, CheckpointId at, double keep, double fresh) implements Weights {}
    }

    /// Whose outcomes wake a waiting member.
    sealed interface Awaited {

        /// Whether a member is one of those.
        default boolean includes(Member member) {
            return switch (this) {
                case Anyone anyone -> true;
                case In in -> in.group().equals(member.group().name());
                case These these -> these.members().contains(member.id());
            };
        }

        record Anyone() implements Awaited {}

        record In(String group) implements Awaited {}

        record These(SortedSet<MemberId> members) implements Awaited {
            public These {
                members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
            }
        }
    }

    /// How a segment goes on.
    ///
    /// @param evaluations how many in the segment, the last at its end; more than 1 needs a trainer that is
    ///     `midway`
    /// @param evaluateFirst measure a copy before it trains (Algorithm 1)
    /// @param order lower goes first when slots are scarce
    record Plan(Until until, int evaluations, boolean evaluateFirst, long order) {}

    /// When a segment ends.
    sealed interface Until {

        /// At the member's own step.
        record Steps(long step) implements Until {}

        /// When this time has passed since the segment began to train.
        record Elapsed(Duration time) implements Until {}
    }
}
