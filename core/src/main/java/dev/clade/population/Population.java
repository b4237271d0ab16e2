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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// The state of an experiment: the fold of a prefix of its log. Immutable; one more entry is another population that
/// shares all but O(log N) of it. `docs/read.md` has a worked sequence: two members, six events, the fold after each.
///
/// An event that the state does not allow is refused with fault 5101, so that what can be folded is legal.
public final class Population {

    private final String id;
    private final Specification specification;
    private final long position;
    private final Duration elapsed;
    /// By identity, which is dense.
    private final PVector<Member> members;

    private final Index index;
    private final PSortedMap<Integer, Population> barriers;
    private final Whole whole;

    /// The members as a list that is walked fast: made when somebody first asks, the same whoever does.
    private @Nullable List<Member> list;

    private Population(
            String id,
            Specification specification,
            long position,
            Duration elapsed,
            PVector<Member> members,
            Index index,
            PSortedMap<Integer, Population> barriers,
            Whole whole) {
        this.id = id;
        this.specification = specification;
        this.position = position;
        this.elapsed = elapsed;
        this.members = members;
        this.index = index;
        this.barriers = barriers;
        this.whole = whole;
    }

    /// The population of a log's first entry.
    public static Population first(Entry entry) {
        if (!(entry.event() instanceof Event.ExperimentCreated created) || entry.position() != 1) {
            throw new Fault(
                    5101,
                    "a log does not begin with ExperimentCreated.",
                    entry.event().getClass().getSimpleName() + " at position " + entry.position() + ".",
                    "ExperimentCreated at position 1.",
                    "this is not the log of a Clade experiment; restore it from a copy.");
        }
        return new Population(
                created.id(),
                Specification.read(created.settings()),
                1,
                entry.elapsed(),
                TreePVector.empty(),
                Index.NONE,
                TreePMap.empty(),
                Whole.NEW);
    }

    /// The population of a whole log.
    ///
    /// @param entries at least one, from the first
    public static Population of(List<Entry> entries) {
        var population = first(entries.getFirst());
        for (var entry : entries.subList(1, entries.size())) {
            population = population.with(entry);
        }
        return population;
    }

    // ---- what it is

    public String id() {
        return id;
    }

    public Specification specification() {
        return specification;
    }

    /// The last entry folded.
    public long position() {
        return position;
    }

    /// The running clock at that entry. For stores and deadlines; no tuner reads it.
    public Duration elapsed() {
        return elapsed;
    }

    /// @throws IllegalArgumentException if nobody has this identity
    public Member member(MemberId member) {
        return find(member).orElseThrow(() -> new IllegalArgumentException("no member " + member));
    }

    public Optional<Member> find(MemberId member) {
        return member.index() < members.size() ? Optional.of(members.get(member.index())) : Optional.empty();
    }

    /// All members, by identity.
    public List<Member> members() {
        var known = list;
        if (known == null) {
            known = List.copyOf(members);
            list = known;
        }
        return known;
    }

    public int size() {
        return members.size();
    }

    /// The pair that a decision names as its donor: what a segment ended with, or a copy that was measured before it
    /// trained.
    public Optional<Pair> pair(MemberId donor, int segment, CheckpointId at) {
        return find(donor)
                .flatMap(m -> m.find(segment))
                .flatMap(s -> s.pair().filter(p -> p.checkpoint().equals(at)).or(() -> s.copiedPair(specification)))
                .filter(p -> p.checkpoint().equals(at));
    }

    /// How many members are not over.
    public int live() {
        return index.tally().live();
    }

    /// How many members that are not over come before one.
    public int liveBefore(MemberId member) {
        return member.index() - index.over().before(member);
    }

    /// The fewest decisions that a live member has had, 0 if nobody lives.
    public int slowest() {
        return index.tally().slowest();
    }

    /// Whether a member has weights of its own.
    public boolean anyHolds() {
        return index.tally().holding() > 0;
    }

    /// The part of the members' time that loads take: of each member's last two segments the one that loaded
    /// longer, since who stays in a slot loads nothing, against the mean of what else they took. From 0 to 1.
    public double switching() {
        return index.tally().switching();
    }

