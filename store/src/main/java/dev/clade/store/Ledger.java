package dev.clade.store;

import dev.clade.fault.Fault;
import dev.clade.population.CheckpointId;
import dev.clade.population.Consequence;
import dev.clade.population.Decision.Train;
import dev.clade.population.Decision.Weights;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Finals;
import dev.clade.population.Member;
import dev.clade.population.Member.Status;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Queue;
import dev.clade.population.Segment;
import dev.clade.population.Segment.Outcome;
import dev.clade.population.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// The rules at the head of a log, the same for every store: fencing by term, staleness by basis, the running
/// clock, and what follows from a state. It does no IO: a store gives it the time, and makes durable what it
/// returns. Not thread-safe: a store calls it under its own lock or transaction.
public final class Ledger {

    private final Duration leaseTime;
    private final Shelf shelf;
    private State state;

    /// Who has a member.
    ///
    /// @param worker none once it was given back
    /// @param lost whether the worker died with it, or is silent: others may take it, and only that takes it away
    public record Holder(Optional<WorkerId> worker, int term, boolean lost) {}

    /// What a ledger knows, as a value: a store whose transaction fails goes back to the one before.
    ///
    /// @param queue the members that are due and free
    /// @param last when the running clock was last advanced
    /// @param elapsed the running clock
    public record State(
            Population population, PSortedMap<MemberId, Holder> holders, Queue queue, Instant last, Duration elapsed) {

        /// Of a log's first entry.
        public static State first(Entry created) {
            var population = Population.first(created);
            return new State(
                    population, TreePMap.empty(), Queue.of(population, _ -> true), created.at(), created.elapsed());
        }

        State with(Entry entry) {
            var next = population.with(entry);
            return new State(next, holders, queue.with(population, entry.event(), next, this::free), last, elapsed);
        }

        State holding(MemberId member, Holder holder) {
            return new State(
                    population,
                    holders.plus(member, holder),
                    queue.with(population, member, free(holder)),
                    last,
                    elapsed);
        }

        State held(PSortedMap<MemberId, Holder> by) {
            var changed = new State(population, by, queue, last, elapsed);
            return new State(population, by, Queue.of(population, changed::free), last, elapsed);
        }

        State at(Instant now, Duration running) {
            return new State(population, holders, queue, now, running);
        }

        private boolean free(MemberId member) {
            return free(holders.get(member));
        }

        private static boolean free(@Nullable Holder holder) {
            return holder == null || holder.worker().isEmpty() || holder.lost();
        }
    }

    /// @param leaseTime the longest that the running clock advances between two signs of life
    /// @param shelf says which checkpoints an append may name
    public Ledger(State state, Duration leaseTime, Shelf shelf) {
        this.state = state;
        this.leaseTime = leaseTime;
        this.shelf = shelf;
    }

    public State state() {
        return state;
    }

    public Population population() {
        return state.population();
    }

    /// Goes back to what it knew.
    public void back(State earlier) {
        state = earlier;
    }

    /// Folds an entry that is durable already.
    public void fold(Entry entry) {
        state = state.with(entry).at(state.last(), entry.elapsed());
    }

    /// What others have made of leases and clock meanwhile.
    public void meanwhile(Map<MemberId, Holder> holders, Instant last, Duration elapsed) {
        state = (holders.equals(state.holders()) ? state : state.held(TreePMap.from(holders))).at(last, elapsed);
    }

    /// Advances the running clock: by the time since the last call, never backwards, never by more than a lease.
    public void tick(Instant now) {
        var passed = Duration.between(state.last(), now);
        var bounded = passed.isNegative() ? Duration.ZERO : passed.compareTo(leaseTime) > 0 ? leaseTime : passed;
        state = state.at(now, state.elapsed().plus(bounded));
    }

