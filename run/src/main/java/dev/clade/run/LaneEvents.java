package dev.clade.run;

import dev.clade.population.CheckpointId;
import dev.clade.population.Decision;
import dev.clade.population.Event;
import dev.clade.population.Failure;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Measured;
import java.util.List;
import java.util.Optional;

/// What a lane says of its member in the log.
final class LaneEvents {

    private LaneEvents() {}

    /// A decision, with the segment that it opens.
    static List<Event> decided(Lane own, Member member, Event event) {
        return event instanceof Event.Decided decided && decided.decision() instanceof Decision.Train train
                ? List.of(
                        event,
                        new Event.SegmentStarted(
                                own.member(),
                                member.decided() + 1,
                                own.lease.term(),
                                1,
                                train.values(),
                                from(member, train.weights()),
                                member.step()))
                : List.of(event);
    }

    private static Optional<CheckpointId> from(Member member, Decision.Weights weights) {
        return switch (weights) {
            case Decision.Weights.Own own -> member.held().map(Pair::checkpoint);
            case Decision.Weights.Fresh fresh -> Optional.empty();
            case Decision.Weights.Of of -> Optional.of(of.at());
            case Decision.Weights.Blend blend -> Optional.of(blend.at());
        };
    }

    /// The segment that is decided begins once more, where it was saved last.
    static Event started(Lane own, Member member) {
        var segment = member.segment().orElseThrow();
        var from = member.paused()
                .map(Member.Paused::checkpoint)
                .or(() -> segment.source().from().map(Pair::checkpoint));
        return new Event.SegmentStarted(
                member.id(),
                segment.index(),
                own.lease.term(),
                member.attempts() + 1,
                segment.values(),
                from,
                member.paused().map(Member.Paused::step).orElse(segment.startStep()));
    }

    /// Workers have died under this segment again and again: now it counts as the program's failure.
    static Event lost(Lane own, Member member) {
        return new Event.MemberFailed(
                own.member(),
                member.decided(),
                own.lease.term(),
                new Failure(Failure.Kind.HOST, member.losses() + " workers were lost while they trained it"));
    }

    /// The outcome; live measurements are kept before it.
    static Event finished(Lane own, Segment segment) {
        long step = own.stretch.orElseThrow().step();
        return new Event.SegmentFinished(
                own.member(),
                segment.index(),
                own.lease.term(),
                step,
                List.of(new Measured(step, own.evaluation.orElseThrow())),
                own.inForce,
                own.saved.orElseThrow(),
                own.reporter.map(Reporter::flush).orElse(0L),
                own.timings);
    }
}