    /// Who is better than whom by their latest scores.
    public Scoreboard scores() {
        return index.scores();
    }

    /// The score that a member is ranked by, if it is.
    public Optional<Scoreboard.Score> score(MemberId member) {
        return find(member).flatMap(m -> Scoreboard.of(m, specification));
    }

    /// Who waits for others.
    Waits waits() {
        return index.waits();
    }

    /// How many members have the next generation's outcome.
    int assembledSoFar() {
        return index.tally().undecided(whole.closed() + 1);
    }

    /// The last generation whose barrier has closed.
    public int generation() {
        return whole.closed();
    }

    /// Steps promised to segments so far, those trained included.
    public long reserved() {
        return whole.reserved();
    }

    public Optional<Pair> best() {
        return whole.best();
    }

    /// With several objectives, the pairs so far that no other dominates; empty with one.
    public Front front() {
        return whole.front();
    }

    public boolean targetMet() {
        return whole.targetMet();
    }

    /// How often it was opened: once, and again for each larger budget after its end.
    public int openings() {
        return whole.openings();
    }

    /// Why the experiment is over, once it is.
    public Optional<String> ended() {
        return whole.ended();
    }

    public Optional<Finals> finals() {
        return whole.finals();
    }

    public Optional<String> moved() {
        return whole.moved();
    }

    /// The position of the last act of an operator, 0 before one: decisions from before it are stale.
    public long actedAt() {
        return whole.actedAt();
    }

    /// The position of the last decision or wait, 0 before one: what a serial tuner decided from before it is stale.
    public long decidedAt() {
        return whole.decidedAt();
    }

    /// Decisions after an outcome since the best score was last bettered.
    public int stale() {
        return whole.stale();
    }

    /// The position of the last outcome, 0 before one: a wait that did not see it is stale.
    public long arrivedAt() {
        return whole.arrivedAt();
    }

    /// Whether nothing is left to do.
    public boolean complete() {
        return whole.moved().isPresent()
                || whole.finals().filter(f -> f.complete(specification)).isPresent();
    }

    Optional<Duration> quorumAt() {
        return whole.quorumAt();
    }

    /// The prefix that a decision about a member folds: in synchronous mode, for a member that its generation's
    /// barrier found present, the population at that barrier, each member as its n-th segment ended; else all there
    /// is.
    public Population seenBy(MemberId who) {
        var member = member(who);
        if (specification.synchrony().isEmpty() || member.decided() == 0) {
            return this;
        }
        return Optional.ofNullable(barriers.get(member.decided()))
                .filter(at -> at.find(who)
                        .filter(then -> then.decided() == member.decided() && then.status() == Status.UNDECIDED)
                        .isPresent())
                .orElse(this);
    }

    /// What decisions that are still to be made may see: this, and barriers whose generation has not decided.
    public List<Population> views() {
        var views = new ArrayList<Population>();
        views.add(this);
        views.addAll(barriers.values());
        return List.copyOf(views);
    }

    /// In synchronous mode, whether a member's outcome missed its generation's barrier.
    public boolean late(MemberId who) {
        var member = member(who);
        return specification.synchrony().isPresent()
                && member.decided() > 0
                && member.decided() <= whole.closed()
                && seenBy(who) == this;
    }

    /// Whether a member waits for its generation's barrier.
    public boolean held(Member member) {
        return specification.synchrony().isPresent()
                && member.status() == Status.UNDECIDED
                && member.decided() > whole.closed();
    }

    // ---- the fold

