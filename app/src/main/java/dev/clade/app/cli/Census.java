package dev.clade.app.cli;

import dev.clade.population.Decision.Until;
import dev.clade.population.Event;
import dev.clade.population.Lineage;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import dev.clade.population.Metric;
import dev.clade.population.Pair;
import dev.clade.population.Segment;
import dev.clade.population.Timings;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What can be counted and ranked in an experiment.
final class Census {

    private final Seen seen;
    private final Map<MemberId, Copy> copies = new HashMap<>();
    private final Map<MemberId, Place> places = new HashMap<>();

    /// A decision to take over from another member.
    ///
    /// @param at the recipient's own step
    record Copy(MemberId donor, long at) {}

    /// A rank among those of the same kind, the ranked ones or the others.
    ///
    /// @param rank from 1; members with equal scores have the same
    record Place(int rank, boolean tied) {
        @Override
        public String toString() {
            return tied ? rank + " tied" : Integer.toString(rank);
        }
    }

    Census(Seen seen) {
        this.seen = seen;
        seen.entries().forEach(entry -> {
            if (entry.event() instanceof Event.Decided decided) {
                donor(decided).ifPresent(donor -> copies.put(decided.member(), donor));
            }
        });
        rank(members().filter(Member::ranked).toList());
        rank(members().filter(m -> !m.ranked()).toList());
    }

    private Stream<Member> members() {
        return seen.population().members().stream();
    }

    private Stream<Segment> segments() {
        return members().flatMap(m -> m.segments().stream());
    }

    private Optional<Copy> donor(Event.Decided decided) {
        var donor = decided.decision().because().facts().get("donor");
        if (donor == null || !donor.matches("\\d+")) {
            return Optional.empty();
        }
        long at = decided.segment() == 0
                ? 0
                : seen.population()
                        .member(decided.member())
                        .segment(decided.segment() + 1)
                        .startStep();
        return Optional.of(new Copy(new MemberId(Integer.parseInt(donor)), at));
    }

    // ---- ranks

    private void rank(List<Member> members) {
        var scored = members.stream()
                .filter(m -> score(m).isPresent())
                .sorted(Comparator.comparingDouble((Member m) -> -score(m).orElseThrow())
                        .thenComparing(Member::id))
                .toList();
        for (int from = 0, to; from < scored.size(); from = to) {
            double own = score(scored.get(from)).orElseThrow();
            to = from;
            while (to < scored.size() && score(scored.get(to)).orElseThrow() == own) {
                to++;
            }
            for (var member : scored.subList(from, to)) {
                places.put(member.id(), new Place(from + 1, to - from > 1));
            }
        }
    }

    private Optional<Double> score(Member member) {
        Metric metric = seen.specification().metric();
        return member.standing().map(p -> metric.score(p.evaluation()));
    }

    Optional<Place> place(Member member) {
        return Optional.ofNullable(places.get(member.id()));
    }

    Optional<Copy> lastCopy(Member member) {
        return Optional.ofNullable(copies.get(member.id()));
    }

    /// Ranked members by rank, then the others by theirs; who has no score last.
    List<Member> inOrder() {
        return members()
                .sorted(Comparator.comparing((Member m) -> !m.ranked())
                        .thenComparingInt(m -> place(m).map(Place::rank).orElse(Integer.MAX_VALUE))
                        .thenComparing(Member::id))
                .toList();
    }

    // ---- counts

    long decisions() {
        return seen.entries().stream()
                .filter(e -> e.event() instanceof Event.Decided)
                .count();
    }

    /// Decisions that the budget of steps leaves, if segments stay as long as they are; none where it does not say.
    Optional<Long> left() {
        var steps = seen.specification().budget().steps();
        if (seen.population().ended().isPresent()) {
            return Optional.of(0L);
        }
        boolean timed = segments().anyMatch(s -> !(s.plan().until() instanceof Until.Steps));
        if (steps.isEmpty() || timed) {
            return Optional.empty();
        }
        long length = Math.max(
                1, segments().mapToLong(s -> end(s) - s.startStep()).max().orElse(steps.get()));
        long missing = Math.max(
                0L, seen.specification().population() - (long) seen.population().size());
        long whole = 1 + Math.ceilDiv(steps.get(), length);
        return Optional.of(members()
                        .filter(Member::live)
                        .mapToLong(m -> Math.ceilDiv(Math.max(0L, steps.get() - spent(m)), length) + 1)
                        .sum()
                + missing * whole);
    }

    /// What its steps, or those of its weights, will be at its next decision, whichever are more.
    private static long spent(Member member) {
        long end = end(member);
        return Math.max(end, member.lineageStep() + end - member.step());
    }

    /// Where a member's next decision is due.
    private static long end(Member member) {
        return member.segment()
                .filter(s -> s.outcome() instanceof Segment.Outcome.Open)
                .map(Census::end)
                .orElse(member.step());
    }

    private static long end(Segment segment) {
        return segment.plan().until() instanceof Until.Steps until ? until.step() : segment.startStep();
    }

    long copies() {
        return segments()
                .filter(s -> s.source() instanceof Segment.Source.Copied)
                .count();
    }

    /// Founders whose descendants, by weights, are still members of the evolving population.
    long foundersAlive() {
        return members()
                .filter(Member::ranked)
                .flatMap(m -> m.held().stream())
                .map(this::founder)
                .distinct()
                .count();
    }

    private Pair.Root founder(Pair pair) {
        var first = Lineage.of(seen.population(), pair).segments().getFirst();
        return new Pair.Root(first.member(), first.index());
    }

    long founders() {
        return members()
                .filter(Member::ranked)
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.source() instanceof Segment.Source.Fresh)
                .count();
    }

    List<Segment> failed() {
        return segments().filter(s -> Seen.failure(s).isPresent()).toList();
    }

    // ---- time

    /// Where the time of finished segments went.
    record Shares(double train, double evaluate, double load, double save, double decide) {
        double switching() {
            return load + save + decide;
        }
    }

    /// None before the first segment has finished.
    Optional<Shares> shares() {
        double train = sum(Timings::train);
        double evaluate = sum(Timings::evaluate);
        double load = sum(Timings::load);
        double save = sum(Timings::save);
        double decide = sum(Timings::decide);
        double all = train + evaluate + load + save + decide;
        return all > 0
                ? Optional.of(new Shares(train / all, evaluate / all, load / all, save / all, decide / all))
                : Optional.empty();
    }

    private double sum(Function<Timings, Duration> part) {
        return segments()
                .flatMap(s -> s.outcome() instanceof Segment.Outcome.Finished finished
                        ? Stream.of(finished.timings())
                        : Stream.empty())
                .mapToDouble(t -> part.apply(t).toNanos())
                .sum();
    }
}
