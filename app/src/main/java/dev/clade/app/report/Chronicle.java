package dev.clade.app.report;

import dev.clade.population.Because;
import dev.clade.population.Decision;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Segment;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a log tells beyond the state that it folds to: each decision with the state it met, and when segments ran.
///
/// @param created when the experiment was created, on the wall
/// @param provenance versions and host, as its creator gave them
/// @param end the fold of all entries
/// @param decisions and waits, in the order of the log
/// @param spans when the segments of a member ran, by member and index
record Chronicle(
        Instant created,
        SortedMap<String, String> provenance,
        Population end,
        List<Told> decisions,
        Map<MemberId, Map<Integer, Span>> spans) {

    /// A decision, as it is told.
    ///
    /// @param segment the segment that it followed, 0 at enrolment
    /// @param step the member's own step then
    /// @param changes by name, where the member had values before
    record Told(
            long position,
            MemberId member,
            int segment,
            long step,
            Outcome outcome,
            Optional<MemberId> donor,
            Because because,
            SortedMap<String, Change> changes) {}

    /// What a member does next.
    enum Outcome {
        TRAIN,
        COPY,
        FRESH,
        WAIT,
        STOP
    }

    /// A hyperparameter that moved; absent where it was or is not active.
    record Change(Optional<Value> before, Optional<Value> after) {}

    /// When a segment ran, on the running clock: from its first start to its outcome.
    record Span(Duration began, Optional<Duration> ended) {}

    /// The chronicle of a log.
    ///
    /// @param entries at least one, from the first
    static Chronicle of(List<Entry> entries) {
        var first = entries.getFirst();
        var population = Population.first(first);
        var decisions = new ArrayList<Told>();
        var spans = new HashMap<MemberId, Map<Integer, Span>>();
        for (var entry : entries.subList(1, entries.size())) {
            told(population, entry).ifPresent(decisions::add);
            population = population.with(entry);
            clocked(entry, spans);
        }
        return new Chronicle(
                first.at(),
                first.event() instanceof Event.ExperimentCreated created ? created.provenance() : new TreeMap<>(),
                population,
                decisions,
                spans);
    }

    /// When a segment ran, where it ever started.
    Optional<Span> span(Segment segment) {
        return Optional.ofNullable(spans.get(segment.member())).map(m -> m.get(segment.index()));
    }

    private static Optional<Told> told(Population before, Entry entry) {
        return switch (entry.event()) {
            case Event.Decided e -> before.find(e.member()).map(m -> told(entry.position(), m, e.decision()));
            case Event.WaitBegan e -> before.find(e.member()).map(m -> told(entry.position(), m, e.until()));
            default -> Optional.empty();
        };
    }

    private static Told told(long position, Member member, Decision decision) {
        return new Told(
                position,
                member.id(),
                member.decided(),
                member.step(),
                outcome(decision),
                donor(decision),
                decision.because(),
                decision instanceof Decision.Train train ? changes(member, train.values()) : new TreeMap<>());
    }

    private static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Stop stop -> Outcome.STOP;
            case Decision.Wait wait -> Outcome.WAIT;
            case Decision.Train train ->
                switch (train.weights()) {
                    case Weights.Own own -> Outcome.TRAIN;
                    case Weights.Fresh fresh -> Outcome.FRESH;
                    case Weights.Of of -> Outcome.COPY;
                    case Weights.Blend blend -> Outcome.COPY;
                };
        };
    }

    private static Optional<MemberId> donor(Decision decision) {
        return decision instanceof Decision.Train train
                ? switch (train.weights()) {
                    case Weights.Of of -> Optional.of(of.donor());
                    case Weights.Blend blend -> Optional.of(blend.donor());
                    case Weights.Own own -> Optional.empty();
                    case Weights.Fresh fresh -> Optional.empty();
                }
                : Optional.empty();
    }

    private static SortedMap<String, Change> changes(Member member, Hyperparameters after) {
        var changes = new TreeMap<String, Change>();
        member.segment()
                .map(Segment::values)
                .ifPresent(before -> before.differing(after)
                        .forEach(name -> changes.put(name, new Change(before.find(name), after.find(name)))));
        return changes;
    }

    private static void clocked(Entry entry, Map<MemberId, Map<Integer, Span>> spans) {
        switch (entry.event()) {
            case Event.SegmentStarted e ->
                spans.computeIfAbsent(e.member(), m -> new HashMap<>())
                        .putIfAbsent(e.segment(), new Span(entry.elapsed(), Optional.empty()));
            case Event.SegmentFinished e -> ended(e.member(), e.segment(), entry, spans);
            case Event.MemberFailed e -> ended(e.member(), e.segment(), entry, spans);
            default -> {}
        }
    }

    private static void ended(MemberId member, int segment, Entry entry, Map<MemberId, Map<Integer, Span>> spans) {
        spans.computeIfAbsent(member, m -> new HashMap<>())
                .computeIfPresent(segment, (s, span) -> new Span(span.began(), Optional.of(entry.elapsed())));
    }
}
