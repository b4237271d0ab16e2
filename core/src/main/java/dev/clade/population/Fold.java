package dev.clade.population;

import dev.clade.fault.Fault;
import dev.clade.population.Decision.Until;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Event.Evaluated.Purpose;
import dev.clade.population.Member.Paused;
import dev.clade.population.Member.Status;
import dev.clade.population.Member.Waiting;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.Segment.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules of the fold: what each event makes of a population, and where it is not possible.
///
/// @param at the population at the position of the event that is folded
record Fold(Population at) {

    /// The population after an entry.
    ///
    /// @param before the population that the entry finds
    /// @param at the same, at the entry's position and time
    /// @throws Fault 5101 if the state does not allow the event
    static Population of(Population before, Population at, Entry entry) {
        var next = new Fold(at);
        if (entry.position() != before.position() + 1) {
            throw next.illegal(entry.event(), "position " + entry.position(), "position " + (before.position() + 1));
        }
        if (before.whole().moved().isPresent()) {
            throw next.illegal(entry.event(), "an event after the experiment moved", "nothing");
        }
        var after = switch (entry.event()) {
            case Event.ExperimentCreated e -> throw next.illegal(e, "a second creation", "one");
            case Event.WorkerJoined e -> next;
            case Event.MemberEnrolled e -> next.enrolled(e);
            case Event.Decided e -> next.decided(e);
            case Event.SegmentStarted e -> next.started(e);
            case Event.Evaluated e -> next.evaluated(e);
            case Event.SegmentFinished e -> next.finished(e);
            case Event.SegmentPaused e -> next.paused(e);
            case Event.MemberFailed e -> next.failed(e);
            case Event.WaitBegan e -> next.waitBegan(e);
            case Event.WaitEnded e -> next.waitEnded(e);
            case Event.BarrierClosed e -> next.barrier(e);
            case Event.MemberRecovered e -> next.recovered(e);
            case Event.MemberRetired e -> next.retired(e);
            case Event.OperatorActed e -> next.operated(e);
            case Event.Moved e -> next.with(before.whole().moved(e.to()));
            case Event.ExperimentEnded e -> next.ended(e);
        };
        return after.at();
    }

    private Fold enrolled(Event.MemberEnrolled e) {
        if (e.member().index() != at.size()) {
            throw illegal(e, "member " + e.member(), "member " + at.size() + ", dense from 0");
        }
        running(e);
        return put(Member.enrolled(e.member(), e.group()));
    }

    private Fold decided(Event.Decided e) {
        running(e);
        var member = expect(e, e.member(), Status.UNDECIDED);
        if (e.segment() != member.decided()) {
            throw illegal(e, "a decision for segment " + e.segment(), "segment " + member.decided());
        }
        if (e.basis() >= at.position()) {
            throw illegal(e, "basis " + e.basis(), "an earlier position");
        }
        var next = with(at.whole().decided(at.position(), e.segment() > 0));
        return switch (e.decision()) {
            case Decision.Stop stop ->
                next.put(member.ends(stop.because().rule(), true)).assembled();
            case Decision.Wait wait -> throw illegal(e, "a wait as a decision", "WaitBegan");
            case Decision.Train train -> next.opened(e, member, train);
        };
    }

    private Fold opened(Event.Decided e, Member member, Decision.Train train) {
        var source = source(e, member, train.weights());
        long lineage = source.from().map(Pair::lineageStep).orElse(0L);
        var segment = new Segment(
                member.id(),
                member.decided() + 1,
                source,
                member.step(),
                lineage,
                train.values(),
                train.plan(),
                Optional.empty(),
                new Outcome.Open());
        boolean copied = source instanceof Source.Copied || source instanceof Source.Blended;
        boolean fresh = source instanceof Source.Fresh;
        boolean helpless = member.failure()
                .filter(f -> f.kind() == Failure.Kind.DIVERGED
                        || member.failures() > at.specification().retries())
                .isPresent();
        var next = put(member.opens(segment, lineage, copied, fresh, fresh && helpless));
        long planned = train.plan().until() instanceof Until.Steps steps ? steps.step() - member.step() : 0;
        return next.reserving(planned);
    }

