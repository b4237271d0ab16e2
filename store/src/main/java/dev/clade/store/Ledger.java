package dev.clade.store;

import dev.clade.fault.Fault;
import dev.clade.population.Consequence;
import dev.clade.population.Entry;
import dev.clade.population.Event;
import dev.clade.population.Member.Status;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.population.Queue;
import dev.clade.population.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rules at the head of a log, the same for every store: fencing by term, staleness by basis, the running
/// clock, and what follows from a state. It does no IO: a store gives it the time, and makes durable what it
/// returns. Not thread-safe: a store calls it under its own lock or transaction.
public final class Ledger {

    private final Duration leaseTime;
    private final Map<MemberId, Holder> holders = new TreeMap<>();
    private Population population;
    private Instant last;
    private Duration elapsed;

    /// Who has a member, or had it last.
    private record Holder(Optional<WorkerId> worker, int term) {}

    /// @param created the first entry of the log
    /// @param leaseTime the longest that the running clock advances between two signs of life
    public Ledger(Entry created, Duration leaseTime) {
        this.leaseTime = leaseTime;
        this.population = Population.first(created);
        this.last = created.at();
        this.elapsed = created.elapsed();
    }

    public Population population() {
        return population;
    }

    /// Folds an entry that is durable already.
    public void fold(Entry entry) {
        population = population.with(entry);
        elapsed = entry.elapsed();
    }

    /// Advances the running clock: by the time since the last call, never backwards, never by more than a lease.
    public void tick(Instant now) {
        var passed = Duration.between(last, now);
        var bounded = passed.isNegative() ? Duration.ZERO : passed.compareTo(leaseTime) > 0 ? leaseTime : passed;
        elapsed = elapsed.plus(bounded);
        last = now;
    }

    /// What follows from the present state, until nothing does.
    public List<Entry> consequences(Instant now) {
        var entries = new ArrayList<Entry>();
        for (var next = Consequence.of(population, elapsed);
                next.isPresent();
                next = Consequence.of(population, elapsed)) {
            entries.add(appended(next.get(), now));
        }
        return entries;
    }

    /// An append's verdict, with the entries that an accepted one adds at the end of `entries`.
    public Verdict judge(Append append, Instant now, List<Entry> entries) {
        if (append.lease().filter(lease -> !holds(lease)).isPresent()) {
            return new Verdict.Fenced();
        }
        var stale = stale(append);
        if (stale.isPresent()) {
            return new Verdict.Stale(stale.get());
        }
        var before = population;
        var added = new ArrayList<Entry>();
        try {
            for (var event : append.events()) {
                added.add(appended(event, now));
            }
        } catch (Fault fault) {
            population = before;
            return new Verdict.Refused(fault);
        }
        entries.addAll(added);
        long position = population.position();
        entries.addAll(consequences(now));
        return new Verdict.Accepted(position);
    }

    private Entry appended(Event event, Instant now) {
        var entry = new Entry(population.position() + 1, now, elapsed, event);
        population = population.with(entry);
        return entry;
    }

    private boolean holds(Lease lease) {
        var holder = holders.get(lease.member());
        return holder != null && holder.worker().isPresent() && holder.term() == lease.term();
    }

    private Optional<String> stale(Append append) {
        for (var event : append.events()) {
            if (event instanceof Event.Decided decided) {
                return stale(decided);
            }
            if (event instanceof Event.SegmentStarted && population.ended().isPresent()) {
                return Optional.of("the experiment ended");
            }
        }
        return Optional.empty();
    }

    private Optional<String> stale(Event.Decided decided) {
        if (population.ended().isPresent()) {
            return Optional.of("the experiment ended");
        }
        if (population
                .find(decided.member())
                .filter(m -> m.status() == Status.UNDECIDED)
                .isEmpty()) {
            return Optional.of("the member is not undecided any more");
        }
        boolean bounded = population.specification().budget().totalSteps().isPresent();
        boolean barrier = population.specification().synchrony().isPresent();
        return bounded && !barrier && decided.basis() < population.position()
                ? Optional.of("steps may have been promised since")
                : Optional.empty();
    }

    /// The next member that is due and free, now the worker's; where its segment was running, the entry that says
    /// that it was taken over.
    public Optional<Lease> lease(WorkerId by, Instant now, List<Entry> entries) {
        return Queue.next(population, this::free).map(member -> {
            var holder = holders.get(member);
            int known = population.member(member).term();
            int term = Math.max(known, holder == null ? 0 : holder.term()) + 1;
            holders.put(member, new Holder(Optional.of(by), term));
            if (population.member(member).status() == Status.RUNNING
                    && population.ended().isEmpty()) {
                entries.add(appended(new Event.MemberRecovered(member, term, by), now));
            }
            return new Lease(member, term);
        });
    }

    private boolean free(MemberId member) {
        var holder = holders.get(member);
        return holder == null || holder.worker().isEmpty();
    }

    public void release(Lease lease) {
        if (holds(lease)) {
            holders.put(lease.member(), new Holder(Optional.empty(), lease.term()));
        }
    }

    /// Everything that a worker had is free.
    public void dead(WorkerId worker) {
        holders.replaceAll(
                (member, holder) -> holder.worker().filter(worker::equals).isPresent()
                        ? new Holder(Optional.empty(), holder.term())
                        : holder);
    }
}