    /// The population after one more entry.
    ///
    /// @throws Fault 5101 if the state does not allow the event
    public Population with(Entry entry) {
        var at = new Population(id, specification, entry.position(), entry.elapsed(), members, index, barriers, whole);
        if (entry.position() != position + 1) {
            throw at.illegal(entry.event(), "position " + entry.position(), "position " + (position + 1));
        }
        if (whole.moved().isPresent()) {
            throw at.illegal(entry.event(), "an event after the experiment moved", "nothing");
        }
        return switch (entry.event()) {
            case Event.ExperimentCreated e -> throw at.illegal(e, "a second creation", "one");
            case Event.WorkerJoined e -> at;
            case Event.MemberEnrolled e -> at.enrolled(e);
            case Event.Decided e -> at.decided(e);
            case Event.SegmentStarted e -> at.started(e);
            case Event.Evaluated e -> at.evaluated(e);
            case Event.SegmentFinished e -> at.finished(e);
            case Event.SegmentPaused e -> at.paused(e);
            case Event.MemberFailed e -> at.failed(e);
            case Event.WaitBegan e -> at.waitBegan(e);
            case Event.WaitEnded e -> at.waitEnded(e);
            case Event.BarrierClosed e -> at.barrier(e);
            case Event.MemberRecovered e -> at.recovered(e);
            case Event.MemberRetired e -> at.retired(e);
            case Event.OperatorActed e -> at.operated(e);
            case Event.Moved e -> at.with(whole.moved(e.to()));
            case Event.ExperimentEnded e -> at.ended(e);
        };
    }

    private Population enrolled(Event.MemberEnrolled e) {
        if (e.member().index() != members.size()) {
            throw illegal(e, "member " + e.member(), "member " + members.size() + ", dense from 0");
        }
        running(e);
        return put(Member.enrolled(e.member(), e.group()));
    }

    private Population decided(Event.Decided e) {
        running(e);
        var member = expect(e, e.member(), Status.UNDECIDED);
        if (e.segment() != member.decided()) {
            throw illegal(e, "a decision for segment " + e.segment(), "segment " + member.decided());
        }
        if (e.basis() >= position) {
            throw illegal(e, "basis " + e.basis(), "an earlier position");
        }
        var next = with(whole.decided(position, e.segment() > 0));
        return switch (e.decision()) {
            case Decision.Stop stop ->
                next.put(member.ends(stop.because().rule(), true)).assembled();
            case Decision.Wait wait -> throw illegal(e, "a wait as a decision", "WaitBegan");
            case Decision.Train train -> next.opened(e, member, train);
        };
    }