    private Source source(Event.Decided e, Member member, Weights weights) {
        return switch (weights) {
            case Weights.Fresh fresh -> new Source.Fresh();
            case Weights.Own own ->
                member.held().<Source>map(Source.Own::new).orElseThrow(() -> illegal(e, "own weights", "fresh ones"));
            case Weights.Of of -> new Source.Copied(donated(e, of.donor(), of.segment(), of.at()));
            case Weights.Blend b -> new Source.Blended(donated(e, b.donor(), b.segment(), b.at()), b.keep(), b.fresh());
        };
    }

    private Pair donated(Event.Decided e, MemberId donor, int segment, CheckpointId checkpoint) {
        return at.pair(known(e, donor).id(), segment, checkpoint)
                .orElseThrow(() -> illegal(e, "donor " + donor + "'s segment " + segment, "one that has a pair"));
    }

    private Fold started(Event.SegmentStarted e) {
        running(e);
        var member = known(e, e.member());
        boolean allowed = member.status() == Status.DECIDED
                || member.status() == Status.PAUSED
                || member.status() == Status.RUNNING;
        if (!allowed || e.segment() != member.decided()) {
            throw illegal(
                    e,
                    "segment " + e.segment() + " of a member that is " + member.status() + " in " + member.decided(),
                    "its decided segment, not running elsewhere");
        }
        return put(member.started(risen(e, e.member(), e.term()), e.attempt()));
    }

    private Fold evaluated(Event.Evaluated e) {
        var member = known(e, e.member());
        return switch (e.purpose()) {
            case COPY -> {
                expect(e, e.member(), Status.RUNNING);
                var open = current(e, member, e.segment(), e.term());
                if (!(open.source() instanceof Source.Copied)) {
                    throw illegal(e, "a measurement of no copy", "a segment that begins with a copy");
                }
                var measured = open.measured(e.evaluation());
                var pair = measured.copiedPair(at.specification()).orElseThrow();
                yield put(member.measured(measured, pair)).bettered(member, pair);
            }
            case TARGET -> {
                var target = at.specification()
                        .budget()
                        .target()
                        .map(at.specification().metric()::oriented);
                boolean met = target.filter(t -> at.specification().metric().score(e.evaluation()) >= t)
                        .isPresent();
                yield met ? with(at.whole().met()) : this;
            }
            case FINAL, REPORT -> {
                var finals =
                        at.whole().finals().orElseThrow(() -> illegal(e, "a final before the end", "a running end"));
                if (e.purpose() == Purpose.REPORT && !finals.awaits(e, at.specification())) {
                    throw illegal(e, "a report of member " + e.member(), "one, of the winner");
                }
                yield with(at.whole().with(finals.with(e)));
            }
        };
    }

    private Fold finished(Event.SegmentFinished e) {
        var member = expect(e, e.member(), Status.RUNNING);
        var open = current(e, member, e.segment(), e.term());
        long trained = e.step() - open.startStep();
        if (trained < 0 || e.measured().isEmpty()) {
            throw illegal(e, "step " + e.step(), "a step from " + open.startStep() + " on and an evaluation");
        }
        var last = e.measured().getLast().evaluation();
        boolean anew = !(open.source() instanceof Source.Own);
        var earlier = anew ? open.copied().map(at.specification()::samples).orElse(List.of()) : window(member);
        var root = new Pair.Root(member.id(), open.index());
        var pair = new Pair(
                member.id(),
                open.index(),
                e.step(),
                open.startLineage() + trained,
                last,
                e.checkpoint(),
                e.inForce(),
                latest(earlier, at.specification().samples(last)),
                root,
                open.source().from().map(Pair::founder).orElse(root));
        var closed = open.ended(new Outcome.Finished(pair, e.measured(), e.timings()));
        var next = put(member.finished(closed, pair)).bettered(member, pair);
        return next.given(open).reserving(trained).arrived(member);
    }

