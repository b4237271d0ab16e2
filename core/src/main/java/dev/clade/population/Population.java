package dev.clade.population;

import dev.clade.fault.Fault;
import dev.clade.population.Member.Status;
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
        return Fold.of(this, at, entry);
    }

    /// With a member as it is now, or one more.
    Population put(Member member) {
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

    /// With what holds for all.
    Population with(Whole next) {
        return new Population(id, specification, position, elapsed, members, index, barriers, next);
    }

    /// With a generation that is closed, as those see it who decide at its barrier; generations at which nobody is left
    /// to decide are forgotten.
    Population barrier(int generation, Whole next) {
        var alone = new Population(id, specification, position, elapsed, members, index, TreePMap.empty(), next);
        PSortedMap<Integer, Population> kept = barriers;
        for (var earlier : barriers.keySet()) {
            kept = index.tally().undecided(earlier) > 0 ? kept : kept.minus(earlier);
        }
        return new Population(id, specification, position, elapsed, members, index, kept.plus(generation, alone), next);
    }

    /// With other settings. Barriers that somebody has still to decide at were closed under the old ones: who is left
    /// of
    /// their generation counts as late.
    Population operated(Specification next) {
        return new Population(
                id, next, position, elapsed, members, Index.of(members, next), TreePMap.empty(), whole.acted(position));
    }

    Whole whole() {
        return whole;
    }
}