    /// What follows from the present state, until nothing does.
    public List<Entry> consequences(Instant now) {
        var entries = new ArrayList<Entry>();
        for (var next = Consequence.of(population(), state.elapsed());
                next.isPresent();
                next = Consequence.of(population(), state.elapsed())) {
            entries.add(appended(next.get(), now));
        }
        return entries;
    }

    /// An append's verdict, with the entries that an accepted one adds at the end of `entries`.
    public Verdict judge(Append append, Instant now, List<Entry> entries) {
        if (append.lease().filter(lease -> !holds(lease)).isPresent()) {
            return new Verdict.Fenced();
        }
        append.lease().ifPresent(this::alive);
        var stale = stale(append);
        if (stale.isPresent()) {
            return new Verdict.Stale(stale.get());
        }
        if (append.lease().filter(lease -> there(append, lease)).isPresent()) {
            return new Verdict.Accepted(population().position());
        }
        if (saved(append).anyMatch(c -> !shelf.holds(c))) {
            return new Verdict.Stale("the saved checkpoint was collected");
        }
        var before = state;
        var added = new ArrayList<Entry>();
        try {
            for (var event : append.events()) {
                added.add(appended(event, now));
            }
        } catch (Fault fault) {
            state = before;
            return new Verdict.Refused(fault);
        }
        saved(append).forEach(shelf::kept);
        entries.addAll(added);
        long position = population().position();
        entries.addAll(consequences(now));
        return new Verdict.Accepted(position);
    }

    /// Whether a result is in the log already, under this lease: its append was made before, and the answer lost.
    private boolean there(Append append, Lease lease) {
        var member = population().member(lease.member());
        boolean same = member.term() == lease.term();
        return append.events().stream().limit(1).anyMatch(event -> switch (event) {
            case Event.SegmentFinished e ->
                same
                        && outcome(member, e.segment()) instanceof Outcome.Finished f
                        && f.pair().checkpoint().equals(e.checkpoint())
                        && f.measured().equals(e.measured());
            case Event.MemberFailed e ->
                same
                        && outcome(member, e.segment()) instanceof Outcome.Failed f
                        && f.failure().equals(e.failure());
            case Event.SegmentPaused e ->
                same
                        && member.paused()
                                .filter(p -> p.checkpoint().equals(e.checkpoint()))
                                .isPresent();
            case Event.Evaluated e -> measured(e);
            default -> false;
        });
    }

    /// Whether a final is there already.
    private boolean measured(Event.Evaluated e) {
        var finals = population().finals();
        return switch (e.purpose()) {
            case FINAL -> finals.filter(f -> f.has(e)).isPresent();
            case REPORT ->
                finals.flatMap(Finals::report).filter(e.evaluation()::equals).isPresent();
            case COPY, TARGET -> false;
        };
    }

    private static Outcome outcome(Member member, int segment) {
        return member.find(segment).map(Segment::outcome).orElseGet(Outcome.Open::new);
    }

    private Entry appended(Event event, Instant now) {
        var entry = new Entry(population().position() + 1, now, state.elapsed(), event);
        state = state.with(entry);
        return entry;
    }

    private boolean holds(Lease lease) {
        var holder = state.holders().get(lease.member());
        return holder != null && holder.worker().isPresent() && holder.term() == lease.term();
    }

    /// The worker of a lease that was thought lost lives: it has its member again.
    private void alive(Lease lease) {
        var holder = state.holders().get(lease.member());
        if (holder != null && holder.lost()) {
            state = state.holding(lease.member(), new Holder(holder.worker(), holder.term(), false));
        }
    }

    // ---- what an append may name

    private static Stream<CheckpointId> saved(Append append) {
        return append.events().stream().flatMap(event -> switch (event) {
            case Event.SegmentFinished e -> Stream.of(e.checkpoint());
            case Event.SegmentPaused e -> Stream.of(e.checkpoint());
            default -> Stream.empty();
        });
    }

    // ---- staleness

