package dev.clade.run;

import dev.clade.population.Event;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Failure;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.population.Specification;
import dev.clade.population.WorkerId;
import dev.clade.run.Cycle.Phase;
import dev.clade.store.Append;
import dev.clade.store.EventLog;
import dev.clade.store.Lease;
import dev.clade.trainer.Evaluation;
import dev.clade.trainer.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// What a slot is doing, for those who watch it from other threads.
///
/// @param since when it began, on the slot's clock
/// @param hands what is lost if the trainer never comes back
record Watch(Phase phase, Duration since, List<Hand> hands) {

    static final Watch NOTHING = new Watch(Phase.IDLE, Duration.ZERO, List.of());

    /// A member in hand.
    ///
    /// @param measuring the candidate whose final this is
    record Hand(Lease lease, Optional<Candidate> measuring) {}

    /// A model that is measured at the end.
    record Candidate(Pair pair, Purpose purpose, String metric) {}

    /// The deadline that it has missed, in words.
    ///
    /// @param advanced whether training has got to its first step
    Optional<String> missed(Specification specification, Duration now, BooleanSupplier advanced) {
        var deadlines = specification.deadlines();
        var taken = now.minus(since);
        var limit = switch (phase) {
            case BEGINNING -> Optional.of(deadlines.firstReport());
            case TRAINING -> Optional.of(advanced.getAsBoolean() ? deadlines.segment() : deadlines.firstReport());
            case MEASURING, EVALUATING -> Optional.of(deadlines.evaluate());
            case FINALS ->
                Optional.of(
                        deadlines.firstReport().plus(deadlines.evaluate().multipliedBy(specification.finalRepeats())));
            case SAVING -> Optional.of(deadlines.save());
            case IDLE, DECIDING, COMMITTING, GONE -> Optional.<Duration>empty();
        };
        return limit.filter(l -> taken.compareTo(l) > 0)
                .map(l -> "no answer within " + l.toMillis() + " ms of "
                        + phase.name().toLowerCase(Locale.ROOT));
    }

    /// Takes the members from the slot, under higher terms: its trainer hangs. One that was alone has failed; of
    /// several it cannot be known which, and they begin again with fewer neighbours.
    void lost(EventLog log, WorkerId by, String why) {
        for (var hand : hands) {
            log.seize(hand.lease(), by).ifPresent(lease -> {
                var seen = log.newest();
                if (hands.size() == 1) {
                    log.commit(List.of(Append.of(lease, seen.position(), failed(hand, lease, why, seen))));
                }
                log.release(lease);
            });
        }
    }

    private static Event failed(Hand hand, Lease lease, String why, Population seen) {
        MemberId member = lease.member();
        if (hand.measuring().isEmpty()) {
            return new Event.MemberFailed(
                    member, seen.member(member).decided(), lease.term(), new Failure(Failure.Kind.HUNG, why));
        }
        var candidate = hand.measuring().get();
        var readings = new TreeMap<String, Reading>();
        readings.put(candidate.metric(), new Reading.Diverged(why));
        return new Event.Evaluated(
                member,
                candidate.pair().segment(),
                lease.term(),
                candidate.purpose(),
                new Evaluation(readings),
                candidate.pair().checkpoint());
    }
}