    /// The steps that were promised to a segment are given back: nobody trains them any more.
    private Fold given(Segment open) {
        return reserving(-(open.plan().until() instanceof Until.Steps steps ? steps.step() - open.startStep() : 0));
    }

    private Fold reserving(long steps) {
        return with(at.whole().reserving(steps));
    }

    private List<Double> window(Member member) {
        return member.held().map(Pair::window).orElse(List.of());
    }

    private List<Double> latest(List<Double> earlier, List<Double> now) {
        var all = new ArrayList<>(earlier);
        all.addAll(now);
        return all.subList(
                Math.max(0, all.size() - Math.max(now.size(), at.specification().window())), all.size());
    }

    private Fold paused(Event.SegmentPaused e) {
        var member = expect(e, e.member(), Status.RUNNING);
        current(e, member, e.segment(), e.term());
        return put(member.pauses(new Paused(e.step(), e.checkpoint())));
    }

    private Fold failed(Event.MemberFailed e) {
        var member = expect(e, e.member(), Status.RUNNING);
        var open = current(e, member, e.segment(), e.term());
        return put(member.failed(open.ended(new Outcome.Failed(e.failure())), e.failure()))
                .given(open)
                .arrived(member);
    }

    /// An outcome has arrived: those who wait for it have seen one more, and the quorum may be there.
    private Fold arrived(Member from) {
        var next = with(at.whole().arrived(at.position()));
        for (var id : at.waits().members()) {
            var member = at.member(id);
            if (member.waiting().orElseThrow().until().on().includes(from)) {
                next = next.woken(member);
            }
        }
        return next.assembled();
    }

    /// If enough of the next generation are there, since now.
    private Fold assembled() {
        return at.whole().quorumAt().isEmpty() && Consequence.quorum(at)
                ? with(at.whole().quorum(Optional.of(at.elapsed())))
                : this;
    }

    private Fold woken(Member member) {
        var waiting = member.waiting().orElseThrow();
        int seen = waiting.seen() + 1;
        return put(
                seen >= waiting.until().count()
                        ? member.awake(Optional.empty())
                        : member.waits(new Waiting(waiting.until(), waiting.deadline(), seen)));
    }

    private Fold waitBegan(Event.WaitBegan e) {
        running(e);
        var member = expect(e, e.member(), Status.UNDECIDED);
        var deadline = member.waiting()
                .map(Waiting::deadline)
                .orElse(at.elapsed().plus(e.until().atMost()));
        return with(at.whole().decided(at.position(), false)).put(member.waits(new Waiting(e.until(), deadline, 0)));
    }

    private Fold waitEnded(Event.WaitEnded e) {
        return put(expect(e, e.member(), Status.WAITING).awake(Optional.of(e.reason())));
    }

    private Fold barrier(Event.BarrierClosed e) {
        running(e);
        if (at.specification().synchrony().isEmpty()) {
            throw illegal(e, "a barrier of an asynchronous experiment", "none");
        }
        if (e.generation() != at.whole().closed() + 1) {
            throw illegal(
                    e,
                    "generation " + e.generation(),
                    "generation " + (at.whole().closed() + 1));
        }
        var present = Consequence.present(at);
        if (!e.present().equals(present)) {
            throw illegal(e, "members " + e.present() + " at the barrier", String.valueOf(present));
        }
        return new Fold(at.barrier(e.generation(), at.whole().barrier(e.generation())));
    }

    private Fold recovered(Event.MemberRecovered e) {
        var member = expect(e, e.member(), Status.RUNNING);
        if (e.term() <= member.term()) {
            throw illegal(e, "term " + e.term(), "a term above " + member.term());
        }
        return put(member.recovered(e.term()));
    }