    private Population opened(Event.Decided e, Member member, Decision.Train train) {
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
                .filter(f -> f.kind() == Failure.Kind.DIVERGED || member.failures() > specification.retries())
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

    private Pair donated(Event.Decided e, MemberId donor, int segment, CheckpointId at) {
        return pair(known(e, donor).id(), segment, at)
                .orElseThrow(() -> illegal(e, "donor " + donor + "'s segment " + segment, "one that has a pair"));
    }

    private Population started(Event.SegmentStarted e) {
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

    private Population evaluated(Event.Evaluated e) {
        var member = known(e, e.member());
        return switch (e.purpose()) {
            case COPY -> {
                expect(e, e.member(), Status.RUNNING);
                var open = current(e, member, e.segment(), e.term());
                if (!(open.source() instanceof Source.Copied)) {
                    throw illegal(e, "a measurement of no copy", "a segment that begins with a copy");
                }
                var measured = open.measured(e.evaluation());
                var pair = measured.copiedPair(specification).orElseThrow();
                yield put(member.measured(measured, pair)).bettered(member, pair);
            }
            case TARGET -> {
                var target = specification.budget().target().map(specification.metric()::oriented);
                boolean met = target.filter(t -> specification.metric().score(e.evaluation()) >= t)
                        .isPresent();
                yield met ? with(whole.met()) : this;
            }
            case FINAL, REPORT -> {
                var finals = whole.finals().orElseThrow(() -> illegal(e, "a final before the end", "a running end"));
                if (e.purpose() == Purpose.REPORT && !finals.awaits(e, specification)) {
                    throw illegal(e, "a report of member " + e.member(), "one, of the winner");
                }
                yield with(whole.with(finals.with(e)));
            }
        };
    }

    private Population finished(Event.SegmentFinished e) {
        var member = expect(e, e.member(), Status.RUNNING);
        var open = current(e, member, e.segment(), e.term());
        long trained = e.step() - open.startStep();
        if (trained < 0 || e.measured().isEmpty()) {
            throw illegal(e, "step " + e.step(), "a step from " + open.startStep() + " on and an evaluation");
        }
        var last = e.measured().getLast().evaluation();
        boolean anew = !(open.source() instanceof Source.Own);
        var earlier = anew ? open.copied().map(specification::samples).orElse(List.of()) : window(member);
        var root = new Pair.Root(member.id(), open.index());
        var pair = new Pair(
                member.id(),
                open.index(),
                e.step(),
                open.startLineage() + trained,
                last,
                e.checkpoint(),
                e.inForce(),
                latest(earlier, specification.samples(last)),
                root,
                open.source().from().map(Pair::founder).orElse(root));
        var closed = open.ended(new Outcome.Finished(pair, e.measured(), e.timings()));
        var next = put(member.finished(closed, pair)).bettered(member, pair);
        return next.given(open).reserving(trained).arrived(member);
    }

    /// The steps that were promised to a segment are given back: nobody trains them any more.
    private Population given(Segment open) {
        return reserving(-(open.plan().until() instanceof Until.Steps steps ? steps.step() - open.startStep() : 0));
    }

    private Population reserving(long steps) {
        return with(whole.reserving(steps));
    }

    private List<Double> window(Member member) {
        return member.held().map(Pair::window).orElse(List.of());
    }

    private List<Double> latest(List<Double> earlier, List<Double> now) {
        var all = new ArrayList<>(earlier);
        all.addAll(now);
        return all.subList(Math.max(0, all.size() - Math.max(now.size(), specification.window())), all.size());
    }

    private Population paused(Event.SegmentPaused e) {
        var member = expect(e, e.member(), Status.RUNNING);
        current(e, member, e.segment(), e.term());
        return put(member.pauses(new Paused(e.step(), e.checkpoint())));
    }

    private Population failed(Event.MemberFailed e) {
        var member = expect(e, e.member(), Status.RUNNING);
        var open = current(e, member, e.segment(), e.term());
        return put(member.failed(open.ended(new Outcome.Failed(e.failure())), e.failure()))
                .given(open)
                .arrived(member);
    }

    /// An outcome has arrived: those who wait for it have seen one more, and the quorum may be there.
    private Population arrived(Member from) {
        var next = with(whole.arrived(position));
        for (var id : waits().members()) {
            var member = member(id);
            if (member.waiting().orElseThrow().until().on().includes(from)) {
                next = next.woken(member);
            }
        }
        return next.assembled();
    }

    /// If enough of the next generation are there, since now.
    private Population assembled() {
        return whole.quorumAt().isEmpty() && Consequence.quorum(this) ? with(whole.quorum(Optional.of(elapsed))) : this;
    }

    private Population woken(Member member) {
        var waiting = member.waiting().orElseThrow();
        int seen = waiting.seen() + 1;
        return put(
                seen >= waiting.until().count()
                        ? member.awake(Optional.empty())
                        : member.waits(new Waiting(waiting.until(), waiting.deadline(), seen)));
    }

    private Population waitBegan(Event.WaitBegan e) {
        running(e);
        var member = expect(e, e.member(), Status.UNDECIDED);
        var deadline = member.waiting()
                .map(Waiting::deadline)
                .orElse(elapsed.plus(e.until().atMost()));
        return with(whole.decided(position, false)).put(member.waits(new Waiting(e.until(), deadline, 0)));
    }

    private Population waitEnded(Event.WaitEnded e) {
        return put(expect(e, e.member(), Status.WAITING).awake(Optional.of(e.reason())));
    }

    private Population barrier(Event.BarrierClosed e) {
        running(e);
        if (specification.synchrony().isEmpty()) {
            throw illegal(e, "a barrier of an asynchronous experiment", "none");
        }
        if (e.generation() != whole.closed() + 1) {
            throw illegal(e, "generation " + e.generation(), "generation " + (whole.closed() + 1));
        }
        var present = Consequence.present(this);
        if (!e.present().equals(present)) {
            throw illegal(e, "members " + e.present() + " at the barrier", String.valueOf(present));
        }
        var next = with(whole.barrier(e.generation()));
        var alone = new Population(id, specification, position, elapsed, members, index, TreePMap.empty(), next.whole);
        PSortedMap<Integer, Population> kept = barriers;
        for (var generation : barriers.keySet()) {
            kept = index.tally().undecided(generation) > 0 ? kept : kept.minus(generation);
        }
        return new Population(
                id, specification, position, elapsed, members, index, kept.plus(e.generation(), alone), next.whole);
    }

    private Population recovered(Event.MemberRecovered e) {
        var member = expect(e, e.member(), Status.RUNNING);
        if (e.term() <= member.term()) {
            throw illegal(e, "term " + e.term(), "a term above " + member.term());
        }
        return put(member.recovered(e.term()));
    }

    private Population retired(Event.MemberRetired e) {
        var member = known(e, e.member());
        if (!member.live()) {
            throw illegal(e, "member " + e.member() + " is over", "a member that is not");
        }
        var next = put(member.ends("retired", false));
        return (member.open() ? next.given(member.segment().orElseThrow()) : next).assembled();
    }

    /// New settings hold from here. Barriers that somebody has still to decide at were closed under the old ones: who
    /// is left of their generation counts as late.
    private Population operated(Event.OperatorActed e) {
        var next = Specification.read(e.settings());
        var changed = new Population(
                id, next, position, elapsed, members, Index.of(members, next), TreePMap.empty(), whole.acted(position));
        boolean more = next.budget().allowsMoreThan(specification.budget());
        boolean met = whole.targetMet()
                && next.budget().target().equals(specification.budget().target());
        boolean timeIsUp =
                next.budget().time().filter(t -> elapsed.compareTo(t) >= 0).isPresent();
        if (whole.ended().isEmpty()) {
            return more ? changed.revived() : changed;
        }
        if (more && !met && !timeIsUp) {
            return changed.with(changed.whole.reopened(false)).revived();
        }
        boolean measuredAnew =
                next.candidates() != specification.candidates() || next.finalRepeats() != specification.finalRepeats();
        return measuredAnew ? changed.with(changed.whole.reopened(met)) : changed;
    }

    /// Whom a smaller budget had ended goes on.
    private Population revived() {
        var next = this;
        for (var member : members()) {
            boolean budget =
                    member.ended().filter(Specification.OVER_BUDGET::equals).isPresent();
            next = budget && (member.standing().isPresent() || member.held().isPresent())
                    ? next.put(member.reopened())
                    : next;
        }
        return next;
    }

    private Population ended(Event.ExperimentEnded e) {
        running(e);
        return with(whole.end(e.reason(), Finals.of(this)));
    }

    private Population bettered(Member member, Pair pair) {
        var metric = specification.metric();
        double score = metric.score(pair.evaluation());
        boolean better = member.ranked()
                && score > Double.NEGATIVE_INFINITY
                && whole.best()
                        .filter(b -> metric.score(b.evaluation()) >= score)
                        .isEmpty();
        var next = better ? whole.bettered(pair) : whole;
        boolean fronted = member.ranked() && specification.objectives().size() > 1;
        return with(fronted ? next.with(next.front().with(specification, pair)) : next);
    }

    // ---- changes and checks

    private Population put(Member member) {
        var old = find(member.id());
        return new Population(
                id,
                specification,
                position,
                elapsed,
                old.isEmpty() ? members.plus(member) : members.with(member.id().index(), member),
                index.changed(old, member, specification),
                barriers,
                whole);
    }

    private Population with(Whole next) {
        return new Population(id, specification, position, elapsed, members, index, barriers, next);
    }

    private void running(Event e) {
        whole.ended().ifPresent(reason -> {
            throw illegal(e, "an experiment that ended (" + reason + ")", "a running experiment");
        });
    }

    private Member known(Event e, MemberId id) {
        return find(id).orElseThrow(() -> illegal(e, "member " + id, "a member that is enrolled"));
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
                "event " + event.getClass().getSimpleName() + " at position " + position + " is not possible.",
                found + ".",
                expected + ".",
                "run 'clade verify' on this experiment; a log that says so was not written by Clade alone.");
    }
}