    private Optional<String> stale(Append append) {
        for (var event : append.events()) {
            if (event instanceof Event.Decided decided) {
                return stale(decided.member(), decided.basis())
                        .or(() -> undonated(decided))
                        .or(() -> overtaken(decided.basis(), append.serial()));
            }
            if (event instanceof Event.WaitBegan wait) {
                return stale(wait.member(), wait.basis())
                        .or(() -> missed(wait))
                        .or(() -> overtaken(wait.basis(), append.serial()));
            }
            if (event instanceof Event.SegmentStarted && population().ended().isPresent()) {
                return Optional.of("the experiment ended");
            }
        }
        return Optional.empty();
    }

    private Optional<String> stale(MemberId who, long basis) {
        if (population().ended().isPresent()) {
            return Optional.of("the experiment ended");
        }
        if (population().find(who).filter(m -> m.status() == Status.UNDECIDED).isEmpty()) {
            return Optional.of("the member is not undecided any more");
        }
        return basis < population().actedAt() ? Optional.of("an operator acted since") : Optional.empty();
    }

    private Optional<String> undonated(Event.Decided decided) {
        return donated(decided).filter(c -> !shelf.holds(c)).map(_ -> "the donor's checkpoint is gone");
    }

    private Optional<String> missed(Event.WaitBegan wait) {
        return wait.basis() < population().arrivedAt()
                ? Optional.of("an outcome arrived that it may have waited for")
                : Optional.empty();
    }

    /// Decisions of a serial tuner see one another. So do those that share out a sum of steps, but at a barrier, which
    /// has shared it out already.
    private Optional<String> overtaken(long basis, boolean serial) {
        boolean bounded = population().specification().budget().totalSteps().isPresent();
        boolean barrier = population().specification().synchrony().isPresent();
        return (serial || (bounded && !barrier)) && basis < population().decidedAt()
                ? Optional.of("another decision was made since")
                : Optional.empty();
    }

    private static Optional<CheckpointId> donated(Event.Decided decided) {
        return decided.decision() instanceof Train train
                ? switch (train.weights()) {
                    case Weights.Of of -> Optional.of(of.at());
                    case Weights.Blend blend -> Optional.of(blend.at());
                    case Weights.Own own -> Optional.empty();
                    case Weights.Fresh fresh -> Optional.empty();
                }
                : Optional.empty();
    }

    // ---- leases

    /// The next member that is due and free, now the worker's; where its segment was lost with a worker, the entry
    /// that says that it was taken over.
    public Optional<Lease> lease(WorkerId by, Instant now, List<Entry> entries) {
        return state.queue().next(population()).map(member -> taken(member, by, now, entries));
    }

    /// A member that this lease holds, again under a higher term.
    public Optional<Lease> seize(Lease lease, WorkerId by, Instant now, List<Entry> entries) {
        return holds(lease) ? Optional.of(taken(lease.member(), by, now, entries)) : Optional.empty();
    }

    private Lease taken(MemberId member, WorkerId by, Instant now, List<Entry> entries) {
        var holder = state.holders().get(member);
        int known = population().member(member).term();
        int term = Math.max(known, holder == null ? 0 : holder.term()) + 1;
        boolean lost = holder != null && (holder.lost() || holder.worker().isPresent());
        state = state.holding(member, new Holder(Optional.of(by), term, false));
        if (lost
                && population().member(member).status() == Status.RUNNING
                && population().ended().isEmpty()) {
            entries.add(appended(new Event.MemberRecovered(member, term, by), now));
        }
        return new Lease(member, term);
    }

    public void release(Lease lease) {
        if (holds(lease)) {
            state = state.holding(lease.member(), new Holder(Optional.empty(), lease.term(), false));
        }
    }

    /// Everything that a worker had is free.
    public void dead(WorkerId worker) {
        state.holders().forEach((member, holder) -> {
            if (holder.worker().filter(worker::equals).isPresent()) {
                state = state.holding(member, new Holder(holder.worker(), holder.term(), true));
            }
        });
    }
}