    private Fold retired(Event.MemberRetired e) {
        var member = known(e, e.member());
        if (!member.live()) {
            throw illegal(e, "member " + e.member() + " is over", "a member that is not");
        }
        var next = put(member.ends("retired", false));
        return (member.open() ? next.given(member.segment().orElseThrow()) : next).assembled();
    }

    /// New settings hold from here.
    private Fold operated(Event.OperatorActed e) {
        var next = Specification.read(e.settings());
        var changed = new Fold(at.operated(next));
        boolean more = next.budget().allowsMoreThan(at.specification().budget());
        boolean met = at.whole().targetMet()
                && next.budget().target().equals(at.specification().budget().target());
        boolean timeIsUp =
                next.budget().time().filter(t -> at.elapsed().compareTo(t) >= 0).isPresent();
        if (at.whole().ended().isEmpty()) {
            return more ? changed.revived() : changed;
        }
        if (more && !met && !timeIsUp) {
            return changed.with(changed.at().whole().reopened(false)).revived();
        }
        boolean measuredAnew = next.candidates() != at.specification().candidates()
                || next.finalRepeats() != at.specification().finalRepeats();
        return measuredAnew ? changed.with(changed.at().whole().reopened(met)) : changed;
    }

    /// Whom a smaller budget had ended goes on.
    private Fold revived() {
        var next = this;
        for (var member : at.members()) {
            boolean budget =
                    member.ended().filter(Specification.OVER_BUDGET::equals).isPresent();
            next = budget && (member.standing().isPresent() || member.held().isPresent())
                    ? next.put(member.reopened())
                    : next;
        }
        return next;
    }

    private Fold ended(Event.ExperimentEnded e) {
        running(e);
        return with(at.whole().end(e.reason(), Finals.of(at)));
    }

    private Fold bettered(Member member, Pair pair) {
        var metric = at.specification().metric();
        double score = metric.score(pair.evaluation());
        boolean better = member.ranked()
                && score > Double.NEGATIVE_INFINITY
                && at.whole()
                        .best()
                        .filter(b -> metric.score(b.evaluation()) >= score)
                        .isEmpty();
        var next = better ? at.whole().bettered(pair) : at.whole();
        boolean fronted = member.ranked() && at.specification().objectives().size() > 1;
        return with(fronted ? next.with(next.front().with(at.specification(), pair)) : next);
    }

    // ---- changes and checks

    private Fold put(Member member) {
        return new Fold(at.put(member));
    }

    private Fold with(Whole next) {
        return new Fold(at.with(next));
    }

    private void running(Event e) {
        at.whole().ended().ifPresent(reason -> {
            throw illegal(e, "an experiment that ended (" + reason + ")", "a running experiment");
        });
    }

    private Member known(Event e, MemberId id) {
        return at.find(id).orElseThrow(() -> illegal(e, "member " + id, "a member that is enrolled"));
    }

    private Member expect(Event e, MemberId id, Status status) {
        var member = known(e, id);
        if (member.status() != status) {
            throw illegal(e, "member " + id + " is " + member.status(), "it to be " + status);
        }
        return member;
    }

    private Segment current(Event e, Member member, int segment, int term) {
        if (segment != member.decided() || term < member.term()) {
            throw illegal(
                    e,
                    "segment " + segment + " under term " + term,
                    "segment " + member.decided() + " under term " + member.term());
        }
        return member.segment().orElseThrow();
    }

    private int risen(Event e, MemberId id, int term) {
        var member = known(e, id);
        if (term < member.term()) {
            throw illegal(e, "term " + term, "at least term " + member.term());
        }
        return term;
    }

    private Fault illegal(Event event, String found, String expected) {
        return new Fault(
                5101,
                "event " + event.getClass().getSimpleName() + " at position " + at.position() + " is not possible.",
                found + ".",
                expected + ".",
                "run 'clade verify' on this experiment; a log that says so was not written by Clade alone.");
    }
}
